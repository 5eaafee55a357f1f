// SPDX-License-Identifier: Apache-2.0
#include "ledger/published_state.h"

#include "product/topic_facts.h"

#include <vector>

namespace meshbone::catalog {

const std::map<std::string, TopicFacts>& Snapshot::topicFacts() const {
    std::call_once(m_once, [this] { m_topicFacts = topicFactsOf(m_mesh); });
    return m_topicFacts;
}

/// The mutex is held while a subscriber is called: that is how unsubscribing waits for a call in progress. It is
/// recursive, so that a subscriber may unsubscribe itself.
struct PublishedState::Listeners {
    std::recursive_mutex mutex;
    std::map<std::uint64_t, std::shared_ptr<std::function<void()>>> byId;
    std::uint64_t nextId = 0;
};

std::shared_ptr<PublishedState::Listeners> PublishedState::makeListeners() {
    return std::make_shared<Listeners>();
}

std::shared_ptr<const Snapshot> PublishedState::snapshot() const {
    const std::scoped_lock lock(m_mutex);
    return m_snapshot;
}

CatalogStatus PublishedState::status() const {
    const std::scoped_lock lock(m_mutex);
    return m_status;
}

void PublishedState::publish(std::shared_ptr<const Snapshot> snapshot) {
    {
        const std::scoped_lock lock(m_mutex);
        m_status.appliedEntries = snapshot->entries();
        m_status.head = snapshot->headHash();
        m_snapshot = std::move(snapshot);
    }
    m_changed.notify_all();
}

bool PublishedState::setMode(CatalogMode mode, const std::string& reason, bool isRefused) {
    {
        const std::scoped_lock lock(m_mutex);
        if (m_status.mode == mode && m_status.reason == reason) {
            return false;
        }
        m_status.mode = mode;
        m_status.reason = reason;
        m_status.isRefused = isRefused;
    }
    m_changed.notify_all();
    return true;
}

Status PublishedState::waitUntil(const Condition& holds, const CallOptions& options, const std::string& late) const {
    const auto end = std::chrono::steady_clock::now() + options.timeout;
    std::unique_lock lock(m_mutex);
    const bool held =
        m_changed.wait_until(lock, options.stop, end, [&] { return holds(m_status, m_snapshot->number()); });
    if (held) {
        return {};
    }
    return options.stop.stop_requested() ? fail(ErrorCode::Cancelled, "Cancelled.") : fail(ErrorCode::Timeout, late);
}

Subscription PublishedState::subscribe(std::function<void()> changed) {
    const auto listeners = m_listeners;
    const std::scoped_lock lock(listeners->mutex);
    const auto id = listeners->nextId++;
    listeners->byId[id] = std::make_shared<std::function<void()>>(std::move(changed));
    return Subscription([listeners, id] {
        const std::scoped_lock unsubscribing(listeners->mutex);
        listeners->byId.erase(id);
    });
}

void PublishedState::notify() {
    const std::scoped_lock lock(m_listeners->mutex);
    std::vector<std::uint64_t> ids;
    for (const auto& [id, listener] : m_listeners->byId) {
        ids.push_back(id);
    }
    for (const auto id : ids) { // one may have unsubscribed another meanwhile
        if (const auto found = m_listeners->byId.find(id); found != m_listeners->byId.end()) {
            const auto listener = found->second;
            (*listener)();
        }
    }
}

} // namespace meshbone::catalog
