// SPDX-License-Identifier: Apache-2.0
#include <backbone/types.h>

#include <algorithm>
#include <random>

namespace meshbone {

namespace {
constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::size_t kTextLength = 22; // 128 bits in base64 without padding
} // namespace

std::string TopicId::toString() const {
    std::string text;
    text.reserve(kTextLength);
    std::uint32_t buffer = 0;
    int bits = 0;
    for (const auto byte : bytes) {
        buffer = (buffer << 8) | byte;
        bits += 8;
        while (bits >= 6) {
            bits -= 6;
            text += kAlphabet[(buffer >> bits) & 63];
        }
    }
    text += kAlphabet[(buffer << (6 - bits)) & 63]; // 128 = 21 * 6 + 2: two bits are left
    return text;
}

std::optional<TopicId> TopicId::fromString(std::string_view text) {
    if (text.size() != kTextLength) {
        return std::nullopt;
    }
    TopicId id;
    std::size_t filled = 0;
    std::uint32_t buffer = 0;
    int bits = 0;
    for (const auto c : text) {
        const auto value = kAlphabet.find(c);
        if (value == std::string_view::npos) {
            return std::nullopt;
        }
        buffer = (buffer << 6) | static_cast<std::uint32_t>(value);
        bits += 6;
        if (bits >= 8 && filled < id.bytes.size()) {
            bits -= 8;
            id.bytes[filled++] = static_cast<std::uint8_t>(buffer >> bits);
        }
    }
    return id;
}

TopicId TopicId::random() {
    static thread_local std::random_device device;
    TopicId id;
    do {
        std::ranges::generate(id.bytes, [] { return static_cast<std::uint8_t>(device()); });
    } while (id.isZero());
    // Version 4, variant 1, as Kafka's own ids are.
    id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0f) | 0x40);
    id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3f) | 0x80);
    return id;
}

} // namespace meshbone
