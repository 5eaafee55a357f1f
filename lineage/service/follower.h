// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "capture/capture.h"
#include "capture/group_reader.h"
#include "service/evidence_topic.h"
#include "service/projection.h"
#include "service/subscribers.h"
#include "service/waiters.h"

#include <catalog/catalog.h>

#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>

namespace meshbone::lineage {

/// The thread "mb-lineage": follows the evidence topic, publishes what this observer saw, reads consumer groups, and
/// builds the graph that queries share. It survives a backbone that is away: what was seen is kept, and published when
/// it is back.
class Follower {
public:
    Follower(const LineageOptions& options, backbone::Backbone& backbone, catalog::Catalog* catalog,
             BrokerCapture* capture, Projection projection);
    ~Follower(); ///< publishes what is left, for up to two seconds
    Follower(const Follower&) = delete;
    Follower& operator=(const Follower&) = delete;

    [[nodiscard]] std::shared_ptr<const Graph> graph() const; ///< any thread; never null
    Waiters& waiters() { return m_waiters; }
    Subscribers& subscribers() { return m_subscribers; }

private:
    using Clock = std::chrono::steady_clock;

    void showStored();
    void run(const std::stop_token& stop);
    void connect(const std::stop_token& stop);
    void follow(const std::stop_token& stop);
    void lookAround(const std::stop_token& stop);
    void drain();
    void readGroups(const CallOptions& options);
    void showOwn();
    void publishDue(const std::stop_token& stop);
    Result<Offset> publish(bool onlyNews, const CallOptions& options);
    void serveWaiters(const std::stop_token& stop);
    void advance(Waiter& waiter, const std::stop_token& stop);
    void readCatalog();
    void rebuildIfDue();
    void rebuild();
    void disconnect();
    [[nodiscard]] bool reachable() const;

    // Constant after construction.
    const LineageOptions m_options;
    backbone::Backbone& m_backbone;
    catalog::Catalog* const m_catalog;
    BrokerCapture* const m_capture;
    const bool m_observes; // false: a look only, which publishes nothing

    Waiters m_waiters;
    Subscribers m_subscribers;
    std::atomic<bool> m_catalogChanged{true};
    mutable std::mutex m_graphMutex;
    std::shared_ptr<const Graph> m_graph; // guarded by m_graphMutex

    // The thread's own.
    Projection m_projection;
    EvidenceTopic m_topic;
    Publisher m_publisher;
    GroupReader m_groups;
    CatalogFacts m_facts;
    std::vector<Waiter> m_waiting; // on their way
    bool m_dirty = false;
    bool m_nothingThere = false; // no evidence topic, and this isn't one that makes it
    Clock::duration m_lastBuild{0};
    Clock::time_point m_nextConnect, m_nextGroups, m_nextPublish, m_nextNews, m_nextLive, m_lastRebuild;

    Subscription m_catalogSubscription; // before the thread: it ends after it
    std::jthread m_thread;              // last: it uses all of the above
};

} // namespace meshbone::lineage
