// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string_view>

namespace meshbone::lineage {

/// One line of a file, without its end. Its text is valid during the call only.
struct LogLine {
    std::int64_t number = 0; ///< from 1
    std::string_view text;   ///< its beginning where it is longer than was asked for
    bool isCut = false;
};

/// Hands on each line of a file, as far as it reaches when this begins, in memory bounded by `maxLine`. Fails where it
/// isn't a file, can't be read or is compressed; Cancelled when asked to stop.
Status forEachLine(const std::filesystem::path& file, std::size_t maxLine, const std::stop_token& stop,
                   const std::function<void(const LogLine& line)>& take);

} // namespace meshbone::lineage
