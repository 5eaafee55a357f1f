// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace meshbone {

/// Whether all of the text is well-formed UTF-8 (Unicode 15, table 3-7).
bool isUtf8(std::string_view text);
/// At most so many bytes of a text, with "…" behind them where there were more; no character is cut in two.
std::string shortenUtf8(std::string text, std::size_t maxBytes);

} // namespace meshbone
