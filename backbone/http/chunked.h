// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

namespace meshbone::backbone::http {

/// A body in chunks that isn't over yet has at least so many bytes to come, "0\r\n\r\n". Beast 1.81 asserts that it is
/// given no fewer when it looks at the last chunk a second time.
constexpr std::size_t kLeastOfChunks = 5;

template <class Parser>
bool isTooLittle(const Parser& parser, std::size_t bytes) {
    return bytes == 0 || (bytes < kLeastOfChunks && parser.is_header_done() && parser.chunked());
}

} // namespace meshbone::backbone::http
