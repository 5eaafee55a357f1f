// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/services.h"
#include "wire/messages/produce.h"

#include <deque>
#include <memory>
#include <string>

namespace meshbone::backbone::broker {

/// Produce requests to topics of which the write check doesn't know yet what holds for them (it was just started). They
/// wait until it does, in the order in which they came; after kMostWait, or beyond the bounds, they are handled all the
/// same, and what isn't known is then answered with an error that clients try again. Loop thread only.
class HeldProduces : public std::enable_shared_from_this<HeldProduces> {
public:
    static constexpr std::chrono::milliseconds kMostWait{3'000};
    static constexpr std::chrono::milliseconds kLookEvery{20};
    static constexpr std::size_t kMostRequests = 1'000;
    static constexpr std::size_t kMostBytes = 32U << 20;

    /// `handle` handles a request that waits no longer.
    HeldProduces(Services& services, Handler handle)
        : m_services(services)
        , m_handle(std::move(handle)) {}

    /// Whether a request is to wait: all that it writes to, and may be written to by this client, isn't known yet. What
    /// also writes to another topic doesn't wait, or that would.
    [[nodiscard]] bool mustWait(const RequestContext& context, const wire::ProduceRequest& request) const;
    /// Takes a request that must wait; false, and nothing is taken, beyond the bounds.
    bool hold(const RequestContext& context, Reply& reply);
    /// Handles what need not wait any longer: before anything that came later.
    void release();

private:
    struct Held {
        RequestContext context;
        std::string body; ///< of its own: the context's lay in the connection's buffer
        Reply reply;
        net::EventLoop::Clock::time_point until;
        std::vector<std::string> topics;
    };
    void lookAgain();
    [[nodiscard]] bool isReady(const Held& held) const;

    Services& m_services;
    Handler m_handle;
    std::deque<Held> m_held;
    std::size_t m_bytes = 0;
    bool m_isTimed = false; ///< a timer will look again
};

} // namespace meshbone::backbone::broker
