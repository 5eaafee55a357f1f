// SPDX-License-Identifier: Apache-2.0
#include "replay/run_control.h"

#include <algorithm>

namespace meshbone::backbone {

void RunControl::pause() {
    const std::scoped_lock lock(m_mutex);
    m_paused = true;
    ++m_pulls;
    m_pulled.notify_all();
}

void RunControl::resume() {
    const std::scoped_lock lock(m_mutex);
    m_paused = false;
    ++m_pulls;
    m_pulled.notify_all();
}

void RunControl::cancel(std::string reason) {
    {
        const std::scoped_lock lock(m_mutex);
        if (m_reason.empty()) {
            m_reason = std::move(reason);
        }
        ++m_pulls;
        m_pulled.notify_all();
    }
    m_stop.request_stop();
}

bool RunControl::paused() const {
    const std::scoped_lock lock(m_mutex);
    return m_paused;
}

std::string RunControl::cancelReason() const {
    const std::scoped_lock lock(m_mutex);
    return m_reason;
}

void RunControl::waitUntil(Clock::time_point time, Clock::duration slice) {
    std::unique_lock lock(m_mutex);
    const auto seen = m_pulls;
    m_pulled.wait_until(lock, std::min(time, Clock::now() + slice), [&] { return m_pulls != seen; });
}

} // namespace meshbone::backbone
