// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <string>

namespace meshbone::backbone {

/// The levers of a run: whoever holds them pulls, the run's thread looks. Thread-safe. A cancelled run stays so.
class RunControl {
public:
    using Clock = std::chrono::steady_clock;

    void pause();
    void resume();
    /// `reason` is what the manifest will say.
    void cancel(std::string reason);

    [[nodiscard]] bool paused() const;
    [[nodiscard]] bool cancelled() const { return m_stop.stop_requested(); }
    [[nodiscard]] std::string cancelReason() const;
    [[nodiscard]] std::stop_token token() const { return m_stop.get_token(); }

    /// Waits for a time, at most `slice`; returns early when somebody pauses, resumes or cancels.
    void waitUntil(Clock::time_point time, Clock::duration slice);

private:
    mutable std::mutex m_mutex;
    std::condition_variable m_pulled;
    std::uint64_t m_pulls = 0;
    bool m_paused = false;
    std::string m_reason;
    std::stop_source m_stop;
};

} // namespace meshbone::backbone
