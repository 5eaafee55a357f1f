// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/reactor.h"

#include <mutex>

namespace meshbone::backbone::http {

/// The way of answers from other threads to the I/O thread; shut before the reactor goes. Any thread.
class ReplyGate {
public:
    explicit ReplyGate(Reactor& reactor)
        : m_reactor(&reactor) {}

    /// Runs the call on the I/O thread: at once when this is it. Dropped when the gate is shut.
    template <class Call>
    void pass(Call call) {
        {
            const std::scoped_lock lock(m_lock);
            if (m_reactor == nullptr) {
                return;
            }
            if (!m_reactor->isThisThread()) {
                m_reactor->post(std::move(call));
                return;
            }
        }
        call();
    }
    void shut() {
        const std::scoped_lock lock(m_lock);
        m_reactor = nullptr;
    }

private:
    std::mutex m_lock;
    Reactor* m_reactor; ///< guarded by m_lock
};

} // namespace meshbone::backbone::http
