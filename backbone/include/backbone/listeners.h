// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/types.h>

#include <functional>
#include <map>
#include <memory>
#include <mutex>

namespace meshbone::backbone {

/// Who wants to be told of something. Thread-safe. One call at a time; unsubscribing waits for a call in progress,
/// except from within that call, and no call comes after it.
template <class... Args>
class Listeners {
public:
    using Callback = std::function<void(Args...)>;

    Subscription add(Callback callback) {
        const std::scoped_lock lock(m_state->mutex);
        const auto id = m_state->nextId++;
        m_state->callbacks.emplace(id, std::make_shared<Callback>(std::move(callback)));
        return Subscription([state = std::weak_ptr(m_state), id] {
            if (const auto alive = state.lock()) {
                const std::scoped_lock unsubscribe(alive->mutex);
                alive->callbacks.erase(id);
            }
        });
    }

    void notify(Args... args) const {
        const std::scoped_lock lock(m_state->mutex);
        const auto callbacks = m_state->callbacks; // a callback may add or remove one
        for (const auto& [id, callback] : callbacks) {
            if (m_state->callbacks.contains(id)) {
                (*callback)(args...);
            }
        }
    }

private:
    struct State {
        std::recursive_mutex mutex;
        std::map<std::uint64_t, std::shared_ptr<Callback>> callbacks;
        std::uint64_t nextId = 1;
    };
    std::shared_ptr<State> m_state = std::make_shared<State>();
};

} // namespace meshbone::backbone
