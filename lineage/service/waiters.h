// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>
#include <backbone/types.h>

#include <future>
#include <mutex>
#include <optional>
#include <vector>

namespace meshbone::lineage {

/// Somebody who waits for "mb-lineage" to publish, or to have applied everything up to an offset.
struct Waiter {
    enum class Step : std::uint8_t { Publish, FindEnd, Apply, Failed };
    Step step = Step::Apply;
    Offset target{0}; ///< for Apply
    std::promise<Status> done;
};

/// The calls that wait for the thread. wait() is thread-safe; the rest is the thread's.
class Waiters {
public:
    static constexpr std::size_t kMaxWaiting = 64;

    /// Waits for the thread, up to the deadline.
    Status wait(Waiter::Step first, const CallOptions& options);

    /// New ones, to be taken through their steps.
    std::vector<Waiter> take();
    /// Answers all that still wait and every later one; for the end.
    void close();
    [[nodiscard]] bool any() const;

private:
    mutable std::mutex m_mutex;
    std::vector<Waiter> m_waiting; // guarded by m_mutex
    bool m_closed = false;         // guarded by m_mutex
};

} // namespace meshbone::lineage
