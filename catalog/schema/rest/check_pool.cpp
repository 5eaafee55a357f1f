// SPDX-License-Identifier: Apache-2.0
#include "schema/rest/check_pool.h"

#include <pthread.h>

namespace meshbone::catalog {

namespace {
const RegistryError kStopping{50001, "The schema registry is being stopped."};
const RegistryError kFull{503, "Too many schemas wait to be checked; try again later."};
} // namespace

CheckPool::CheckPool() {
    for (std::size_t i = 0; i < kThreads; ++i) {
        m_threads.emplace_back([this](const std::stop_token& stop) {
            ::pthread_setname_np(::pthread_self(), "mb-check");
            work(stop);
        });
    }
}

void CheckPool::run(Task task, Refuse refuse) {
    bool isStopped = false;
    {
        const std::scoped_lock lock(m_mutex);
        isStopped = m_isStopped;
        if (!isStopped && m_waiting.size() < kMaxWaiting) {
            m_waiting.push_back({std::move(task), std::move(refuse), std::chrono::steady_clock::now()});
            m_came.notify_one();
            return;
        }
    }
    refuse(isStopped ? kStopping : kFull);
}

void CheckPool::serve(Waiting one) {
    if (std::chrono::steady_clock::now() - one.since > kPatience) {
        return one.refuse(kFull);
    }
    try {
        one.task();
    } catch (...) { // the reply that it held is dropped, which answers
    }
}

void CheckPool::work(const std::stop_token& stop) {
    std::unique_lock lock(m_mutex);
    while (m_came.wait(lock, stop, [this] { return !m_waiting.empty(); }) && !stop.stop_requested()) {
        auto next = std::move(m_waiting.front());
        m_waiting.pop_front();
        lock.unlock();
        serve(std::move(next));
        lock.lock();
    }
}

void CheckPool::stop() {
    std::deque<Waiting> left;
    {
        const std::scoped_lock lock(m_mutex);
        m_isStopped = true;
        left.swap(m_waiting);
    }
    for (auto& thread : m_threads) {
        thread.request_stop();
    }
    for (auto& thread : m_threads) {
        if (thread.joinable()) {
            thread.join();
        }
    }
    for (auto& one : left) {
        one.refuse(kStopping);
    }
}

} // namespace meshbone::catalog
