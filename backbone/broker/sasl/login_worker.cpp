// SPDX-License-Identifier: Apache-2.0
#include "broker/sasl/login_worker.h"

#include <pthread.h>

#include <utility>

namespace meshbone::backbone::broker {

LoginWorker::LoginWorker(Post post)
    : m_post(std::move(post)) {}

LoginWorker::~LoginWorker() {
    {
        const std::lock_guard lock(m_lock);
        m_ending = true;
    }
    m_changed.notify_one();
    if (m_thread.joinable()) {
        m_thread.join();
    }
}

void LoginWorker::ask(std::move_only_function<bool()> check, std::move_only_function<void(bool)> done) {
    {
        const std::lock_guard lock(m_lock);
        m_waiting.push_back({std::move(check), std::move(done)});
    }
    if (!m_thread.joinable()) {
        m_thread = std::thread([this] { run(); });
    }
    m_changed.notify_one();
}

void LoginWorker::run() {
    ::pthread_setname_np(::pthread_self(), "mb-login");
    while (true) {
        Question next;
        {
            std::unique_lock lock(m_lock);
            m_changed.wait(lock, [this] { return m_ending || !m_waiting.empty(); });
            if (m_ending) {
                return;
            }
            next = std::move(m_waiting.front());
            m_waiting.pop_front();
        }
        const bool said = next.check();
        m_post([done = std::move(next.done), said]() mutable { done(said); });
    }
}

} // namespace meshbone::backbone::broker
