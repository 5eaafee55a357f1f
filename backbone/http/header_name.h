// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <string_view>

namespace meshbone::backbone::http {

/// Equal but for the case of ASCII letters, as header names and schemes are.
inline bool sameName(std::string_view one, std::string_view other) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 0x20) : c; };
    return std::ranges::equal(one, other, {}, lower, lower);
}

} // namespace meshbone::backbone::http
