// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <signal.h>

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

private:
    sigset_t m_signals{};
};

} // namespace meshbone::app
