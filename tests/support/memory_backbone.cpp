// SPDX-License-Identifier: Apache-2.0
#include "support/memory_backbone.h"

#include "support/memory_access.h"

#include <algorithm>
#include <cstdlib>
#include <thread>

namespace meshbone::test {

using namespace backbone;

void MemoryCluster::setAway(bool away) {
    const std::lock_guard lock(m_mutex);
    m_away = away;
}
bool MemoryCluster::away() const {
    const std::lock_guard lock(m_mutex);
    return m_away;
}
void MemoryCluster::setStalled(bool stalled) {
    const std::lock_guard lock(m_mutex);
    m_isStalled = stalled;
}
bool MemoryCluster::stalled() const {
    const std::lock_guard lock(m_mutex);
    return m_isStalled;
}
void MemoryCluster::createTopic(const std::string& name) {
    const std::lock_guard lock(m_mutex);
    m_topics.try_emplace(name, Topic{TopicId::random(), {}, Offset(0)});
}
void MemoryCluster::deleteTopic(const std::string& name) {
    const std::lock_guard lock(m_mutex);
    m_topics.erase(name);
}
Offset MemoryCluster::append(Record record) {
    const std::lock_guard lock(m_mutex);
    auto& topic = m_topics[record.topic];
    record.offset = topic.end;
    record.partition = Partition(0);
    topic.end = topic.end + 1;
    topic.records.push_back(std::move(record));
    return topic.records.back().offset;
}
std::vector<Record> MemoryCluster::records(const std::string& topic) const {
    return read(topic, Offset(0), SIZE_MAX);
}
std::vector<Record> MemoryCluster::read(const std::string& topic, Offset from, std::size_t most) const {
    const std::lock_guard lock(m_mutex);
    std::vector<Record> out;
    const auto at = m_topics.find(topic);
    if (at != m_topics.end()) {
        const auto& all = at->second.records;
        for (auto i = std::ranges::lower_bound(all, from, {}, &Record::offset); i != all.end() && out.size() < most;
             ++i) {
            out.push_back(*i);
        }
    }
    return out;
}
void MemoryCluster::compact(const std::string& topic) {
    const std::lock_guard lock(m_mutex);
    auto& records = m_topics[topic].records;
    std::map<Bytes, Offset> last;
    for (const auto& record : records) {
        last[record.key.value_or("")] = record.offset;
    }
    std::erase_if(records, [&](const Record& record) { return last[record.key.value_or("")] != record.offset; });
}
void MemoryCluster::setGroup(const GroupDetail& detail, const std::vector<CommittedOffset>& offsets) {
    const std::lock_guard lock(m_mutex);
    m_groups[detail.group] = {detail, offsets};
}
void MemoryCluster::failGroups(bool fail) {
    const std::lock_guard lock(m_mutex);
    m_groupsFail = fail;
}
std::vector<TopicSummary> MemoryCluster::topics() const {
    const std::lock_guard lock(m_mutex);
    std::vector<TopicSummary> out;
    for (const auto& [name, topic] : m_topics) {
        out.push_back({name, topic.id, 1, 1, name.starts_with("_")});
    }
    return out;
}
Offset MemoryCluster::end(const std::string& topic) const {
    const std::lock_guard lock(m_mutex);
    const auto at = m_topics.find(topic);
    return at == m_topics.end() ? Offset(0) : at->second.end;
}
std::map<std::string, std::pair<GroupDetail, std::vector<CommittedOffset>>> MemoryCluster::groups() const {
    const std::lock_guard lock(m_mutex);
    return m_groups;
}
bool MemoryCluster::groupsFail() const {
    const std::lock_guard lock(m_mutex);
    return m_groupsFail;
}

namespace {
const auto kUnsupported = fail(ErrorCode::Unsupported, "The cluster in memory doesn't offer this.");
const auto kAway = fail(ErrorCode::Unavailable, "The cluster in memory is away.");

class MemoryAdmin final : public Admin {
public:
    explicit MemoryAdmin(std::shared_ptr<MemoryCluster> cluster)
        : m_cluster(std::move(cluster)) {}

    Result<std::vector<TopicSummary>> topics(const CallOptions&) override {
        return m_cluster->away() ? Result<std::vector<TopicSummary>>(kAway) : m_cluster->topics();
    }
    Result<LogDirs> logDirs(const std::vector<TopicPartition>&, const CallOptions&) override {
        return fail(ErrorCode::Unsupported, "A cluster in memory has no disk.");
    }
    Status createTopic(const NewTopic& topic, const CallOptions&) override {
        if (m_cluster->away()) {
            return kAway;
        }
        m_cluster->createTopic(topic.name);
        return {};
    }
    Result<std::vector<OffsetAnswer>> offsets(const std::vector<OffsetQuery>& queries, const CallOptions&) override {
        if (m_cluster->away()) {
            return kAway;
        }
        std::vector<OffsetAnswer> out;
        for (const auto& query : queries) {
            out.push_back({query.at, m_cluster->end(query.at.topic), -1});
        }
        return out;
    }
    Result<std::vector<GroupSummary>> groups(const CallOptions&) override {
        if (m_cluster->away() || m_cluster->groupsFail()) {
            return fail(ErrorCode::PermissionDenied, "Groups may not be listed.");
        }
        std::vector<GroupSummary> out;
        for (const auto& [name, group] : m_cluster->groups()) {
            out.push_back({name, group.first.state, "classic"});
        }
        return out;
    }
    Result<std::vector<GroupDetail>> describeGroups(const std::vector<std::string>& names,
                                                    const CallOptions&) override {
        std::vector<GroupDetail> out;
        const auto groups = m_cluster->groups();
        for (const auto& name : names) {
            out.push_back(groups.at(name).first);
        }
        return out;
    }
    Result<std::vector<CommittedOffset>> groupOffsets(const std::string& group, const CallOptions&) override {
        return m_cluster->groups().at(group).second;
    }

    Result<ClusterInfo> cluster(const CallOptions&) override { return kUnsupported; }
    Result<std::vector<PartitionDetail>> partitions(const std::string& topic, const CallOptions&) override {
        const auto all = m_cluster->topics();
        if (std::ranges::find(all, topic, &TopicSummary::name) == all.end()) {
            return fail(ErrorCode::NotFound, "There is no such topic.");
        }
        PartitionDetail detail;
        detail.highWatermark = m_cluster->end(topic);
        return std::vector{detail};
    }
    Status validateTopic(const NewTopic&, const CallOptions&) override { return kUnsupported; }
    Status deleteTopic(const std::string&, const CallOptions&) override { return kUnsupported; }
    Status addPartitions(const std::string&, std::int32_t, const CallOptions&) override { return kUnsupported; }
    Result<std::vector<ConfigEntry>> topicConfig(const std::string&, const CallOptions&) override {
        return kUnsupported;
    }
    Result<std::vector<ConfigEntry>> brokerConfig(std::int32_t, const CallOptions&) override { return kUnsupported; }
    Status alterTopicConfig(const std::string&, const std::map<std::string, std::optional<std::string>>&,
                            const CallOptions&) override {
        return kUnsupported;
    }
    Result<std::vector<OffsetAnswer>> deleteRecords(const std::vector<OffsetAnswer>&, const CallOptions&) override {
        return kUnsupported;
    }
    Status alterGroupOffsets(const std::string&, const std::vector<CommittedOffset>&, const CallOptions&) override {
        return kUnsupported;
    }
    Status deleteGroup(const std::string&, const CallOptions&) override { return kUnsupported; }
    Status deleteGroupOffsets(const std::string&, const std::vector<TopicPartition>&, const CallOptions&) override {
        return kUnsupported;
    }

private:
    std::shared_ptr<MemoryCluster> m_cluster;
};

class MemoryProducer final : public Producer {
public:
    explicit MemoryProducer(std::shared_ptr<MemoryCluster> cluster)
        : m_cluster(std::move(cluster)) {}
    ~MemoryProducer() override {
        for (auto& done : m_unanswered) {
            done(fail(ErrorCode::Cancelled, "It was not delivered."));
        }
    }
    Status produce(Record record, DeliveryCallback done) override {
        if (m_cluster->stalled()) {
            m_unanswered.push_back(std::move(done));
            return {};
        }
        if (m_cluster->away()) {
            done(kAway);
            return {};
        }
        const TopicPartition at{record.topic, Partition(0)};
        done(Delivery{at, m_cluster->append(std::move(record))});
        return {};
    }
    Result<Delivery> produceAndWait(Record, const CallOptions&) override { return kUnsupported; }
    Status flush(const CallOptions&) override {
        return m_unanswered.empty() ? Status() : fail(ErrorCode::Timeout, "It took too long.");
    }

private:
    std::shared_ptr<MemoryCluster> m_cluster;
    std::vector<DeliveryCallback> m_unanswered;
};

class MemoryConsumer final : public Consumer {
public:
    explicit MemoryConsumer(std::shared_ptr<MemoryCluster> cluster)
        : m_cluster(std::move(cluster)) {}
    Status assign(const std::vector<Position>& positions) override {
        m_position = positions.at(0);
        return {};
    }
    Result<std::vector<Record>> poll(std::size_t maxRecords, std::chrono::milliseconds timeout) override {
        const auto deadline = std::chrono::steady_clock::now() + timeout;
        while (true) {
            auto records = m_cluster->away() ? std::vector<Record>()
                                             : m_cluster->read(m_position.at.topic, m_position.offset, maxRecords);
            if (!records.empty()) {
                m_position.offset = records.back().offset + 1;
                return records;
            }
            if (std::chrono::steady_clock::now() >= deadline) {
                if (!m_cluster->away()) {
                    m_position.offset = std::max(m_position.offset, m_cluster->end(m_position.at.topic)); // past holes
                }
                return records;
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(1)); // stands for the network's wait
        }
    }
    Result<std::vector<Position>> positions() override { return std::vector{m_position}; }
    Status subscribe(const std::vector<std::string>&) override { return kUnsupported; }
    Result<std::vector<TopicPartition>> assignment() override { return std::vector{m_position.at}; }
    Status commit(const CallOptions&) override { return kUnsupported; }
    Status seek(const Position&, const CallOptions&) override { return kUnsupported; }
    Status pause(const std::vector<TopicPartition>&) override { return kUnsupported; }
    Status resume(const std::vector<TopicPartition>&) override { return kUnsupported; }

private:
    std::shared_ptr<MemoryCluster> m_cluster;
    Position m_position;
};

class MemoryBackbone final : public Backbone {
public:
    explicit MemoryBackbone(std::shared_ptr<MemoryCluster> cluster)
        : m_cluster(cluster)
        , m_admin(cluster) {}
    const Profile& profile() const override { return m_profile; }
    BackboneState state() const override {
        BackboneState state;
        state.reachability = m_cluster->away() ? Reachability::Unreachable : Reachability::Healthy;
        return state;
    }
    Subscription onStateChanged(std::function<void(const BackboneState&)>) override { return {}; }
    Status waitHealthy(const CallOptions&) override { return {}; }
    Admin& admin() override { return m_admin; }
    AccessAdmin& access() override { return m_access; }
    MessageBrowser& messages() override { std::abort(); } // lineage reads no messages
    Replays& replays() override { std::abort(); }         // and replays nothing
    std::shared_ptr<const TrafficSnapshot> traffic() const override { return std::make_shared<TrafficSnapshot>(); }
    std::shared_ptr<const TrafficHistory> trafficHistory() const override { return std::make_shared<TrafficHistory>(); }
    Subscription onTraffic(std::function<void(std::shared_ptr<const TrafficSnapshot>)>) override { return {}; }
    Result<std::unique_ptr<Producer>> producer(const ProducerOptions&) override {
        return std::make_unique<MemoryProducer>(m_cluster);
    }
    Result<std::unique_ptr<Consumer>> consumer(const ConsumerOptions&) override {
        return std::make_unique<MemoryConsumer>(m_cluster);
    }

private:
    std::shared_ptr<MemoryCluster> m_cluster;
    Profile m_profile;
    MemoryAdmin m_admin;
    meshbone::testing::MemoryAccess m_access;
};
} // namespace

std::unique_ptr<Backbone> openMemoryBackbone(std::shared_ptr<MemoryCluster> cluster) {
    return std::make_unique<MemoryBackbone>(std::move(cluster));
}

} // namespace meshbone::test
