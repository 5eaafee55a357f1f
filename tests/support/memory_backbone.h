// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/backbone.h>

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace meshbone::test {

/// A cluster in memory with what lineage and a schema registry use of one: topics of one partition, groups, and a
/// switch that takes it away. Shared by the backbones that are "connected" to it. Thread-safe.
class MemoryCluster {
public:
    void setAway(bool away);
    /// What is produced isn't acknowledged until its producer is taken down, and then as failed.
    void setStalled(bool stalled);
    [[nodiscard]] bool stalled() const;
    [[nodiscard]] bool away() const;
    void createTopic(const std::string& name);
    void deleteTopic(const std::string& name);
    Offset append(Record record);
    [[nodiscard]] std::vector<Record> records(const std::string& topic) const;
    [[nodiscard]] std::vector<Record> read(const std::string& topic, Offset from, std::size_t most) const;
    /// Keeps the last record of each key, as compaction does; offsets stay.
    void compact(const std::string& topic);
    void setGroup(const backbone::GroupDetail& detail, const std::vector<backbone::CommittedOffset>& offsets);
    void failGroups(bool fail);
    [[nodiscard]] std::vector<backbone::TopicSummary> topics() const;
    [[nodiscard]] Offset end(const std::string& topic) const;

    [[nodiscard]] std::map<std::string, std::pair<backbone::GroupDetail, std::vector<backbone::CommittedOffset>>>
    groups() const;
    [[nodiscard]] bool groupsFail() const;

private:
    struct Topic {
        TopicId id;
        std::vector<Record> records; // ascending in offset
        Offset end{0};
    };
    mutable std::mutex m_mutex;
    bool m_away = false; // all guarded by m_mutex
    bool m_groupsFail = false;
    bool m_isStalled = false;
    std::map<std::string, Topic> m_topics;
    std::map<std::string, std::pair<backbone::GroupDetail, std::vector<backbone::CommittedOffset>>> m_groups;
};

/// A Backbone on such a cluster. What neither uses answers Unsupported.
std::unique_ptr<backbone::Backbone> openMemoryBackbone(std::shared_ptr<MemoryCluster> cluster);

} // namespace meshbone::test
