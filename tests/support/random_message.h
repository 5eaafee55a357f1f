// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/inspector.h"

#include <algorithm>
#include <array>
#include <deque>
#include <random>
#include <string>

namespace meshbone::test {

/// Fills a message with random values: small, full-range and edge integers, null wherever it is allowed, empty and
/// longer text, any octets in bytes. Owns the text that the message refers to, so it must outlive the message.
class RandomMessage final : public backbone::wire::Inspector {
public:
    using Field = backbone::wire::Field;

    explicit RandomMessage(std::uint64_t seed)
        : m_random(seed) {}

    bool skipsUnset() const override { return false; }

    std::int64_t integer(const Field&, std::int64_t, std::size_t sizeBytes, bool isBool) override {
        if (isBool) {
            return oneIn(2) ? 1 : 0;
        }
        const auto bits = static_cast<int>(8 * sizeBytes);
        switch (pick(4)) {
        case 0:
            return static_cast<std::int64_t>(m_random()) >> (64 - bits);
        case 1:
            return oneIn(2) ? -1 : 0;
        case 2:
            return oneIn(2) ? std::int64_t(~0ull << (bits - 1)) : ~std::int64_t(~0ull << (bits - 1));
        default:
            return static_cast<std::int64_t>(pick(100));
        }
    }

    TopicId uuid(const Field&, const TopicId&) override {
        TopicId id;
        if (!oneIn(4)) {
            std::ranges::generate(id.bytes, [&] { return static_cast<std::uint8_t>(m_random()); });
        }
        return id;
    }

    std::optional<std::string_view> octets(const Field& field, std::optional<std::string_view>,
                                           bool mayBeNull) override {
        if (mayBeNull && oneIn(3)) {
            return std::nullopt;
        }
        constexpr std::array<std::size_t, 6> kSizes{0, 1, 7, 30, 126, 300};
        auto& text = m_texts.emplace_back(kSizes[pick(oneIn(8) ? kSizes.size() : 4)], ' ');
        std::ranges::generate(text,
                              [&] { return static_cast<char>(field.spec.isBytes ? m_random() : 'a' + pick(26)); });
        return text;
    }

    std::optional<std::size_t> beginArray(const Field&, std::optional<std::size_t>, bool mayBeNull) override {
        if (mayBeNull && oneIn(3)) {
            return std::nullopt;
        }
        return oneIn(20) ? 130 / (1 + 60 * std::min<std::size_t>(m_depth, 2)) : pick(4);
    }
    void endArray() override {}
    bool present(const Field&, bool) override { return oneIn(2); }
    void beginStruct(const Field&) override { ++m_depth; }
    void endStruct() override { --m_depth; }

private:
    std::size_t pick(std::size_t count) { return m_random() % count; }
    bool oneIn(std::size_t count) { return pick(count) == 0; }

    std::mt19937_64 m_random;
    std::deque<std::string> m_texts;
    std::size_t m_depth = 0;
};

} // namespace meshbone::test
