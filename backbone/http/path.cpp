// SPDX-License-Identifier: Apache-2.0
#include <backbone/http_path.h>

#include <fmt/format.h>

#include <array>
#include <cstdint>

namespace meshbone::backbone {

namespace {

enum class Plus : std::uint8_t { IsPlus, IsBlank };

int hexDigit(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// How many octets the character at the front has; 0 where it isn't well-formed UTF-8.
std::size_t characterLength(std::string_view text) {
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned first = at(0);
    if (first < 0x80) {
        return 1;
    }
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || text.size() < length) {
        return 0;
    }
    for (std::size_t i = 1; i < length; ++i) {
        if ((at(i) & 0xC0U) != 0x80) {
            return 0;
        }
    }
    // Longer than it need be, a surrogate, or beyond the last code point.
    const unsigned second = at(1);
    const bool odd = (first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) ||
                     (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F);
    return odd ? 0 : length;
}

bool isText(std::string_view text) {
    while (!text.empty()) {
        const auto length = characterLength(text);
        if (length == 0) {
            return false;
        }
        text.remove_prefix(length);
    }
    return true;
}

Result<std::string> decode(std::string_view raw, Plus plus) {
    std::string text;
    text.reserve(raw.size());
    for (std::size_t i = 0; i < raw.size(); ++i) {
        if (raw[i] == '%') {
            const int high = i + 1 < raw.size() ? hexDigit(raw[i + 1]) : -1;
            const int low = i + 2 < raw.size() ? hexDigit(raw[i + 2]) : -1;
            if (high < 0 || low < 0) {
                return fail(ErrorCode::InvalidArgument,
                            "The address has a % without two hexadecimal digits behind it; write %25 for a %.");
            }
            text.push_back(static_cast<char>(high * 16 + low));
            i += 2;
        } else {
            text.push_back(plus == Plus::IsBlank && raw[i] == '+' ? ' ' : raw[i]);
        }
    }
    if (text.contains('\0')) {
        return fail(ErrorCode::InvalidArgument, "The address has a zero byte in it, written %00; leave it out.");
    }
    if (!isText(text)) {
        return fail(ErrorCode::InvalidArgument, "The address isn't UTF-8 text once it is decoded.");
    }
    return text;
}

} // namespace

Result<std::vector<std::string>> splitPath(std::string_view rawPath) {
    if (rawPath.empty() || rawPath.front() != '/') {
        return fail(ErrorCode::InvalidArgument, "A path begins with a slash.");
    }
    rawPath.remove_prefix(1);
    std::vector<std::string> segments;
    while (!rawPath.empty()) {
        const auto end = rawPath.find('/');
        auto segment = decode(rawPath.substr(0, end), Plus::IsPlus);
        if (!segment) {
            return std::unexpected(std::move(segment.error()));
        }
        segments.push_back(std::move(*segment));
        rawPath.remove_prefix(end == std::string_view::npos ? rawPath.size() : end + 1);
    }
    return segments;
}

std::optional<std::string_view> HttpQuery::find(std::string_view name) const {
    for (const auto& [key, value] : parameters) {
        if (key == name) {
            return value;
        }
    }
    return std::nullopt;
}

Result<HttpQuery> parseQuery(std::string_view rawQuery) {
    HttpQuery query;
    while (!rawQuery.empty()) {
        const auto end = rawQuery.find('&');
        const auto one = rawQuery.substr(0, end);
        rawQuery.remove_prefix(end == std::string_view::npos ? rawQuery.size() : end + 1);
        if (one.empty()) {
            continue;
        }
        const auto equals = one.find('=');
        auto name = decode(one.substr(0, equals), Plus::IsBlank);
        auto value = decode(equals == std::string_view::npos ? "" : one.substr(equals + 1), Plus::IsBlank);
        if (!name || !value) {
            return std::unexpected(std::move((name ? value : name).error()));
        }
        query.parameters.emplace_back(std::move(*name), std::move(*value));
    }
    return query;
}

std::string encodeSegment(std::string_view text) {
    std::string raw;
    raw.reserve(text.size());
    for (const char c : text) {
        const char lower = static_cast<char>(c | 0x20);
        if ((lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~') {
            raw.push_back(c);
        } else {
            fmt::format_to(std::back_inserter(raw), "%{:02X}", static_cast<unsigned char>(c));
        }
    }
    return raw;
}

} // namespace meshbone::backbone
