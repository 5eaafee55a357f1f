// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace meshbone::backbone::tls {

/// Code points of UTF-8; what isn't UTF-8 becomes U+FFFD, one for each longest beginning of a character, as Java does.
std::u32string codePointsOf(std::string_view utf8);
std::string utf8Of(std::u32string_view codePoints);

enum class LetterCase : bool { Lower, Upper };
/// Each character in its lower or upper case, where that is one character; in no language.
std::string inCase(std::string_view utf8, LetterCase letters);

} // namespace meshbone::backbone::tls
