// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/group/group_offsets.h"
#include "broker/internal_log.h"
#include "broker/topic_lookup.h"
#include "net/timers.h"

#include <memory>
#include <unordered_map>

namespace meshbone::backbone::broker {

/// Bounds of ours, beyond Kafka's properties: no client can make the coordinator hold more than this.
struct GroupLimits {
    std::size_t groups = 100'000;
    std::size_t membersPerGroup = 10'000;    ///< ids given out included
    std::size_t sizeBytes = 256u << 20;      ///< groups, members and offsets together, about
    std::size_t groupRecordBytes = 8u << 20; ///< one group as it is stored
    std::size_t partitionsPerCommit = 100'000;
};

struct OffsetToCommit {
    TopicPartition at{};
    Offset offset = kNoOffset;
    LeaderEpoch leaderEpoch{-1};
    std::string metadata{};
    std::optional<std::chrono::milliseconds> retention{}; ///< versions 2 to 4 may name one
};

/// Owns the groups of this broker: hands events to their state machines, runs their timers, stores what must be stored
/// in __consumer_offsets and answers when it is durable. What a handler gets is decided here; how it looks on the wire
/// is the handler's matter, and so is authorization.
///
/// The broker's loop thread only, except load(), which runs before the loop. Callbacks are called at most once, in the
/// same call or later on the loop thread, never after the coordinator is gone.
class GroupCoordinator {
public:
    struct Surroundings {
        net::Timers& timers;
        InternalLog& log;
        const TopicLookup& topics;
        const GroupSettings& settings;
        std::function<TimestampMs()> wallClockMs;
    };
    using JoinDone = std::move_only_function<void(JoinAnswer)>;
    using SyncDone = std::move_only_function<void(SyncAnswer)>;
    using CodesDone = std::move_only_function<void(std::vector<KafkaCode>)>;
    using OffsetsDone = std::move_only_function<void(KafkaCode, std::vector<KafkaCode>)>;

    explicit GroupCoordinator(Surroundings surroundings, GroupLimits limits = {});
    ~GroupCoordinator();
    GroupCoordinator(const GroupCoordinator&) = delete;
    GroupCoordinator& operator=(const GroupCoordinator&) = delete;

    /// Reads all groups and offsets back. Records that can't be read are counted and left alone.
    Status load();
    [[nodiscard]] std::size_t unreadableRecords() const { return m_unreadable; }

    // Members. A parked request is answered when the rebalance gets there.
    void join(const std::string& group, JoinRequest request, JoinDone done);
    void sync(const std::string& group, SyncRequest request, SyncDone done);
    KafkaCode heartbeat(const std::string& group, const MemberClaim& claim);
    /// One code for each member, in their order.
    std::vector<KafkaCode> leave(const std::string& group, const std::vector<LeavingMember>& members);

    // Offsets.
    /// One code for each offset, in their order, once they are durable. `unknownGroup`: what a member of a group that
    /// is not there is told, which depends on the version.
    void commit(const std::string& group, const MemberClaim& claim, std::vector<OffsetToCommit> offsets,
                KafkaCode unknownGroup, CodesDone done);
    /// A code for all, and one for each partition where that is None.
    void deleteOffsets(const std::string& group, const std::vector<TopicPartition>& partitions, OffsetsDone done);
    /// The topic is gone for good: so are its offsets in all groups.
    void topicDeleted(std::string_view topic);

    // Groups.
    void deleteGroups(const std::vector<std::string>& groups, CodesDone done);
    /// Null when there is no such group, or no longer.
    [[nodiscard]] const Group* find(std::string_view group) const;
    /// Never null: of a group that is not there, none.
    [[nodiscard]] const GroupOffsets& offsetsOf(std::string_view group) const;
    void forEach(const std::function<void(const std::string& id, const Group& group)>& visit) const;

    /// Forgets offsets that have expired and groups that hold nothing any more; runs by itself at the interval of
    /// offsets.retention.check.interval.ms.
    void expire();

private:
    struct Entry {
        Entry(std::string name, std::uint64_t number, Group machine)
            : id(std::move(name))
            , incarnation(number)
            , group(std::move(machine)) {}
        std::string id;
        std::uint64_t incarnation; ///< tells a group from a later one of the same id
        Group group;
        GroupOffsets offsets{};
        bool stored = false; ///< the log holds a record of the group itself
        std::optional<Now::Instant> scheduled{};
        std::size_t accountedBytes = 0;
    };
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    struct Deletion; ///< a DeleteGroups that waits for its tombstones

    [[nodiscard]] Now now() const { return {m_timers.now(), m_wallClockMs()}; }
    [[nodiscard]] Entry* entryOf(std::string_view group) const;
    [[nodiscard]] Entry* entryOf(std::string_view group, std::uint64_t incarnation) const;
    /// Null when there are too many groups already.
    Entry* create(const std::string& group);
    Entry& insert(const std::string& group, Group machine);
    void erase(Entry& entry);
    [[nodiscard]] bool holdsNothing(const Entry& entry) const;
    [[nodiscard]] bool hasRoom(std::size_t moreBytes) const { return m_sizeBytes + moreBytes <= m_limits.sizeBytes; }

    /// After each event: stores, schedules, accounts, forgets an entry that holds nothing, and answers last, because an
    /// answer may bring the next request in. The entry may be gone afterwards.
    void settle(Entry& entry, GroupEffects effects);
    void persist(Entry& entry, PersistRequest request);
    void persisted(const std::string& group, std::uint64_t incarnation, std::uint64_t number, KafkaCode code);
    void answer(GroupEffects effects);
    void account(Entry& entry);
    void reschedule(Entry& entry);
    void arm();
    void runDue();
    void armExpiry();

    void append(const std::string& group, std::vector<InternalRecord> records,
                std::move_only_function<void(GroupCoordinator&, Status)> durable);
    [[nodiscard]] KafkaCode checkJoin(const JoinRequest& request) const;
    [[nodiscard]] bool isThere(const TopicPartition& at) const;
    [[nodiscard]] KafkaCode checkOffset(const OffsetToCommit& offset) const;
    void commitTo(Entry& entry, std::vector<OffsetToCommit> offsets, CodesDone done);
    void forget(Entry& entry, const std::vector<TopicPartition>& partitions);
    void deleteOne(Entry& entry, std::size_t index, const std::shared_ptr<Deletion>& deletion);
    void restore(const InternalRecordView& view, std::map<std::string, StoredGroup>& stored,
                 std::map<std::string, GroupOffsets>& offsets);

    net::Timers& m_timers;
    InternalLog& m_log;
    const TopicLookup& m_topics;
    const GroupSettings& m_settings;
    std::function<TimestampMs()> m_wallClockMs;
    GroupLimits m_limits;

    std::unordered_map<std::string, std::unique_ptr<Entry>, Hash, std::equal_to<>> m_entries;
    std::size_t m_sizeBytes = 0;
    std::size_t m_unreadable = 0;
    std::uint64_t m_lastIncarnation = 0, m_lastCommit = 0;
    Ticket m_lastTicket = 0;
    std::unordered_map<Ticket, JoinDone> m_joins;
    std::unordered_map<Ticket, SyncDone> m_syncs;

    std::set<std::pair<Now::Instant, Entry*>> m_deadlines;
    net::TimerId m_timer = net::TimerId::None;
    Now::Instant m_armedFor{};
    net::TimerId m_expiryTimer = net::TimerId::None;

    /// Callbacks that the log still holds look here whether the coordinator is there.
    std::shared_ptr<GroupCoordinator*> m_self;
};

} // namespace meshbone::backbone::broker
