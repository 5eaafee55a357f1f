// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/group/member.h"
#include "broker/group_settings.h"

#include <functional>
#include <map>
#include <set>
#include <string_view>
#include <variant>

namespace meshbone::backbone::broker {

enum class GroupState : std::uint8_t { Empty, PreparingRebalance, CompletingRebalance, Stable, Dead };
/// Kafka's word, as DescribeGroups and ListGroups say it.
std::string_view groupStateName(GroupState state);

/// What becomes of a JoinGroup: an answer now, or nothing when it is parked or the answer is among the effects.
using JoinOutcome = std::optional<JoinAnswer>;
using SyncOutcome = std::optional<SyncAnswer>;

/// A classic consumer group (KIP-62, KIP-345, KIP-394): a state machine without I/O, threads or a clock. Each event
/// brings the present along and leaves what follows in GroupEffects: answers to requests that were parked, and what
/// must be stored. Timers are data: nextDeadline() says when tick() is due.
///
/// States: Empty (no members; offsets may be there) → PreparingRebalance (members join) → CompletingRebalance (the
/// leader is asked for the assignment) → Stable; a change of members leads back to PreparingRebalance, and a rebalance
/// that nobody joined to Empty. Dead is left for Empty only by revive().
///
/// Invariants: every parked ticket is answered exactly once; a generation's assignment is decided once, and seen by
/// nobody before it is stored; the leader is a member; a member awaits a join or a sync, never both.
/// Owned by the coordinator; the broker's loop thread only.
class Group {
public:
    explicit Group(const GroupSettings& settings)
        : m_settings(&settings) {}
    /// A group as it was stored. Members get a full session to be heard of.
    Group(const GroupSettings& settings, const StoredGroup& stored, Now now, GroupEffects& effects);

    JoinOutcome join(JoinRequest request, Ticket ticket, Now now, GroupEffects& effects);
    SyncOutcome sync(SyncRequest request, Ticket ticket, Now now, GroupEffects& effects);
    KafkaCode heartbeat(const MemberClaim& claim, Now now);
    /// One answer for each member, in their order.
    std::vector<KafkaCode> leave(const std::vector<LeavingMember>& members, Now now, GroupEffects& effects);
    /// May these offsets be committed now? A commit of a member also counts as a heartbeat.
    KafkaCode checkCommit(const MemberClaim& claim, Now now);
    /// What a PersistRequest came to.
    void persisted(std::uint64_t number, KafkaCode error, Now now, GroupEffects& effects);

    /// When tick() has something to do; it may turn out to be nothing. None while no timer runs.
    [[nodiscard]] std::optional<Now::Instant> nextDeadline() const { return m_earliest; }
    void tick(Now now, GroupEffects& effects);

    /// The group is being deleted: answers everything with COORDINATOR_NOT_AVAILABLE from now on.
    void die(GroupEffects& effects);
    /// The deletion of an Empty group failed.
    void revive();

    [[nodiscard]] GroupState state() const { return m_state; }
    [[nodiscard]] bool is(GroupState state) const { return m_state == state; }
    [[nodiscard]] std::int32_t generation() const { return m_generation; }
    [[nodiscard]] const std::optional<std::string>& protocolType() const { return m_protocolType; }
    [[nodiscard]] const std::optional<std::string>& protocol() const { return m_protocol; }
    [[nodiscard]] const std::optional<std::string>& leader() const { return m_leader; }
    [[nodiscard]] TimestampMs stateSinceMs() const { return m_stateSinceMs; } ///< -1: not known
    [[nodiscard]] const std::map<std::string, Member, std::less<>>& members() const { return m_members; }
    [[nodiscard]] std::size_t pendingMembers() const { return m_pending.size(); }
    [[nodiscard]] bool usesConsumerProtocol() const { return m_protocolType == "consumer"; }
    /// Does a member read this topic, as far as the coordinator can tell? Unknown counts as yes for consumers.
    [[nodiscard]] bool subscribesTo(const std::string& topic) const;
    /// The topics that members read; none when that can't be told.
    [[nodiscard]] const std::optional<std::set<std::string>>& subscribedTopics() const { return m_subscribed; }
    [[nodiscard]] std::size_t sizeBytes() const { return m_sizeBytes; }

private:
    using Members = std::map<std::string, Member, std::less<>>;

    // group_join.cpp: JoinGroup.
    [[nodiscard]] bool hasRoomFor(const JoinRequest& request) const;
    JoinOutcome joinNew(JoinRequest request, Ticket ticket, Now now, GroupEffects& effects);
    JoinOutcome joinKnown(JoinRequest request, Ticket ticket, Now now, GroupEffects& effects);
    JoinOutcome rejoin(Member& member, JoinRequest request, Ticket ticket, Now now, GroupEffects& effects);
    JoinOutcome replaceStatic(JoinRequest request, Ticket ticket, Now now, GroupEffects& effects);
    Member& renameStatic(const std::string& oldId, const std::string& newId, GroupEffects& effects);
    void addMember(JoinRequest request, const std::string& id, Ticket ticket, Now now, GroupEffects& effects);
    void updateMember(Member& member, JoinRequest request, Ticket ticket, GroupEffects& effects);
    [[nodiscard]] JoinAnswer currentGeneration(const Member& member, bool withMembers) const;

    // group_rebalance.cpp: from one generation to the next.
    void rebalance(Now now, GroupEffects& effects);
    void maybeRebalance(Now now, GroupEffects& effects);
    void maybeCompleteJoin(Now now, GroupEffects& effects);
    void extendInitialDelay(Now now, GroupEffects& effects);
    void completeJoin(Now now, GroupEffects& effects);
    void startGeneration(Now now, GroupEffects& effects);
    void answerJoins(Now now, GroupEffects& effects);
    bool electJoinedLeader();
    void expireSync(Now now, GroupEffects& effects);
    [[nodiscard]] bool everyoneJoined() const { return m_awaitingJoin == m_members.size() && m_pending.empty(); }
    [[nodiscard]] std::chrono::milliseconds longestRebalance() const;

    // group_sync.cpp: SyncGroup, and what was stored.
    void persistAssignment(SyncRequest request, GroupEffects& effects);
    void answerSyncs(KafkaCode error, Now now, GroupEffects& effects);
    void syncReceived(const Member& member);
    [[nodiscard]] StoredGroup snapshot() const;

    // group_members.cpp: who is a member, and until when.
    [[nodiscard]] KafkaCode checkMember(std::string_view memberId, const std::optional<std::string>& instanceId) const;
    void remove(const std::string& memberId, GroupEffects& effects);
    void assign(Member& member, Bytes share);
    void addPending(const std::string& memberId, Now::Instant lapses);
    void dropPending(const std::string& memberId);
    void heard(Member& member, Now now) { heard(member, now, member.sessionTimeout); }
    void heard(Member& member, Now now, std::chrono::milliseconds grace);
    void expireMembers(Now now, GroupEffects& effects);
    void countProtocols(const Member& member, int step);
    [[nodiscard]] bool supports(const std::string& type, const std::vector<GroupProtocol>& protocols) const;
    [[nodiscard]] std::set<std::string_view> candidateProtocols() const;
    [[nodiscard]] std::string selectProtocol() const;
    void learnSubscription();
    void schedule(Now::Instant deadline);
    void findEarliest();
    void enter(GroupState state, Now now);

    static void answerJoin(Member& member, JoinAnswer answer, std::size_t& awaiting, GroupEffects& effects);
    static void answerSync(Member& member, SyncAnswer answer, GroupEffects& effects);

    /// Stored when the leader's assignment is durable.
    struct PendingAssignment {
        std::int32_t generation = 0;
        std::map<std::string, Bytes, std::less<>> shares{};
    };
    /// Stored when a static member came back under a new id without a rebalance.
    struct PendingReplacement {
        std::int32_t generation = 0;
        std::string leaderBefore{};
        Member before{}; ///< to go back to when it can't be stored
        std::string newId{};
        Ticket ticket = 0;
        bool maySkipAssignment = false;
    };
    void assignmentPersisted(PendingAssignment pending, KafkaCode error, Now now, GroupEffects& effects);
    void replacementPersisted(PendingReplacement pending, KafkaCode error, Now now, GroupEffects& effects);

    const GroupSettings* m_settings;
    GroupState m_state = GroupState::Empty;
    TimestampMs m_stateSinceMs = -1;
    std::int32_t m_generation = 0;
    std::optional<std::string> m_protocolType;
    std::optional<std::string> m_protocol;
    std::optional<std::string> m_leader;
    std::optional<std::set<std::string>> m_subscribed;

    Members m_members;
    std::map<std::string, std::string, std::less<>> m_static;         ///< instance id → member id
    std::map<std::string, Now::Instant, std::less<>> m_pending;       ///< ids given out (KIP-394) → when they lapse
    std::set<std::string, std::less<>> m_unsynced;                    ///< members whose SyncGroup is due
    std::map<std::string, std::size_t, std::less<>> m_protocolCounts; ///< how many members know a protocol
    std::size_t m_awaitingJoin = 0;                                   ///< members with a parked join
    std::size_t m_sizeBytes = 0;

    struct InitialDelay {
        std::chrono::milliseconds step{0}, remaining{0};
    };
    std::optional<InitialDelay> m_initialDelay; ///< set while the first rebalance gathers members
    bool m_newMemberAdded = false;              ///< somebody joined since the delay was last extended
    std::optional<Now::Instant> m_joinDeadline; ///< when the join phase ends without those who are missing
    std::optional<Now::Instant> m_syncDeadline; ///< when members that have not synced are removed
    std::optional<Now::Instant> m_earliest;     ///< not later than any deadline

    std::uint64_t m_lastPersist = 0;
    std::map<std::uint64_t, std::variant<PendingAssignment, PendingReplacement>> m_persisting;
};

} // namespace meshbone::backbone::broker
