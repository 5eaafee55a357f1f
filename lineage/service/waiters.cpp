// SPDX-License-Identifier: Apache-2.0
#include "service/waiters.h"

#include <algorithm>
#include <utility>

namespace meshbone::lineage {

Status Waiters::wait(Waiter::Step first, std::function<void(const Projection&)> look, const CallOptions& options) {
    const auto deadline = std::chrono::steady_clock::now() + options.timeout;
    std::future<Status> future;
    {
        const std::lock_guard lock(m_mutex);
        if (m_closed) {
            return fail(ErrorCode::Cancelled, "Lineage is being closed.");
        }
        if (m_waiting.size() >= kMaxWaiting) {
            return fail(ErrorCode::Exhausted, "Too many calls wait for lineage already; try again in a moment.");
        }
        Waiter waiter;
        waiter.step = first;
        waiter.look = std::move(look);
        future = waiter.done.get_future();
        m_waiting.push_back(std::move(waiter));
    }
    constexpr auto kSlice = std::chrono::milliseconds(50);
    while (future.wait_for(kSlice) != std::future_status::ready) {
        if (options.stop.stop_requested()) {
            return fail(ErrorCode::Cancelled, "Cancelled.");
        }
        if (std::chrono::steady_clock::now() >= deadline) {
            return fail(ErrorCode::Timeout,
                        "The lineage topic could not be reached in time; it goes on in the background.");
        }
    }
    return future.get();
}

std::vector<Waiter> Waiters::take() {
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_waiting, {});
}

void Waiters::close() {
    const std::lock_guard lock(m_mutex);
    m_closed = true;
    for (auto& waiter : m_waiting) {
        waiter.done.set_value(fail(ErrorCode::Cancelled, "Lineage is being closed."));
    }
    m_waiting.clear();
}

bool Waiters::any() const {
    const std::lock_guard lock(m_mutex);
    return !m_waiting.empty();
}

} // namespace meshbone::lineage
