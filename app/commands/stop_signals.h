// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <signal.h>

#include <chrono>

namespace meshbone::app {

/// Lets a program wait for SIGTERM or SIGINT. Make it before any other thread: they inherit the blocked signals, so
/// that only wait() sees them.
class StopSignals {
public:
    StopSignals() {
        sigemptyset(&m_signals);
        sigaddset(&m_signals, SIGTERM);
        sigaddset(&m_signals, SIGINT);
        pthread_sigmask(SIG_BLOCK, &m_signals, nullptr);
    }
    void wait() const {
        int signal = 0;
        sigwait(&m_signals, &signal);
    }
    /// Waits for at most so long; true when a signal has come.
    [[nodiscard]] bool waitFor(std::chrono::milliseconds time) const {
        const timespec limit{static_cast<time_t>(time.count() / 1000),
                             static_cast<long>(time.count() % 1000) * 1'000'000};
        return sigtimedwait(&m_signals, nullptr, &limit) > 0;
    }

private:
    sigset_t m_signals{};
};

} // namespace meshbone::app
