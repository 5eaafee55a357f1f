// SPDX-License-Identifier: Apache-2.0
#include "log/background_thread.h"

#include "log/thread_name.h"

namespace meshbone::backbone {

BackgroundThread::~BackgroundThread() {
    if (m_thread.joinable()) {
        m_thread.request_stop();
        m_thread.join();
    }
}

void BackgroundThread::run(std::move_only_function<void(std::stop_token)> job) {
    const std::lock_guard lock(m_mutex);
    m_jobs.push_back(std::move(job));
    if (!m_thread.joinable()) {
        m_thread = std::jthread([this](const std::stop_token& stop) { work(stop); });
    }
    m_changed.notify_all();
}

void BackgroundThread::waitIdle() {
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_jobs.empty() && !m_busy; });
}

bool BackgroundThread::idle() {
    const std::lock_guard lock(m_mutex);
    return m_jobs.empty() && !m_busy;
}

void BackgroundThread::work(const std::stop_token& stop) {
    nameThread("mb-clean");
    std::unique_lock lock(m_mutex);
    while (m_changed.wait(lock, stop, [this] { return !m_jobs.empty(); })) {
        if (stop.stop_requested()) {
            return;
        }
        auto job = std::move(m_jobs.front());
        m_jobs.pop_front();
        m_busy = true;
        lock.unlock();
        job(stop);
        job = nullptr; // what it holds goes before anybody believes it done
        lock.lock();
        m_busy = false;
        m_changed.notify_all();
    }
}

} // namespace meshbone::backbone
