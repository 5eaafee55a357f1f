// SPDX-License-Identifier: Apache-2.0
#include "service/subscribers.h"

#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

namespace meshbone::lineage {

struct Subscribers::State {
    std::mutex mutex;
    std::condition_variable returned;
    std::map<int, std::function<void()>> callbacks; // guarded by mutex
    int next = 0;                                   // guarded by mutex
    int running = -1;                               // guarded by mutex: whose callback is in progress
    std::thread::id teller;                         // guarded by mutex

    void remove(int id) {
        std::unique_lock lock(mutex);
        callbacks.erase(id);
        returned.wait(lock, [&] { return running != id || teller == std::this_thread::get_id(); });
    }
};

Subscribers::Subscribers()
    : m_state(std::make_shared<State>()) {}

Subscription Subscribers::add(std::function<void()> changed) {
    const std::lock_guard lock(m_state->mutex);
    const auto id = m_state->next++;
    m_state->callbacks.emplace(id, std::move(changed));
    return Subscription([state = m_state, id] { state->remove(id); });
}

void Subscribers::tell() {
    const auto state = m_state;
    std::unique_lock lock(state->mutex);
    state->teller = std::this_thread::get_id();
    for (auto at = state->callbacks.begin(); at != state->callbacks.end();) {
        const auto id = at->first;
        const auto callback = at->second; // a copy: it may be erased while it runs
        state->running = id;
        lock.unlock();
        callback();
        lock.lock();
        state->running = -1;
        state->returned.notify_all();
        at = state->callbacks.upper_bound(id);
    }
    state->teller = {};
}

} // namespace meshbone::lineage
