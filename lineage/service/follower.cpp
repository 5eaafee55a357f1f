// SPDX-License-Identifier: Apache-2.0
#include "service/follower.h"

#include <pthread.h>

#include <sys/resource.h>

#include <algorithm>
#include <condition_variable>

namespace meshbone::lineage {

namespace {
using namespace std::chrono_literals;

constexpr auto kPoll = 100ms;       // also how long a waiting call or the end may have to wait
constexpr auto kRetry = 2s;         // after a failed connection
constexpr auto kNewsEvery = 1s;     // a reader or writer that is new is told before its interval is over
constexpr auto kLiveEvery = 2s;     // this desktop's own picture goes before the topic
constexpr auto kRebuildEvery = 1s;  // with changes
constexpr auto kRefreshEvery = 30s; // without: rates run out, edges fall quiet
constexpr auto kCallTimeout = 5s;
constexpr auto kLastPublish = 2s;
constexpr int kRebuildShare = 10; // at most a tenth of the time goes into building graphs
constexpr int kNiceness = 5;      // who watches steps back for what is watched, and for the window
} // namespace

Follower::Follower(const LineageOptions& options, backbone::Backbone& backbone, catalog::Catalog* catalog,
                   BrokerCapture* capture, Projection projection)
    : m_options(options)
    , m_backbone(backbone)
    , m_catalog(catalog)
    , m_capture(capture)
    , m_observes(capture != nullptr || options.readGroups)
    , m_projection(std::move(projection))
    , m_topic(backbone)
    , m_publisher(options.observer, options.quietAfter.count()) {
    if (options.pictureAtOpen) {
        showStored();
    } else {
        m_graph = std::make_shared<const Graph>(GraphParts{});
    }
    if (m_catalog != nullptr) {
        m_catalogSubscription = m_catalog->onChanged([this] { m_catalogChanged = true; });
    }
    m_thread = std::jthread([this](const std::stop_token& stop) { run(stop); });
    pthread_setname_np(m_thread.native_handle(), "mb-lineage");
}

Follower::~Follower() {
    m_catalogSubscription.reset();
    m_thread.request_stop();
    m_thread.join();
    m_waiters.close();
}

std::shared_ptr<const Graph> Follower::graph() const {
    const std::lock_guard lock(m_graphMutex);
    return m_graph;
}

bool Follower::reachable() const {
    return m_backbone.state().reachability != backbone::Reachability::Unreachable;
}

/// What the store holds is there to read, whether the backbone is or not.
void Follower::showStored() {
    readCatalog();
    rebuild();
}

void Follower::run(const std::stop_token& stop) {
    ::setpriority(PRIO_PROCESS, 0, kNiceness); // Linux: of the calling thread alone
    if (!m_options.pictureAtOpen) {
        showStored();
    }
    while (!stop.stop_requested()) {
        if (!m_topic.connected()) {
            connect(stop);
        }
        follow(stop);
        if (m_topic.connected()) {
            lookAround(stop);
        }
        serveWaiters(stop);
        if (m_catalogChanged) {
            readCatalog();
            m_dirty = true;
        }
        rebuildIfDue();
    }
    if (m_publisher.started() && m_topic.connected() && reachable()) {
        drain();
        if (m_publisher.pending() > 0) {
            publish(false, {kLastPublish, {}}); // what fails here is lost: at most one interval
        }
    }
    for (auto& waiter : m_waiting) {
        waiter.done.set_value(fail(ErrorCode::Cancelled, "Lineage is being closed."));
    }
}

void Follower::connect(const std::stop_token& stop) {
    if (Clock::now() < m_nextConnect || !reachable()) {
        return;
    }
    m_nextConnect = Clock::now() + kRetry;
    const auto before = m_projection.followed();
    const auto from = m_topic.connect(before, m_observes, stop);
    m_nothingThere = !from && from.error().code == ErrorCode::NotFound;
    if (!from) {
        return;
    }
    m_projection.restartAt(*from);
    if (!before.topicId.empty() && from->topicId != before.topicId) { // another topic: nothing of it is published yet
        m_publisher = Publisher(m_options.observer, m_options.quietAfter.count());
        m_dirty = true;
    }
}

/// Reads what is new; where nothing can be read, this is where the thread rests.
void Follower::follow(const std::stop_token& stop) {
    if (!m_topic.connected()) {
        std::mutex mutex;
        std::unique_lock lock(mutex);
        std::condition_variable_any().wait_for(lock, stop, kPoll, [] { return false; });
        return;
    }
    const auto records = m_topic.poll(kPoll);
    if (!records) {
        disconnect();
        return;
    }
    if (!records->empty()) {
        m_projection.apply(*records);
        m_dirty = true;
    }
    if (m_observes && !m_publisher.started() && m_topic.caughtUp(m_projection.followed().next)) {
        m_publisher.start(m_projection.ownEntries(), wallClockMs());
        m_nextNews = m_nextGroups = Clock::now();
        m_nextPublish = Clock::now() + m_options.publishEvery;
    }
}

void Follower::disconnect() {
    m_topic.disconnect();
    m_nextConnect = Clock::now() + kRetry;
}

/// Sees what happens around: the capture's table, consumer groups; and publishes what is due.
void Follower::lookAround(const std::stop_token& stop) {
    if (!m_publisher.started() || !reachable()) {
        return;
    }
    if (m_options.readGroups && Clock::now() >= m_nextGroups) {
        readGroups({kCallTimeout, stop});
    }
    publishDue(stop);
}

void Follower::drain() {
    if (m_capture != nullptr) {
        m_publisher.add(m_capture->drain(), wallClockMs());
    }
}

void Follower::readGroups(const CallOptions& options) {
    m_nextGroups = Clock::now() + m_options.readGroupsEvery;
    const auto sights = m_groups.read(m_backbone.admin(), options);
    if (sights) { // a cluster that doesn't let us look at groups shows none
        m_publisher.add(*sights, wallClockMs());
    }
}

void Follower::publishDue(const std::stop_token& stop) {
    const auto now = Clock::now();
    if (now >= m_nextNews) {
        m_nextNews = now + kNewsEvery;
        drain();
        if (m_publisher.hasNews()) {
            publish(true, {kCallTimeout, stop});
        }
    }
    if (now >= m_nextLive) {
        m_nextLive = now + kLiveEvery;
        showOwn();
    }
    if (now >= m_nextPublish) {
        m_nextPublish = now + m_options.publishEvery;
        publish(false, {kCallTimeout, stop});
    }
}

void Follower::showOwn() {
    auto live = m_publisher.live(wallClockMs());
    if (!live.empty()) {
        m_projection.overlay(std::move(live));
        m_dirty = true;
    }
}

Result<Offset> Follower::publish(bool onlyNews, const CallOptions& options) {
    auto next = m_projection.followed().next;
    for (int batch = 0; batch <= static_cast<int>(Publisher::kMaxKeys / Publisher::kMaxBatch) + 1; ++batch) {
        const auto records = m_publisher.collect(wallClockMs(), onlyNews);
        const auto written = m_topic.write(records, options);
        for (const auto* record : written.acknowledged) {
            m_publisher.acknowledged(record->key, record->version);
        }
        next = std::max(next, written.next);
        if (!written.status) {
            return std::unexpected(written.status.error());
        }
        if (onlyNews ? !m_publisher.hasNews() : m_publisher.pending() == 0) {
            break;
        }
    }
    return next;
}

void Follower::serveWaiters(const std::stop_token& stop) {
    for (auto& waiter : m_waiters.take()) {
        if (waiter.step == Waiter::Step::Look) { // what is known is known without a backbone
            waiter.look(m_projection);
            waiter.done.set_value({});
        } else {
            m_waiting.push_back(std::move(waiter));
        }
    }
    if (m_nothingThere && !m_topic.connected()) { // what isn't there is read to its end
        std::erase_if(m_waiting, [](Waiter& waiter) { return waiter.done.set_value({}), true; });
    }
    if (m_waiting.empty() || !m_topic.connected() || !reachable()) {
        return; // their deadlines run where they wait
    }
    std::ranges::for_each(m_waiting, [&](Waiter& waiter) { advance(waiter, stop); });
    const auto applied = [this](const Waiter& waiter) {
        return waiter.step == Waiter::Step::Apply && (m_projection.followed().next >= waiter.target);
    };
    if (m_dirty && std::ranges::any_of(m_waiting, applied)) {
        rebuild();
    }
    std::erase_if(m_waiting, [&](Waiter& waiter) {
        const bool done = applied(waiter);
        if (done) {
            waiter.done.set_value({});
        }
        return done || waiter.step == Waiter::Step::Failed;
    });
}

/// Takes a waiter to its last step, in which it waits until its target is applied.
void Follower::advance(Waiter& waiter, const std::stop_token& stop) {
    Result<Offset> target = Offset(0);
    if (waiter.step == Waiter::Step::Publish && !m_observes) {
        target = Offset(0); // a look has nothing to publish
    } else if (waiter.step == Waiter::Step::Publish && m_publisher.started()) {
        drain();
        if (m_options.readGroups) {
            readGroups({kCallTimeout, stop});
        }
        target = publish(false, {kCallTimeout, stop});
    } else if (waiter.step == Waiter::Step::FindEnd) {
        target = m_topic.end({kCallTimeout, stop});
    } else {
        return;
    }
    if (target) {
        waiter.step = Waiter::Step::Apply;
        waiter.target = *target;
        return;
    }
    waiter.done.set_value(std::unexpected(target.error()));
    waiter.step = Waiter::Step::Failed;
}

void Follower::readCatalog() {
    m_catalogChanged = false;
    m_facts = {};
    if (m_catalog == nullptr) {
        return;
    }
    for (const auto& [topic, facts] : m_catalog->topicFacts()) {
        if (!facts.domain.empty()) {
            m_facts.topicDomains[topic] = facts.domain;
        }
    }
    for (const auto& product : m_catalog->products()) {
        for (const auto& port : product.ports) {
            m_facts.ports.push_back({product.id, product.owner, product.domain, port.topic,
                                     port.direction == catalog::PortDirection::Input});
        }
    }
}

void Follower::rebuildIfDue() {
    const auto since = Clock::now() - m_lastRebuild;
    const auto pause = std::max<Clock::duration>(kRebuildEvery, m_lastBuild * kRebuildShare);
    if (since >= (m_dirty ? pause : std::max<Clock::duration>(kRefreshEvery, pause))) {
        rebuild();
    }
}

void Follower::rebuild() {
    const auto start = Clock::now();
    auto fresh = m_projection.build(m_facts, wallClockMs(), m_options.quietAfter.count());
    {
        const std::lock_guard lock(m_graphMutex);
        m_graph.swap(fresh);
    }
    m_dirty = false;
    m_lastRebuild = Clock::now();
    m_lastBuild = m_lastRebuild - start;
    m_subscribers.tell();
}

} // namespace meshbone::lineage
