// SPDX-License-Identifier: Apache-2.0
#include "broker/topics/topics.h"

#include "net/log_line.h"

#include <fmt/format.h>

namespace meshbone::backbone::broker {

Result<std::unique_ptr<Topics>> Topics::open(TopicStore& store, LogDirectory& logs, BrokerConfig& config,
                                             TurnEnd& turnEnd) {
    std::unique_ptr<Topics> topics(new Topics(store, logs, config, turnEnd));
    if (auto loaded = topics->load(); !loaded) {
        return std::unexpected(loaded.error());
    }
    return topics;
}

Status Topics::load() {
    m_config.setDynamic(true, m_store.state().nodeConfig);
    m_config.setDynamic(false, m_store.state().clusterConfig);
    m_byLog.reserve(m_logs.all().size());
    for (const auto& [name, stored] : m_store.state().topics) {
        auto& topic = insert(stored);
        topic.partitions.reserve(static_cast<std::size_t>(stored.partitions));
        const auto epoch = firstEpoch(name);
        for (std::int32_t i = 0; i < stored.partitions; ++i) {
            if (auto opened = openPartition(topic, Partition(i), epoch); !opened) {
                return opened;
            }
        }
    }
    return sweepStrays();
}

/// Logs that no topic of the store claims: of a deleted topic, then they go; else the store lost them (it was replaced
/// by an older copy, say), then the topic is taken back, because a log is worth more than the list of logs.
Status Topics::sweepStrays() {
    std::map<std::string, std::pair<TopicId, std::int32_t>> lost;
    for (auto* log : m_logs.all()) {
        if (m_byLog.contains(log)) {
            continue;
        }
        const auto name = log->name(); // a copy: removing the log destroys its own
        const auto deleted = m_store.state().deleted.find(name.topic);
        const bool known = m_store.state().topics.contains(name.topic);
        if (deleted != m_store.state().deleted.end() && (deleted->second.id == log->topicId() || known)) {
            if (auto removed = m_logs.remove(name); !removed) {
                return removed;
            }
            continue;
        }
        auto& [id, partitions] = lost[name.topic];
        id = log->topicId();
        partitions = std::max(partitions, name.partition.value() + 1);
    }
    for (const auto& [name, found] : lost) {
        if (auto adopted = adopt(name, found.first, found.second); !adopted) {
            return adopted;
        }
    }
    return {};
}

Status Topics::adopt(const std::string& name, const TopicId& id, std::int32_t partitions) {
    net::logLine(
        net::Severity::Warning,
        fmt::format("The data directory holds {} partitions of '{}' that its topic list does not know; they were "
                    "taken back, with default configuration.",
                    partitions, name));
    if (auto* topic = find(name); topic != nullptr) {
        return addPartitions(*topic, partitions);
    }
    const StoredTopic stored{name, id, partitions, {}};
    if (auto written = m_store.put(stored); !written) {
        return written;
    }
    auto& topic = insert(stored);
    for (std::int32_t i = 0; i < partitions; ++i) {
        if (auto opened = openPartition(topic, Partition(i), firstEpoch(name)); !opened) {
            return opened;
        }
    }
    return {};
}

} // namespace meshbone::backbone::broker
