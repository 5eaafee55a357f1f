// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

namespace meshbone::catalog {

/// Whether brackets outside of strings nest at most so many levels deep. Looked at before JSON that strangers wrote is
/// parsed: a recursive walk over the value (a copy of it, its text) would need as much stack as they like. One pass;
/// any text.
inline bool isShallowJson(std::string_view text, std::size_t maxLevels) {
    std::size_t depth = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted) {
            i += c == '\\' ? 1 : 0;
            quoted = c != '"';
        } else if (c == '"') {
            quoted = true;
        } else if (c == '{' || c == '[') {
            if (++depth > maxLevels) {
                return false;
            }
        } else if ((c == '}' || c == ']') && depth > 0) {
            --depth;
        }
    }
    return true;
}

/// Of what clients, topics and other registries say beside a schema's text: as deep as Confluent's own reader goes.
inline constexpr std::size_t kMaxJsonLevels = 1000;

} // namespace meshbone::catalog
