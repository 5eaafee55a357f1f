// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/config/broker_config.h"
#include "broker/topic_lookup.h"
#include "broker/topics/topic.h"
#include "broker/topics/topic_store.h"
#include "log/log_directory.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

namespace meshbone::backbone::broker {

struct TopicSpec {
    std::string name;
    std::int32_t partitions = 1;
    ConfigMap overrides;
};

/// The topics of this broker: in memory for serving, in the store on disk, with their logs. Loop thread only, but for
/// open(). Everything that changes it is durable before it returns; errors carry the protocol's code.
class Topics final : public TopicLookup {
public:
    using Map = std::map<std::string, std::unique_ptr<Topic>, std::less<>>;

    /// Matches the store with the logs on disk: creates what a crash left out, removes what a deletion left, adopts
    /// what the store doesn't know. `store`, `logs`, `config` and `turnEnd` must outlive it.
    static Result<std::unique_ptr<Topics>> open(TopicStore& store, LogDirectory& logs, BrokerConfig& config,
                                                TurnEnd& turnEnd);

    [[nodiscard]] Topic* find(std::string_view name) const;
    [[nodiscard]] Topic* find(const TopicId& id) const;
    /// Null when topic or partition is not there.
    [[nodiscard]] PartitionState* find(std::string_view name, Partition partition) const;
    [[nodiscard]] PartitionState* stateOf(const PartitionLog& log) const;
    [[nodiscard]] const Map& all() const { return m_topics; }
    [[nodiscard]] std::size_t partitionCount() const { return m_byLog.size(); }

    [[nodiscard]] std::optional<TopicFacts> topicByName(std::string_view name) const override;
    [[nodiscard]] std::optional<std::string> topicNameOf(const TopicId& id) const override;

    /// Whether create() would work: TOPIC_ALREADY_EXISTS, INVALID_TOPIC_EXCEPTION (also for a name that collides),
    /// INVALID_PARTITIONS, INVALID_CONFIG.
    Status validate(const TopicSpec& spec) const;
    Result<Topic*> create(const TopicSpec& spec);
    /// Answers everything that waits at it with UNKNOWN_TOPIC_OR_PARTITION, then takes it away.
    Status remove(const std::string& name);
    Status validatePartitions(const Topic& topic, std::int32_t total) const;
    Status addPartitions(Topic& topic, std::int32_t total);
    Status setOverrides(Topic& topic, ConfigMap overrides);
    /// Broker properties that topics inherit have changed; durable before it returns.
    Status setBrokerConfig(bool nodeOnly, ConfigMap values);

    /// Called after a topic is gone.
    void onRemoved(std::function<void(const std::string& name)> removed) { m_removed = std::move(removed); }

private:
    Topics(TopicStore& store, LogDirectory& logs, BrokerConfig& config, TurnEnd& turnEnd)
        : m_store(store)
        , m_logs(logs)
        , m_config(config)
        , m_turnEnd(turnEnd) {}
    Status load();
    Status sweepStrays();
    Status adopt(const std::string& name, const TopicId& id, std::int32_t partitions);
    Topic& insert(const StoredTopic& stored);
    Status openPartition(Topic& topic, Partition partition, LeaderEpoch firstEpoch);
    void drop(Topic& topic);
    void configure(Topic& topic);
    [[nodiscard]] LeaderEpoch firstEpoch(std::string_view name) const;

    struct IdHash {
        std::size_t operator()(const TopicId& id) const;
    };

    TopicStore& m_store;
    LogDirectory& m_logs;
    BrokerConfig& m_config;
    TurnEnd& m_turnEnd;
    Map m_topics;
    std::unordered_map<TopicId, Topic*, IdHash> m_byId;
    std::unordered_map<const PartitionLog*, PartitionState*> m_byLog;
    std::map<std::string, std::string, std::less<>> m_collisionKeys; ///< key -> name
    std::shared_ptr<const LogConfig> m_plainConfig;                  ///< of topics without overrides
    std::function<void(const std::string&)> m_removed;
};

} // namespace meshbone::backbone::broker
