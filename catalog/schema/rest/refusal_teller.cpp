// SPDX-License-Identifier: Apache-2.0
#include "schema/rest/refusal_teller.h"

#include <pthread.h>

#include <utility>

namespace meshbone::catalog {

RefusalTeller::RefusalTeller(SchemaAudience* audience)
    : m_audience(audience) {
    if (m_audience) {
        m_thread = std::jthread([this](const std::stop_token& stop) {
            ::pthread_setname_np(::pthread_self(), "mb-refuse");
            run(stop);
        });
    }
}

void RefusalTeller::tell(MakeChange change, Done done) {
    if (m_audience) {
        const std::scoped_lock lock(m_mutex);
        if (!m_isStopped && m_waiting.size() < kMaxWaiting) {
            m_waiting.push_back({std::move(change), std::move(done)});
            m_came.notify_one();
            return;
        }
    }
    done({});
}

void RefusalTeller::run(const std::stop_token& stop) {
    std::unique_lock lock(m_mutex);
    while (m_came.wait(lock, stop, [this] { return !m_waiting.empty(); }) && !stop.stop_requested()) {
        auto next = std::move(m_waiting.front());
        m_waiting.pop_front();
        lock.unlock();
        next.done(m_audience->sentence(next.change()));
        lock.lock();
    }
}

void RefusalTeller::stop() {
    m_thread.request_stop();
    if (m_thread.joinable()) {
        m_thread.join();
    }
    std::deque<Waiting> left;
    {
        const std::scoped_lock lock(m_mutex);
        m_isStopped = true;
        left.swap(m_waiting);
    }
    for (auto& one : left) {
        one.done({});
    }
}

} // namespace meshbone::catalog
