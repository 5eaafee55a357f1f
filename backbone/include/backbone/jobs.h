// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>
#include <backbone/types.h>

#include <cstddef>
#include <functional>
#include <future>
#include <memory>
#include <stop_token>
#include <utility>

namespace meshbone::backbone {

/// A small pool that runs blocking calls off the caller's thread: results by callback or future, cancellable. Threads
/// are named "mb-job-N". At most `maxQueued` calls wait; one more is answered with Exhausted. Destroying the pool
/// cancels what runs and waits for it. Thread-safe.
class Jobs {
public:
    /// `niceness`: how far the threads step back for others, 0 (not at all) to 19; for who has a window to keep alive.
    explicit Jobs(std::size_t threads = 4, std::size_t maxQueued = 1024, int niceness = 0);
    ~Jobs();
    Jobs(const Jobs&) = delete;
    Jobs& operator=(const Jobs&) = delete;

    /// Runs work(stop) and hands its result to done on the job's thread. Request stop on the source to cancel.
    template <class Work, class Done>
    std::stop_source run(Work work, Done done) {
        using R = decltype(work(std::stop_token{}));
        std::stop_source source;
        auto shared = std::make_shared<Done>(std::move(done));
        const bool queued = post(
            [work = std::move(work), shared, stop = source.get_token()]() mutable {
                (*shared)(stop.stop_requested() ? R(fail(ErrorCode::Cancelled, "Cancelled.")) : work(stop));
            },
            source);
        if (!queued) {
            (*shared)(R(fail(ErrorCode::Exhausted, "Too much is going on already; try again in a moment.")));
        }
        return source;
    }

    /// The same by future.
    template <class Work>
    auto async(Work work) -> std::future<decltype(work(std::stop_token{}))> {
        using R = decltype(work(std::stop_token{}));
        auto promise = std::make_shared<std::promise<R>>();
        auto future = promise->get_future();
        run(std::move(work), [promise](R result) { promise->set_value(std::move(result)); });
        return future;
    }

private:
    bool post(std::move_only_function<void()> task, std::stop_source source);
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace meshbone::backbone
