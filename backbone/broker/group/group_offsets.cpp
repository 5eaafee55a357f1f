// SPDX-License-Identifier: Apache-2.0
#include "broker/group/group_offsets.h"

#include <algorithm>

namespace meshbone::backbone::broker {

std::size_t GroupOffsets::costOf(const std::string& topic, const GroupOffset& offset) {
    return sizeof(GroupOffset) + 64 + topic.size() + offset.metadata.size();
}

void GroupOffsets::put(const TopicPartition& at, GroupOffset offset) {
    take(at);
    m_sizeBytes += costOf(at.topic, offset);
    m_committed[at.topic][at.partition.value()] = std::move(offset);
}

void GroupOffsets::stage(const TopicPartition& at, std::uint64_t number) {
    m_staged.try_emplace(at, Staged{number, number}).first->second.last = number;
}

void GroupOffsets::settle(const TopicPartition& at, std::uint64_t number, const GroupOffset* durable) {
    const auto staged = m_staged.find(at);
    if (staged == m_staged.end() || number < staged->second.first) {
        return; // forgotten meanwhile: the log has a tombstone after it
    }
    if (number == staged->second.last) {
        m_staged.erase(staged);
    }
    if (durable != nullptr) {
        put(at, *durable);
    }
}

void GroupOffsets::restore(const TopicPartition& at, GroupOffset offset) {
    put(at, std::move(offset));
}

std::optional<GroupOffset> GroupOffsets::forget(const TopicPartition& at) {
    m_staged.erase(at);
    return take(at);
}

std::optional<GroupOffset> GroupOffsets::take(const TopicPartition& at) {
    const auto topic = m_committed.find(at.topic);
    if (topic == m_committed.end()) {
        return std::nullopt;
    }
    const auto found = topic->second.find(at.partition.value());
    if (found == topic->second.end()) {
        return std::nullopt;
    }
    auto offset = std::move(found->second);
    m_sizeBytes -= costOf(at.topic, offset);
    topic->second.erase(found);
    if (topic->second.empty()) {
        m_committed.erase(topic);
    }
    return offset;
}

const GroupOffset* GroupOffsets::find(std::string_view topic, std::int32_t partition) const {
    const auto found = m_committed.find(topic);
    if (found == m_committed.end()) {
        return nullptr;
    }
    const auto offset = found->second.find(partition);
    return offset == found->second.end() ? nullptr : &offset->second;
}

std::vector<TopicPartition> GroupOffsets::partitionsOf(std::string_view topic) const {
    std::set<TopicPartition> found;
    if (const auto committed = m_committed.find(topic); committed != m_committed.end()) {
        for (const auto& [partition, offset] : committed->second) {
            found.insert({committed->first, Partition(partition)});
        }
    }
    for (const auto& [at, staged] : m_staged) {
        if (at.topic == topic) {
            found.insert(at);
        }
    }
    return {found.begin(), found.end()};
}

std::vector<TopicPartition> GroupOffsets::partitions() const {
    std::set<TopicPartition> found;
    for (const auto& [topic, partitions] : m_committed) {
        for (const auto& [partition, offset] : partitions) {
            found.insert({topic, Partition(partition)});
        }
    }
    for (const auto& [at, staged] : m_staged) {
        found.insert(at);
    }
    return {found.begin(), found.end()};
}

std::vector<TopicPartition> GroupOffsets::expired(const Group& group, TimestampMs nowMs,
                                                  std::chrono::milliseconds retention) const {
    const bool storesOnly = !group.protocolType();
    const bool empty = group.is(GroupState::Empty);
    const auto& read = group.subscribedTopics();
    const bool running = group.is(GroupState::Stable) && group.usesConsumerProtocol() && read.has_value();
    std::vector<TopicPartition> result;
    if (!storesOnly && !empty && !running) {
        return result;
    }
    for (const auto& [topic, partitions] : m_committed) {
        if (running && read->contains(topic)) {
            continue;
        }
        for (const auto& [partition, offset] : partitions) {
            const auto idleSince =
                empty && !storesOnly ? std::max(group.stateSinceMs(), offset.committedAtMs) : offset.committedAtMs;
            const bool over =
                offset.expiresAtMs ? nowMs >= *offset.expiresAtMs : nowMs - idleSince >= retention.count();
            const TopicPartition at{topic, Partition(partition)};
            if (over && !m_staged.contains(at)) {
                result.push_back(at);
            }
        }
    }
    return result;
}

} // namespace meshbone::backbone::broker
