// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/types.h>

#include <cstdint>
#include <optional>
#include <vector>

namespace meshbone::catalog {

/// Requests of an hour, or of a day of UTC. Value type.
struct CountedSpan {
    static constexpr std::int64_t kHourMs = 3'600'000;
    static constexpr std::uint32_t kDayHours = 24;

    std::uint32_t hour = 0;  ///< since the epoch; of a day: its first
    std::uint32_t hours = 1; ///< 1 or kDayHours
    std::int64_t requests = 0;

    [[nodiscard]] TimestampMs fromMs() const { return hour * kHourMs; }
    [[nodiscard]] TimestampMs toMs() const { return fromMs() + hours * kHourMs - 1; } ///< included
    friend bool operator==(const CountedSpan&, const CountedSpan&) = default;
};

/// When requests were made: by hour, those further back by day, those from before only as a part of the whole count,
/// which is kept beside it. Bounded, however long it goes on. Value type; one thread at a time.
class RequestCounts {
public:
    static constexpr std::size_t kMaxHours = 48; ///< the oldest day of them is then added up, so 25 hours stay
    static constexpr std::size_t kMaxSpans = kMaxHours + 92;

    /// What was written of it; nothing where the spans aren't ascending, disjoint, whole hours or days, and few enough.
    static std::optional<RequestCounts> of(std::vector<CountedSpan> spans, TimestampMs earlierToMs);

    /// Requests at a time, in any order. What is as old as earlierToMs() and in no span isn't told apart any more.
    void add(TimestampMs atMs, std::int64_t requests);
    /// All that was counted up to this moment stays without its hour: it was counted before hours were kept.
    void beginAfter(TimestampMs earlierToMs) { m_earlierToMs = earlierToMs; }

    [[nodiscard]] const std::vector<CountedSpan>& spans() const { return m_spans; } ///< ascending and disjoint
    /// What isn't in the spans was at this time or before; -1: nobody knows when.
    [[nodiscard]] TimestampMs earlierToMs() const { return m_earlierToMs; }
    [[nodiscard]] std::int64_t sum() const; ///< of the spans
    friend bool operator==(const RequestCounts&, const RequestCounts&) = default;

private:
    void addUpOldHours();

    std::vector<CountedSpan> m_spans;
    TimestampMs m_earlierToMs = -1;
};

} // namespace meshbone::catalog
