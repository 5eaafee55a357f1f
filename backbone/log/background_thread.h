// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>

namespace meshbone::backbone {

/// The thread "mb-clean", started by its first job: deletes files, writes checkpoints, compacts. One job after another,
/// in the order given. The queue is bounded by its users: each log has at most one compaction and a few deletions.
class BackgroundThread {
public:
    BackgroundThread() = default;
    BackgroundThread(const BackgroundThread&) = delete;
    BackgroundThread& operator=(const BackgroundThread&) = delete;
    ~BackgroundThread(); ///< asks the running job to stop and waits for it; queued jobs are dropped

    void run(std::move_only_function<void(std::stop_token)> job);
    [[nodiscard]] bool idle();
    /// Returns when all jobs given before are done.
    void waitIdle();

private:
    void work(const std::stop_token& stop);

    std::mutex m_mutex; // guards the next three
    std::condition_variable_any m_changed;
    std::deque<std::move_only_function<void(std::stop_token)>> m_jobs;
    bool m_busy = false;
    std::jthread m_thread; // last: it uses all of the above
};

} // namespace meshbone::backbone
