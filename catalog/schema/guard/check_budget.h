// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <ctime>

namespace meshbone::catalog {

/// How long the records of one batch are checked, by this thread's own processor time, so that a machine that is busy
/// refuses nobody. Of one thread.
class CheckBudget {
public:
    static constexpr std::chrono::milliseconds kMost{1'000};

    void begin() { m_spent = {}; } ///< another batch
    void resume() {                ///< a piece of it is checked from now on
        m_seenAt = Clock::now();
        m_from = processorTime();
    }
    void pause() { m_spent += processorTime() - m_from; }
    [[nodiscard]] bool isOver() {
        // Asking for processor time takes longer than checking most records.
        if (Clock::now() - m_seenAt + m_spent < kMost) {
            return false;
        }
        return processorTime() - m_from + m_spent >= kMost;
    }

private:
    using Clock = std::chrono::steady_clock;
    static std::chrono::nanoseconds processorTime() {
        timespec time{};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
    }

    std::chrono::nanoseconds m_spent{}; ///< on pieces that are done
    std::chrono::nanoseconds m_from{};
    Clock::time_point m_seenAt;
};

} // namespace meshbone::catalog
