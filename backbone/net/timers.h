// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>

namespace meshbone::backbone::net {

/// Names a timer that has not fired yet; 0 names none.
enum class TimerId : std::uint64_t { None = 0 };

/// Deadlines on the loop thread. EventLoop implements it; tests may implement it with a clock of their own.
/// All functions on the loop thread only.
class Timers {
public:
    using Clock = std::chrono::steady_clock;
    virtual ~Timers() = default;

    [[nodiscard]] virtual Clock::time_point now() const = 0;
    /// Calls `fire` once, on the loop thread, not before `deadline`; never from within this call.
    virtual TimerId callAt(Clock::time_point deadline, std::move_only_function<void()> fire) = 0;
    /// False when the timer has fired or was cancelled already (or is None).
    virtual bool cancel(TimerId timer) = 0;

    TimerId callAfter(std::chrono::milliseconds delay, std::move_only_function<void()> fire) {
        return callAt(now() + delay, std::move(fire));
    }
};

} // namespace meshbone::backbone::net
