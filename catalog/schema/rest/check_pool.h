// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/registry.h>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace meshbone::catalog {

/// Runs what takes long, parsing and comparing schemas, on threads of its own ("mb-check"), so that others are served
/// meanwhile. In bounds: what comes while many wait is refused, and so is what waited too long. Thread-safe.
class CheckPool {
public:
    static constexpr std::size_t kThreads = 2;
    static constexpr std::size_t kMaxWaiting = 1'000;
    static constexpr std::chrono::seconds kPatience{60}; ///< of what waits; clients have given up by then
    using Task = std::move_only_function<void()>;
    using Refuse = std::move_only_function<void(const RegistryError&)>;

    CheckPool();
    ~CheckPool() { stop(); }
    CheckPool(const CheckPool&) = delete;
    CheckPool& operator=(const CheckPool&) = delete;

    /// Calls one of them, once: the task on a thread of the pool; `refuse` with 503 where too many wait (at once) or it
    /// waited too long, with 50001 where it is being stopped. A task that throws is over with that.
    void run(Task task, Refuse refuse);
    /// Refuses what waits, waits for what runs, and ends the threads.
    void stop();

private:
    struct Waiting {
        Task task;
        Refuse refuse;
        std::chrono::steady_clock::time_point since;
    };
    static void serve(Waiting one);
    void work(const std::stop_token& stop);

    std::mutex m_mutex; ///< guards the two below
    std::deque<Waiting> m_waiting;
    bool m_isStopped = false;
    std::condition_variable_any m_came;
    std::vector<std::jthread> m_threads; ///< last: they use the others
};

} // namespace meshbone::catalog
