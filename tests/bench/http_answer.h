// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <strings.h>

namespace meshbone::bench {

/// What a field of the head says; nothing where it isn't there. Servers differ in how they write its name.
inline std::optional<std::string_view> headerOf(std::string_view head, std::string_view name) {
    for (auto line = head.find("\r\n"); line != std::string_view::npos; line = head.find("\r\n", line + 2)) {
        const auto field = head.substr(line + 2);
        if (field.size() > name.size() && field[name.size()] == ':' &&
            ::strncasecmp(field.data(), name.data(), name.size()) == 0) {
            const auto value = field.substr(name.size() + 1, field.find("\r\n") - name.size() - 1);
            return value.substr(std::min(value.find_first_not_of(' '), value.size()));
        }
    }
    return std::nullopt;
}

/// The body of an answer; nothing while it isn't all there. Throws std::runtime_error where its length isn't told.
inline std::optional<std::string_view> bodyOf(std::string_view answer) {
    const auto end = answer.find("\r\n\r\n");
    if (end == std::string_view::npos) {
        return std::nullopt;
    }
    const auto told = headerOf(answer.substr(0, end + 2), "Content-Length");
    std::size_t length = 0;
    if (!told || std::from_chars(told->data(), told->data() + told->size(), length).ec != std::errc{}) {
        throw std::runtime_error("An answer doesn't tell its length.");
    }
    const auto body = answer.substr(end + 4);
    return body.size() < length ? std::nullopt : std::optional(body.substr(0, length));
}

} // namespace meshbone::bench
