// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/group/group.h"

#include <backbone/record.h>

#include <functional>

namespace meshbone::backbone::broker {

/// What a group has committed for one partition.
struct GroupOffset {
    Offset offset = kNoOffset;
    LeaderEpoch leaderEpoch{-1};
    std::string metadata{};
    TimestampMs committedAtMs = -1;
    std::optional<TimestampMs> expiresAtMs{}; ///< only where an old client named a retention of its own
    friend bool operator==(const GroupOffset&, const GroupOffset&) = default;
};

/// The committed offsets of one group. A commit is staged when it is handed to the log and seen by readers only when it
/// is durable; commits of one partition become durable in the order of their numbers. Forgetting a partition also voids
/// what is staged for it. Value type; the broker's loop thread only.
class GroupOffsets {
public:
    using ByPartition = std::map<std::int32_t, GroupOffset>;
    using ByTopic = std::map<std::string, ByPartition, std::less<>>;

    void stage(const TopicPartition& at, std::uint64_t number);
    /// The commit of this number is durable (or it failed: then nothing changes but that it is no longer awaited).
    void settle(const TopicPartition& at, std::uint64_t number, const GroupOffset* durable);
    /// Sets what was read back from the log.
    void restore(const TopicPartition& at, GroupOffset offset);
    /// Returns what was there.
    std::optional<GroupOffset> forget(const TopicPartition& at);

    [[nodiscard]] const GroupOffset* find(std::string_view topic, std::int32_t partition) const;
    [[nodiscard]] const ByTopic& all() const { return m_committed; }
    [[nodiscard]] std::vector<TopicPartition> partitionsOf(std::string_view topic) const;
    /// Every partition with an offset that is committed or under way.
    [[nodiscard]] std::vector<TopicPartition> partitions() const;
    [[nodiscard]] bool none() const { return m_committed.empty() && m_staged.empty(); }
    [[nodiscard]] std::size_t sizeBytes() const { return m_sizeBytes; }

    /// The partitions whose offsets have outlived `retention` (KIP-211): of an empty group counted from when it became
    /// empty or from the commit, whichever is later; of a running consumer group only for topics that it no longer
    /// reads; of a group that only stores offsets from the commit. What is staged is kept.
    [[nodiscard]] std::vector<TopicPartition> expired(const Group& group, TimestampMs nowMs,
                                                      std::chrono::milliseconds retention) const;

private:
    struct Staged {
        std::uint64_t first = 0, last = 0; ///< numbers that are under way
    };
    [[nodiscard]] static std::size_t costOf(const std::string& topic, const GroupOffset& offset);
    void put(const TopicPartition& at, GroupOffset offset);
    std::optional<GroupOffset> take(const TopicPartition& at); ///< leaves what is staged

    ByTopic m_committed;
    std::map<TopicPartition, Staged> m_staged;
    std::size_t m_sizeBytes = 0;
};

} // namespace meshbone::backbone::broker
