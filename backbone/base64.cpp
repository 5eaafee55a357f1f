// SPDX-License-Identifier: Apache-2.0
#include <backbone/base64.h>

#include <array>
#include <cstdint>

namespace meshbone {

namespace {

constexpr std::string_view kBase64Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint32_t kNoDigit = 64;

constexpr auto kValues = [] {
    std::array<std::uint8_t, 256> values{};
    values.fill(kNoDigit);
    for (std::size_t i = 0; i < kBase64Alphabet.size(); ++i) {
        values[static_cast<unsigned char>(kBase64Alphabet[i])] = static_cast<std::uint8_t>(i);
    }
    return values;
}();

std::size_t paddingOf(std::string_view text) {
    return text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
}

} // namespace

std::string toBase64(std::string_view bytes) {
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const auto byte = [&](std::size_t at) {
            return at < bytes.size() ? std::uint32_t{static_cast<unsigned char>(bytes[at])} : 0U;
        };
        const auto group = byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2);
        text += kBase64Alphabet[group >> 18 & 63];
        text += kBase64Alphabet[group >> 12 & 63];
        text += i + 1 < bytes.size() ? kBase64Alphabet[group >> 6 & 63] : '=';
        text += i + 2 < bytes.size() ? kBase64Alphabet[group & 63] : '=';
    }
    return text;
}

std::optional<Bytes> fromBase64(std::string_view text) {
    if (text.size() % 4 != 0) {
        return std::nullopt;
    }
    const auto digits = text.size() - paddingOf(text);
    Bytes bytes;
    bytes.reserve(text.size() / 4 * 3);
    std::uint32_t buffer = 0;
    int bits = 0;
    for (const char c : text.substr(0, digits)) {
        const std::uint32_t value = kValues[static_cast<unsigned char>(c)];
        if (value == kNoDigit) {
            return std::nullopt;
        }
        buffer = buffer << 6 | value;
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            bytes += static_cast<char>(buffer >> bits & 0xff);
        }
    }
    // The bits that the padding leaves over must be zero, or two texts would stand for the same bytes.
    return (buffer & ((1U << bits) - 1)) == 0 ? std::optional(std::move(bytes)) : std::nullopt;
}

} // namespace meshbone
