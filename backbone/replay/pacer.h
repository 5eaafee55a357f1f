// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/replay.h>

#include <chrono>

namespace meshbone::backbone {

/// When each record of a run is due. No clock of its own: it is told the time, so that tests need none. A pause moves
/// everything that follows. One thread at a time.
class Pacer {
public:
    using Clock = std::chrono::steady_clock;

    Pacer(const Pace& pace, Clock::time_point startedAt)
        : m_pace(pace)
        , m_startedAt(startedAt) {}

    /// When the next record is due. Records whose time goes back are due at once, never before one that came earlier.
    Clock::time_point due(TimestampMs timestampMs);
    void pausedFor(Clock::duration pause) { m_startedAt += pause; }
    /// Whether records must come in the order of their time over all partitions.
    [[nodiscard]] bool byTime() const {
        return m_pace.kind == Pace::Kind::Original || m_pace.kind == Pace::Kind::Factor;
    }

private:
    Pace m_pace;
    Clock::time_point m_startedAt;
    std::int64_t m_count = 0;
    TimestampMs m_firstMs = -1;
    TimestampMs m_latestMs = -1;
};

} // namespace meshbone::backbone
