// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>
#include <backbone/types.h>

#include <functional>
#include <future>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace meshbone::lineage {

class Projection;

/// Somebody who waits for "mb-lineage" to publish, to have applied everything up to an offset, or to look at what is
/// its.
struct Waiter {
    enum class Step : std::uint8_t { Publish, FindEnd, Apply, Look, Failed };
    Step step = Step::Apply;
    std::function<void(const Projection&)> look; ///< for Look
    Offset target{0};                            ///< for Apply
    std::promise<Status> done;
};

/// The calls that wait for the thread. wait() is thread-safe; the rest is the thread's.
class Waiters {
public:
    static constexpr std::size_t kMaxWaiting = 64;

    /// Waits for the thread, up to the deadline.
    Status wait(Waiter::Step first, const CallOptions& options) { return wait(first, {}, options); }
    /// The same for a look, which the thread calls, perhaps after this has returned.
    Status look(std::function<void(const Projection&)> look, const CallOptions& options) {
        return wait(Waiter::Step::Look, std::move(look), options);
    }

    /// New ones, to be taken through their steps.
    std::vector<Waiter> take();
    /// Answers all that still wait and every later one; for the end.
    void close();
    [[nodiscard]] bool any() const;

private:
    Status wait(Waiter::Step first, std::function<void(const Projection&)> look, const CallOptions& options);

    mutable std::mutex m_mutex;
    std::vector<Waiter> m_waiting; // guarded by m_mutex
    bool m_closed = false;         // guarded by m_mutex
};

} // namespace meshbone::lineage
