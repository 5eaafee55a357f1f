// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/types.h>

#include <functional>
#include <map>
#include <memory>
#include <mutex>

namespace meshbone::test {

/// Subscribers of a fake. As the real modules promise, unsubscribing waits for a callback in progress.
template <class... Args>
class FakeSignal {
public:
    Subscription subscribe(std::function<void(Args...)> callback) {
        const std::scoped_lock lock(m_state->mutex);
        const auto id = m_state->next++;
        m_state->callbacks.emplace(id, std::move(callback));
        return Subscription([state = m_state, id] {
            const std::scoped_lock inner(state->mutex);
            state->callbacks.erase(id);
        });
    }
    void tell(Args... args) const {
        const std::scoped_lock lock(m_state->mutex);
        for (const auto& [id, callback] : m_state->callbacks) {
            callback(args...);
        }
    }

private:
    struct State {
        std::recursive_mutex mutex;
        std::map<int, std::function<void(Args...)>> callbacks;
        int next = 0;
    };
    std::shared_ptr<State> m_state = std::make_shared<State>();
};

} // namespace meshbone::test
