// SPDX-License-Identifier: Apache-2.0
#include <backbone/jobs.h>

#include <pthread.h>
#include <sys/resource.h>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <list>
#include <mutex>
#include <thread>
#include <vector>

namespace meshbone::backbone {

struct Jobs::State {
    struct Task {
        std::move_only_function<void()> work;
        std::stop_source source;
    };

    std::mutex mutex;
    std::condition_variable_any wake;
    std::deque<Task> queue;              // guarded by mutex, at most maxQueued
    std::list<std::stop_source> running; // guarded by mutex
    bool closed = false;                 // guarded by mutex
    std::size_t maxQueued = 0;           // constant
    std::vector<std::thread> threads;

    void work() {
        std::unique_lock lock(mutex);
        while (true) {
            wake.wait(lock, [this] { return closed || !queue.empty(); });
            if (queue.empty()) {
                return; // closed, and every queued task was answered
            }
            auto task = std::move(queue.front());
            queue.pop_front();
            if (closed) {
                task.source.request_stop();
            }
            const auto mine = running.insert(running.end(), task.source);
            lock.unlock();
            task.work();
            task.work = nullptr;
            lock.lock();
            running.erase(mine);
        }
    }
};

Jobs::Jobs(std::size_t threads, std::size_t maxQueued, int niceness)
    : m_state(std::make_unique<State>()) {
    m_state->maxQueued = maxQueued;
    for (std::size_t i = 0; i < std::max<std::size_t>(threads, 1); ++i) {
        m_state->threads.emplace_back([state = m_state.get(), niceness] {
            if (niceness > 0) {
                ::setpriority(PRIO_PROCESS, 0, niceness); // Linux: of the calling thread alone
            }
            state->work();
        });
        const auto name = "mb-job-" + std::to_string(i + 1);
        pthread_setname_np(m_state->threads.back().native_handle(), name.c_str());
    }
}

Jobs::~Jobs() {
    {
        const std::lock_guard lock(m_state->mutex);
        m_state->closed = true;
        for (auto& source : m_state->running) {
            source.request_stop();
        }
    }
    m_state->wake.notify_all();
    for (auto& thread : m_state->threads) {
        thread.join();
    }
}

bool Jobs::post(std::move_only_function<void()> task, std::stop_source source) {
    {
        const std::lock_guard lock(m_state->mutex);
        if (m_state->closed || m_state->queue.size() >= m_state->maxQueued) {
            return false;
        }
        m_state->queue.push_back({std::move(task), std::move(source)});
    }
    m_state->wake.notify_one();
    return true;
}

} // namespace meshbone::backbone
