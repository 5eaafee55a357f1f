// SPDX-License-Identifier: Apache-2.0
#include "support/fake_backbone.h"

#include <algorithm>

namespace meshbone::test {

using namespace backbone;

FakeAdmin::FakeAdmin(const std::vector<MeshTopic>& topics) {
    for (const auto& topic : topics) {
        m_topics.emplace(topic.name, topic);
        if (topic.cleanup != "delete") {
            m_configs[topic.name]["cleanup.policy"] = topic.cleanup;
        }
    }
}

void FakeAdmin::setLag(const std::string& group, std::int64_t lag) {
    const std::scoped_lock lock(m_mutex);
    m_lags[group] = lag;
}

Status FakeAdmin::check(const std::string& topic) const {
    if (!m_reachable) {
        return fail(ErrorCode::Unavailable, "127.0.0.1:9092 refuses the connection; is the broker running?");
    }
    if (!topic.empty() && !m_topics.contains(topic)) {
        return fail(ErrorCode::NotFound, "There is no topic '" + topic + "'.", 3);
    }
    return {};
}

std::int64_t FakeAdmin::recordsIn(const MeshTopic& topic, std::int32_t partition) const {
    return topic.records / topic.partitions + (partition < topic.records % topic.partitions ? 1 : 0);
}

Result<ClusterInfo> FakeAdmin::cluster(const CallOptions&) {
    const std::scoped_lock lock(m_mutex);
    if (const auto reachable = check(); !reachable) {
        return std::unexpected(reachable.error());
    }
    return ClusterInfo{"Zx3k0qv5S4mCq1x2bq3kLw", 1, {{1, "127.0.0.1", 9092}}};
}

Result<std::vector<TopicSummary>> FakeAdmin::topics(const CallOptions&) {
    const std::scoped_lock lock(m_mutex);
    if (const auto reachable = check(); !reachable) {
        return std::unexpected(reachable.error());
    }
    std::vector<TopicSummary> all;
    for (const auto& [name, topic] : m_topics) {
        all.push_back({name, {}, topic.partitions, 1, false});
    }
    for (const auto* name : {"__consumer_offsets", "_meshbone.ledger", "_meshbone.lineage"}) {
        all.push_back({name, {}, 1, 1, true});
    }
    return all;
}

Result<std::vector<PartitionDetail>> FakeAdmin::partitions(const std::string& topic, const CallOptions&) {
    const std::scoped_lock lock(m_mutex);
    if (const auto there = check(topic); !there) {
        return std::unexpected(there.error());
    }
    const auto& mesh = m_topics.at(topic);
    std::vector<PartitionDetail> details;
    for (std::int32_t i = 0; i < mesh.partitions; ++i) {
        details.push_back(
            {Partition(i), 1, LeaderEpoch(0), {1}, {1}, Offset(0), Offset(recordsIn(mesh, i)), {}, std::nullopt});
    }
    return details;
}

Result<LogDirs> FakeAdmin::logDirs(const std::vector<TopicPartition>& partitions, const CallOptions&) {
    const std::scoped_lock lock(m_mutex);
    if (const auto reachable = check(); !reachable) {
        return std::unexpected(reachable.error());
    }
    if (!m_sizesRefused.empty()) {
        return fail(ErrorCode::PermissionDenied, m_sizesRefused, 31);
    }
    LogDirs dirs;
    dirs.dirs.push_back({1, "/var/lib/kafka", 512LL << 30, 400LL << 30, {}});
    for (const auto& at : partitions) {
        if (const auto mesh = m_topics.find(at.topic); mesh != m_topics.end()) {
            dirs.replicas.push_back({at, 1, mesh->second.sizeBytes / mesh->second.partitions, false});
        }
    }
    return dirs;
}

Status FakeAdmin::validateTopic(const NewTopic& topic, const CallOptions&) {
    const std::scoped_lock lock(m_mutex);
    if (const auto reachable = check(); !reachable) {
        return reachable;
    }
    if (m_topics.contains(topic.name)) {
        return fail(ErrorCode::AlreadyExists, "There is a topic '" + topic.name + "' already; choose another name.",
                    36);
    }
    if (topic.name.empty() || topic.name.find_first_of(" /\\,:\"'") != std::string::npos) {
        return fail(ErrorCode::InvalidArgument, "A topic's name has letters, digits, '.', '_' and '-' only.", 17);
    }
    if (topic.partitions < 1) {
        return fail(ErrorCode::InvalidArgument, "A topic needs at least one partition.", 37);
    }
    return {};
}

Status FakeAdmin::createTopic(const NewTopic& topic, const CallOptions& options) {
    if (const auto valid = validateTopic(topic, options); !valid) {
        return valid;
    }
    const std::scoped_lock lock(m_mutex);
    MeshTopic made;
    made.name = topic.name;
    made.partitions = topic.partitions;
    m_topics.emplace(topic.name, made);
    m_configs[topic.name] = topic.configs;
    return {};
}

Status FakeAdmin::deleteTopic(const std::string& topic, const CallOptions&) {
    const std::scoped_lock lock(m_mutex);
    const auto there = check(topic);
    m_topics.erase(topic);
    return there;
}

Status FakeAdmin::addPartitions(const std::string& topic, std::int32_t total, const CallOptions&) {
    const std::scoped_lock lock(m_mutex);
    const auto there = check(topic);
    if (there && total <= m_topics.at(topic).partitions) {
        return fail(ErrorCode::InvalidArgument,
                    "The topic has as many partitions already; partitions can only be added.", 37);
    }
    if (there) {
        m_topics.at(topic).partitions = total;
    }
    return there;
}

Result<std::vector<ConfigEntry>> FakeAdmin::topicConfig(const std::string& topic, const CallOptions&) {
    const std::scoped_lock lock(m_mutex);
    if (const auto there = check(topic); !there) {
        return std::unexpected(there.error());
    }
    std::vector<ConfigEntry> entries{{"cleanup.policy", "delete", ConfigSource::Default, false, false},
                                     {"compression.type", "producer", ConfigSource::Default, false, false},
                                     {"max.message.bytes", "1048588", ConfigSource::Default, false, false},
                                     {"min.insync.replicas", "1", ConfigSource::Default, false, false},
                                     {"retention.bytes", "-1", ConfigSource::Default, false, false},
                                     {"retention.ms", "604800000", ConfigSource::StaticBroker, false, false},
                                     {"segment.bytes", "1073741824", ConfigSource::Default, false, false}};
    for (const auto& [name, value] : m_configs[topic]) {
        const auto found = std::ranges::find(entries, name, &ConfigEntry::name);
        if (found != entries.end()) {
            found->value = value;
            found->source = ConfigSource::Topic;
        } else {
            entries.push_back({name, value, ConfigSource::Topic, false, false});
        }
    }
    return entries;
}

Result<std::vector<ConfigEntry>> FakeAdmin::brokerConfig(std::int32_t, const CallOptions&) {
    const std::scoped_lock lock(m_mutex);
    if (const auto reachable = check(); !reachable) {
        return std::unexpected(reachable.error());
    }
    return std::vector<ConfigEntry>{{"auto.create.topics.enable", "false", ConfigSource::Default, false, false}};
}

Status FakeAdmin::alterTopicConfig(const std::string& topic,
                                   const std::map<std::string, std::optional<std::string>>& changes,
                                   const CallOptions&) {
    const std::scoped_lock lock(m_mutex);
    if (const auto there = check(topic); !there) {
        return there;
    }
    for (const auto& [name, value] : changes) {
        if (value) {
            m_configs[topic][name] = *value;
        } else {
            m_configs[topic].erase(name);
        }
    }
    return {};
}

Result<std::vector<OffsetAnswer>> FakeAdmin::offsets(const std::vector<OffsetQuery>& queries, const CallOptions&) {
    const std::scoped_lock lock(m_mutex);
    if (const auto reachable = check(); !reachable) {
        return std::unexpected(reachable.error());
    }
    std::vector<OffsetAnswer> answers;
    for (const auto& query : queries) {
        const auto topic = m_topics.find(query.at.topic);
        const auto end =
            topic == m_topics.end() ? kNoOffset : Offset(recordsIn(topic->second, query.at.partition.value()));
        answers.push_back({query.at, query.kind == OffsetQuery::Kind::Earliest ? Offset(0) : end, -1});
    }
    return answers;
}

Result<std::vector<OffsetAnswer>> FakeAdmin::deleteRecords(const std::vector<OffsetAnswer>& before,
                                                           const CallOptions&) {
    const std::scoped_lock lock(m_mutex);
    if (const auto reachable = check(); !reachable) {
        return std::unexpected(reachable.error());
    }
    return before;
}

Result<std::vector<GroupSummary>> FakeAdmin::groups(const CallOptions&) {
    const std::scoped_lock lock(m_mutex);
    if (const auto reachable = check(); !reachable) {
        return std::unexpected(reachable.error());
    }
    std::map<std::string, GroupSummary> groups;
    for (const auto& [name, topic] : m_topics) {
        for (const auto& reader : topic.readers) {
            if (!m_deletedGroups.contains(reader)) {
                groups.emplace(reader, GroupSummary{reader, "Stable", "classic"});
            }
        }
    }
    std::vector<GroupSummary> all;
    for (const auto& [name, group] : groups) {
        all.push_back(group);
    }
    return all;
}

Result<std::vector<GroupDetail>> FakeAdmin::describeGroups(const std::vector<std::string>& groups, const CallOptions&) {
    const std::scoped_lock lock(m_mutex);
    if (const auto reachable = check(); !reachable) {
        return std::unexpected(reachable.error());
    }
    std::vector<GroupDetail> details;
    for (const auto& group : groups) {
        GroupDetail detail{group, "Stable", "range", "classic", {}};
        GroupMember member{group + "-1", "", group, "/127.0.0.1", {}};
        for (const auto& [name, topic] : m_topics) {
            for (std::int32_t i = 0;
                 i < topic.partitions && std::ranges::find(topic.readers, group) != topic.readers.end(); ++i) {
                member.assignment.push_back({name, Partition(i)});
            }
        }
        detail.members.push_back(std::move(member));
        details.push_back(std::move(detail));
    }
    return details;
}

Result<std::vector<CommittedOffset>> FakeAdmin::groupOffsets(const std::string& group, const CallOptions&) {
    const std::scoped_lock lock(m_mutex);
    if (const auto reachable = check(); !reachable) {
        return std::unexpected(reachable.error());
    }
    std::vector<CommittedOffset> offsets;
    auto lag = m_lags.contains(group) ? m_lags.at(group) : 0;
    for (const auto& [name, topic] : m_topics) {
        for (std::int32_t i = 0; i < topic.partitions && std::ranges::find(topic.readers, group) != topic.readers.end();
             ++i) {
            const auto behind = std::min(lag, recordsIn(topic, i));
            lag -= behind;
            offsets.push_back({{name, Partition(i)}, Offset(recordsIn(topic, i) - behind), ""});
        }
    }
    return offsets;
}

Status FakeAdmin::alterGroupOffsets(const std::string&, const std::vector<CommittedOffset>&, const CallOptions&) {
    const std::scoped_lock lock(m_mutex);
    return check();
}

Status FakeAdmin::deleteGroup(const std::string& group, const CallOptions&) {
    const std::scoped_lock lock(m_mutex);
    m_deletedGroups.insert(group);
    return check();
}

Status FakeAdmin::deleteGroupOffsets(const std::string&, const std::vector<TopicPartition>&, const CallOptions&) {
    const std::scoped_lock lock(m_mutex);
    return check();
}

} // namespace meshbone::test
