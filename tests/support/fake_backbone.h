// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/fake_mesh.h"
#include "support/fake_replays.h"
#include "support/fake_signal.h"
#include "support/memory_access.h"

#include <backbone/backbone.h>

#include <atomic>
#include <map>
#include <mutex>
#include <set>

namespace meshbone::test {

/// Records of the fake's topics: deterministic, in memory.
std::vector<Record> exampleRecords(const MeshTopic& topic);

/// A cluster in memory. Topics can be created, changed and deleted; while unreachable every call fails with
/// Unavailable.
class FakeAdmin : public backbone::Admin {
public:
    explicit FakeAdmin(const std::vector<MeshTopic>& topics);
    void setReachable(bool reachable) { m_reachable = reachable; }
    void setLag(const std::string& group, std::int64_t lag);

    Result<backbone::ClusterInfo> cluster(const CallOptions&) override;
    Result<std::vector<backbone::TopicSummary>> topics(const CallOptions&) override;
    Result<std::vector<backbone::PartitionDetail>> partitions(const std::string& topic, const CallOptions&) override;
    Result<backbone::LogDirs> logDirs(const std::vector<TopicPartition>& partitions, const CallOptions&) override;
    /// From now on sizes are refused with this sentence.
    void refuseSizes(std::string why) { m_sizesRefused = std::move(why); }
    Status createTopic(const backbone::NewTopic& topic, const CallOptions&) override;
    Status validateTopic(const backbone::NewTopic& topic, const CallOptions&) override;
    Status deleteTopic(const std::string& topic, const CallOptions&) override;
    Status addPartitions(const std::string& topic, std::int32_t total, const CallOptions&) override;
    Result<std::vector<backbone::ConfigEntry>> topicConfig(const std::string& topic, const CallOptions&) override;
    Result<std::vector<backbone::ConfigEntry>> brokerConfig(std::int32_t node, const CallOptions&) override;
    Status alterTopicConfig(const std::string& topic, const std::map<std::string, std::optional<std::string>>& changes,
                            const CallOptions&) override;
    Result<std::vector<backbone::OffsetAnswer>> offsets(const std::vector<backbone::OffsetQuery>& queries,
                                                        const CallOptions&) override;
    Result<std::vector<backbone::OffsetAnswer>> deleteRecords(const std::vector<backbone::OffsetAnswer>& before,
                                                              const CallOptions&) override;
    Result<std::vector<backbone::GroupSummary>> groups(const CallOptions&) override;
    Result<std::vector<backbone::GroupDetail>> describeGroups(const std::vector<std::string>& groups,
                                                              const CallOptions&) override;
    Result<std::vector<backbone::CommittedOffset>> groupOffsets(const std::string& group, const CallOptions&) override;
    Status alterGroupOffsets(const std::string&, const std::vector<backbone::CommittedOffset>&,
                             const CallOptions&) override;
    Status deleteGroup(const std::string& group, const CallOptions&) override;
    Status deleteGroupOffsets(const std::string&, const std::vector<TopicPartition>&, const CallOptions&) override;

private:
    [[nodiscard]] Status check(const std::string& topic = {}) const;
    [[nodiscard]] std::int64_t recordsIn(const MeshTopic& topic, std::int32_t partition) const;
    mutable std::mutex m_mutex;
    std::map<std::string, MeshTopic> m_topics;
    std::map<std::string, std::map<std::string, std::string>> m_configs; ///< set on the topic itself
    std::map<std::string, std::int64_t> m_lags;
    std::set<std::string> m_deletedGroups;
    std::string m_sizesRefused;
    std::atomic<bool> m_reachable{true};
};

class FakeMessages : public backbone::MessageBrowser {
public:
    explicit FakeMessages(const std::vector<MeshTopic>& topics);
    void setReachable(bool reachable) { m_reachable = reachable; }
    Result<backbone::MessagePage> read(const backbone::MessageQuery& query, const CallOptions& options) override;
    Result<backbone::Histogram> histogram(const backbone::HistogramQuery& query, const CallOptions& options) override;
    [[nodiscard]] const std::vector<Record>* records(const std::string& topic) const;
    /// Before anybody reads.
    void setRecords(const std::string& topic, std::vector<Record> records) { m_records[topic] = std::move(records); }

private:
    std::map<std::string, std::vector<Record>> m_records;
    std::atomic<bool> m_reachable{true};
};

/// A backbone in memory with the example mesh (or with no topic at all).
class FakeBackbone : public backbone::Backbone {
public:
    explicit FakeBackbone(std::vector<MeshTopic> topics = exampleTopics());
    void setReachability(backbone::Reachability reachability, const std::string& reason);
    void tellTraffic() { m_onTraffic.tell(m_traffic); }
    void setTraffic(backbone::TrafficSnapshot traffic) {
        m_traffic = std::make_shared<const backbone::TrafficSnapshot>(std::move(traffic));
        tellTraffic();
    }
    /// From now on the mesh can be written to; what is written is kept here.
    std::shared_ptr<std::vector<Record>> keepWritten() {
        m_written = std::make_shared<std::vector<Record>>();
        return m_written;
    }
    FakeAdmin& fakeAdmin() { return m_admin; }
    FakeReplays& fakeReplays() { return m_replays; }
    FakeMessages& fakeMessages() { return m_messages; }
    meshbone::testing::MemoryAccess& fakeAccess() { return m_access; }

    [[nodiscard]] const backbone::Profile& profile() const override { return m_profile; }
    [[nodiscard]] backbone::BackboneState state() const override;
    Subscription onStateChanged(std::function<void(const backbone::BackboneState&)> changed) override;
    Status waitHealthy(const CallOptions& options) override;
    backbone::Admin& admin() override { return m_admin; }
    backbone::AccessAdmin& access() override { return m_access; }
    backbone::MessageBrowser& messages() override { return m_messages; }
    backbone::Replays& replays() override { return m_replays; }
    std::shared_ptr<const backbone::TrafficSnapshot> traffic() const override { return m_traffic; }
    std::shared_ptr<const backbone::TrafficHistory> trafficHistory() const override { return m_history; }
    Subscription onTraffic(std::function<void(std::shared_ptr<const backbone::TrafficSnapshot>)> changed) override;
    Result<std::unique_ptr<backbone::Producer>> producer(const backbone::ProducerOptions&) override;
    Result<std::unique_ptr<backbone::Consumer>> consumer(const backbone::ConsumerOptions&) override;

private:
    std::shared_ptr<std::vector<Record>> m_written; ///< null: it can't be written to
    backbone::Profile m_profile;
    mutable std::mutex m_mutex;
    backbone::BackboneState m_state; // guarded by m_mutex
    std::shared_ptr<const backbone::TrafficSnapshot> m_traffic;
    std::shared_ptr<const backbone::TrafficHistory> m_history; ///< three days, with a night in which nobody watched
    FakeAdmin m_admin;
    meshbone::testing::MemoryAccess m_access;
    FakeMessages m_messages;
    FakeReplays m_replays;
    FakeSignal<const backbone::BackboneState&> m_onState;
    FakeSignal<std::shared_ptr<const backbone::TrafficSnapshot>> m_onTraffic;
};

} // namespace meshbone::test
