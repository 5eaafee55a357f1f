// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/types.h>

#include <functional>
#include <memory>

namespace meshbone::lineage {

/// Who is told when something changed. Thread-safe. A callback may unsubscribe itself; anybody else who unsubscribes
/// waits until a callback in progress has returned.
class Subscribers {
public:
    Subscribers();
    Subscription add(std::function<void()> changed);
    void tell();

private:
    struct State;
    std::shared_ptr<State> m_state; // outlives this object as long as a subscription does
};

} // namespace meshbone::lineage
