// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace meshbone {

/// An integer that can't be mixed up with another of a different meaning. Value type; explicit both ways.
template <class Tag, class Rep>
class Strong {
public:
    using rep = Rep;
    constexpr Strong() = default;
    constexpr explicit Strong(Rep value)
        : m_value(value) {}
    [[nodiscard]] constexpr Rep value() const { return m_value; }
    friend constexpr auto operator<=>(Strong, Strong) = default;
    /// Distance and shift, for offsets: offset + count is an offset, offset - offset is a count.
    friend constexpr Strong operator+(Strong a, Rep n) { return Strong(static_cast<Rep>(a.m_value + n)); }
    friend constexpr Strong operator-(Strong a, Rep n) { return Strong(static_cast<Rep>(a.m_value - n)); }
    friend constexpr Rep operator-(Strong a, Strong b) { return static_cast<Rep>(a.m_value - b.m_value); }

private:
    Rep m_value{};
};

using Offset = Strong<struct OffsetTag, std::int64_t>;       ///< position of a record in a partition
using Partition = Strong<struct PartitionTag, std::int32_t>; ///< index of a partition in its topic
using LeaderEpoch = Strong<struct LeaderEpochTag, std::int32_t>;
using ProducerId = Strong<struct ProducerIdTag, std::int64_t>;
using ProducerEpoch = Strong<struct ProducerEpochTag, std::int16_t>;

inline constexpr Offset kNoOffset{-1};

/// A topic's identity (KIP-516): 128 random bits, never all zero for a real topic, new when a topic is created again.
struct TopicId {
    std::array<std::uint8_t, 16> bytes{};
    [[nodiscard]] bool isZero() const { return bytes == std::array<std::uint8_t, 16>{}; }
    friend auto operator<=>(const TopicId&, const TopicId&) = default;
    /// Kafka's spelling: URL-safe base64 without padding, 22 characters.
    [[nodiscard]] std::string toString() const;
    static std::optional<TopicId> fromString(std::string_view text);
    static TopicId random();
};

/// Octets, not text. Null and empty differ in Kafka, so a field that may be null is std::optional<Bytes>.
using Bytes = std::string;

/// Milliseconds since the epoch, UTC; -1 means none.
using TimestampMs = std::int64_t;

/// How long a call may take and how it is cancelled. Every blocking call of the interfaces takes one.
struct CallOptions {
    std::chrono::milliseconds timeout{10'000};
    std::stop_token stop; ///< cancels the call within about 100 ms; it then returns ErrorCode::Cancelled
};

/// Keeps a subscription alive; destroying it unsubscribes and waits for a callback in progress. Movable.
class Subscription {
public:
    Subscription() = default;
    explicit Subscription(std::move_only_function<void()> unsubscribe)
        : m_unsubscribe(std::move(unsubscribe)) {}
    Subscription(Subscription&& other) noexcept
        : m_unsubscribe(std::move(other.m_unsubscribe)) {
        other.m_unsubscribe = nullptr;
    }
    Subscription& operator=(Subscription&& other) noexcept {
        if (this != &other) {
            reset();
            m_unsubscribe = std::move(other.m_unsubscribe);
            other.m_unsubscribe = nullptr;
        }
        return *this;
    }
    ~Subscription() { reset(); }
    void reset() {
        if (m_unsubscribe) {
            auto unsubscribe = std::move(m_unsubscribe);
            m_unsubscribe = nullptr;
            unsubscribe();
        }
    }

private:
    std::move_only_function<void()> m_unsubscribe;
};

} // namespace meshbone
