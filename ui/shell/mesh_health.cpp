// SPDX-License-Identifier: Apache-2.0
#include "shell/mesh_health.h"

#include "widgets/free_beside.h"

#include <QDateTime>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace meshbone::ui {

namespace {

constexpr int kEveryMs = 15'000;
constexpr std::int64_t kSmallLag = 100;

struct Committed {
    backbone::GroupSummary group;
    std::vector<backbone::CommittedOffset> offsets;
};

Result<std::vector<Committed>> readGroups(backbone::Admin& admin, const JobContext& context) {
    auto groups = admin.groups(context.call());
    if (!groups) {
        return std::unexpected(groups.error());
    }
    std::ranges::sort(*groups, {}, &backbone::GroupSummary::group);
    groups->resize(std::min(groups->size(), kMaxGroups));
    std::vector<Committed> committed;
    for (auto& group : *groups) {
        if (context.stopRequested()) {
            return fail(ErrorCode::Cancelled, "Cancelled.");
        }
        auto offsets = admin.groupOffsets(group.group, context.call());
        // A group may vanish between the two calls.
        committed.push_back({group, offsets ? std::move(*offsets) : std::vector<backbone::CommittedOffset>{}});
    }
    return committed;
}

Result<std::map<TopicPartition, Offset>> readEnds(backbone::Admin& admin, const std::vector<Committed>& groups,
                                                  const JobContext& context) {
    std::set<TopicPartition> wanted;
    for (const auto& group : groups) {
        for (const auto& offset : group.offsets) {
            wanted.insert(offset.at);
        }
    }
    std::map<TopicPartition, Offset> ends;
    if (wanted.empty()) {
        return ends;
    }
    std::vector<backbone::OffsetQuery> queries;
    for (const auto& at : wanted) {
        queries.push_back({at, backbone::OffsetQuery::Kind::Latest, -1});
    }
    const auto answers = admin.offsets(queries, context.call());
    if (!answers) {
        return std::unexpected(answers.error());
    }
    for (const auto& answer : *answers) {
        ends.emplace(answer.at, answer.offset);
    }
    return ends;
}

GroupLag lagOf(const Committed& committed, const std::map<TopicPartition, Offset>& ends,
               const backbone::TrafficSnapshot& traffic) {
    GroupLag lag;
    lag.group = committed.group.group;
    lag.state = committed.group.state;
    std::set<std::string> topics;
    for (const auto& offset : committed.offsets) {
        const auto end = ends.find(offset.at);
        if (end == ends.end() || offset.committed == kNoOffset) {
            continue;
        }
        topics.insert(offset.at.topic);
        lag.lag += std::max<std::int64_t>(0, end->second - offset.committed);
    }
    double rate = 0;
    for (const auto& topic : topics) {
        const auto* found = trafficOf(traffic, topic);
        rate += found == nullptr ? 0 : found->perSecond;
    }
    lag.topics.assign(topics.begin(), topics.end());
    lag.lagging = isLagging(lag.lag, rate);
    return lag;
}

Result<std::shared_ptr<const MeshFacts>> readFacts(backbone::Admin& admin, const backbone::TrafficSnapshot& traffic,
                                                   const JobContext& context) {
    auto facts = makeFreedBeside<MeshFacts>();
    auto topics = admin.topics(context.call());
    if (!topics) {
        return std::unexpected(topics.error());
    }
    facts->topics = std::move(*topics);
    for (auto& topic : facts->topics) {
        topic.internal = topic.internal || isInternalTopic(topic.name);
    }
    std::ranges::sort(facts->topics, {}, &backbone::TopicSummary::name);
    for (const auto& topic : facts->topics) {
        facts->partitions += topic.partitions;
    }
    const auto groups = readGroups(admin, context);
    if (!groups) {
        return std::unexpected(groups.error());
    }
    const auto ends = readEnds(admin, *groups, context);
    if (!ends) {
        return std::unexpected(ends.error());
    }
    for (const auto& group : *groups) {
        facts->groups.push_back(lagOf(group, *ends, traffic));
    }
    facts->atMs = QDateTime::currentMSecsSinceEpoch();
    return facts;
}

} // namespace

bool isLagging(std::int64_t lag, double topicEventsPerSecond) {
    return lag > std::max(static_cast<double>(kSmallLag), 60 * topicEventsPerSecond);
}

MeshHealth::MeshHealth(Services& services, JobRunner& jobs, LiveFeed& feed, QObject* parent)
    : QObject(parent)
    , m_services(services)
    , m_feed(feed)
    , m_reading(
          jobs, this, [this] { return read(); },
          [this](Result<std::shared_ptr<const MeshFacts>> facts) { take(std::move(facts)); })
    , m_facts(std::make_shared<MeshFacts>()) {
    m_timer.setInterval(kEveryMs);
    connect(&m_timer, &QTimer::timeout, this, &MeshHealth::refresh);
    connect(&feed, &LiveFeed::stateChanged, this, [this] {
        if (m_feed.isHealthy()) {
            refresh();
        }
    });
    connect(&feed, &LiveFeed::trafficChanged, this, [this] {
        // The traffic knows topics that came or went sooner than the timer: lists should not wait for it.
        if (m_feed.traffic() && m_feed.traffic()->topics.size() != m_facts->topics.size()) {
            refresh();
        }
    });
    m_timer.start();
    refresh();
}

void MeshHealth::refresh() {
    if (m_feed.state().reachability == backbone::Reachability::Unreachable) {
        m_error = m_feed.state().reason;
        emit changed();
        return;
    }
    m_reading.ask();
}

MeshHealth::Reading::Work MeshHealth::read() {
    return [admin = &m_services.backbone.admin(), traffic = m_feed.traffic()](const JobContext& context) {
        return readFacts(*admin, *traffic, context);
    };
}

void MeshHealth::take(Result<std::shared_ptr<const MeshFacts>> facts) {
    m_error = facts ? std::string() : facts.error().message;
    if (facts) {
        m_facts = std::move(*facts);
    }
    emit changed();
}

} // namespace meshbone::ui
