// SPDX-License-Identifier: Apache-2.0
#include "broker/group/group.h"
#include "broker/group/subscription.h"

#include <algorithm>

namespace meshbone::backbone::broker {

namespace {
constexpr std::size_t kPendingBytes = 96; ///< what an id that was given out takes beside its text, about
}

std::string_view groupStateName(GroupState state) {
    switch (state) {
    case GroupState::Empty:
        return "Empty";
    case GroupState::PreparingRebalance:
        return "PreparingRebalance";
    case GroupState::CompletingRebalance:
        return "CompletingRebalance";
    case GroupState::Stable:
        return "Stable";
    case GroupState::Dead:
        return "Dead";
    }
    return "Dead";
}

Group::Group(const GroupSettings& settings, const StoredGroup& stored, Now now, GroupEffects& effects)
    : m_settings(&settings)
    , m_state(stored.members.empty() ? GroupState::Empty : GroupState::Stable)
    , m_stateSinceMs(stored.stateSinceMs)
    , m_generation(stored.generation) {
    if (!stored.protocolType.empty()) {
        m_protocolType = stored.protocolType;
    }
    if (!stored.members.empty()) {
        m_protocol = stored.protocol.value_or("");
    }
    for (const auto& one : stored.members) {
        Member member{.id = one.memberId,
                      .instanceId = one.instanceId,
                      .clientId = one.clientId,
                      .clientHost = one.clientHost,
                      .sessionTimeout = std::chrono::milliseconds(one.sessionTimeoutMs),
                      .rebalanceTimeout = std::chrono::milliseconds(one.rebalanceTimeoutMs),
                      .protocols = {{*m_protocol, one.subscription}},
                      .assignment = one.assignment};
        countProtocols(member, +1);
        m_sizeBytes += member.sizeBytes();
        if (member.isStatic()) {
            m_static[*member.instanceId] = member.id;
        }
        const auto at = m_members.insert_or_assign(member.id, std::move(member)).first;
        heard(at->second, now);
    }
    if (!m_members.empty()) {
        const bool knowsLeader = stored.leader && m_members.contains(*stored.leader);
        m_leader = knowsLeader ? *stored.leader : m_members.begin()->first;
    }
    learnSubscription();
    if (m_members.size() > static_cast<std::size_t>(m_settings->maxSize)) {
        maybeRebalance(now,
                       effects); // group.max.size was lowered: let members commit, then come back while there is room
    }
}

KafkaCode Group::checkMember(std::string_view memberId, const std::optional<std::string>& instanceId) const {
    if (instanceId) {
        const auto known = m_static.find(*instanceId);
        if (known == m_static.end()) {
            return KafkaCode::UnknownMemberId;
        }
        if (known->second != memberId) {
            return KafkaCode::FencedInstanceId;
        }
    }
    return m_members.contains(memberId) ? KafkaCode::None : KafkaCode::UnknownMemberId;
}

KafkaCode Group::heartbeat(const MemberClaim& claim, Now now) {
    if (is(GroupState::Dead)) {
        return KafkaCode::CoordinatorNotAvailable;
    }
    if (const auto error = checkMember(claim.memberId, claim.instanceId); error != KafkaCode::None) {
        return error;
    }
    if (claim.generation != m_generation) {
        return KafkaCode::IllegalGeneration;
    }
    heard(m_members.find(claim.memberId)->second, now);
    return is(GroupState::PreparingRebalance) ? KafkaCode::RebalanceInProgress : KafkaCode::None;
}

KafkaCode Group::checkCommit(const MemberClaim& claim, Now now) {
    if (is(GroupState::Dead)) {
        return KafkaCode::CoordinatorNotAvailable;
    }
    if (claim.generation < 0 && is(GroupState::Empty)) {
        return KafkaCode::None; // an admin, or a consumer that only stores its offsets here
    }
    if (claim.generation < 0 && claim.memberId.empty() && !claim.instanceId) {
        return KafkaCode::UnknownMemberId;
    }
    if (const auto error = checkMember(claim.memberId, claim.instanceId); error != KafkaCode::None) {
        return error;
    }
    if (claim.generation != m_generation) {
        return KafkaCode::IllegalGeneration;
    }
    if (is(GroupState::CompletingRebalance)) {
        return KafkaCode::RebalanceInProgress;
    }
    // While members rejoin, the old generation may still commit: it learns of the rebalance by its heartbeat.
    heard(m_members.find(claim.memberId)->second, now);
    return KafkaCode::None;
}

std::vector<KafkaCode> Group::leave(const std::vector<LeavingMember>& members, Now now, GroupEffects& effects) {
    std::vector<KafkaCode> errors;
    errors.reserve(members.size());
    bool anyLeft = false;
    for (const auto& one : members) {
        auto error = KafkaCode::None;
        std::string id = one.memberId;
        if (is(GroupState::Dead)) {
            error = KafkaCode::CoordinatorNotAvailable;
        } else if (id.empty()) {
            const auto known = one.instanceId ? m_static.find(*one.instanceId) : m_static.end();
            error = known == m_static.end() ? KafkaCode::UnknownMemberId : KafkaCode::None;
            id = known == m_static.end() ? id : known->second;
        } else if (!m_pending.contains(id)) {
            error = checkMember(id, one.instanceId);
        }
        if (error == KafkaCode::None) {
            remove(id, effects);
            anyLeft = true;
        }
        errors.push_back(error);
    }
    if (anyLeft) {
        maybeRebalance(now, effects);
    }
    return errors;
}

void Group::remove(const std::string& memberId, GroupEffects& effects) {
    dropPending(memberId);
    m_unsynced.erase(memberId);
    const auto found = m_members.find(memberId);
    if (found == m_members.end()) {
        return;
    }
    // UNKNOWN_MEMBER_ID makes a client that still waits start again as a new member.
    answerJoin(found->second, {.error = KafkaCode::UnknownMemberId}, m_awaitingJoin, effects);
    answerSync(found->second, {.error = KafkaCode::UnknownMemberId}, effects);
    countProtocols(found->second, -1);
    m_sizeBytes -= found->second.sizeBytes();
    if (found->second.isStatic()) {
        m_static.erase(*found->second.instanceId);
    }
    const bool wasLeader = m_leader == found->first;
    m_members.erase(found);
    if (wasLeader) {
        m_leader = m_members.empty() ? std::nullopt : std::optional(m_members.begin()->first);
    }
}

void Group::addPending(const std::string& memberId, Now::Instant lapses) {
    if (m_pending.emplace(memberId, lapses).second) {
        m_sizeBytes += memberId.size() + kPendingBytes;
    }
    schedule(lapses);
}

void Group::dropPending(const std::string& memberId) {
    if (m_pending.erase(memberId) > 0) {
        m_sizeBytes -= memberId.size() + kPendingBytes;
    }
}

void Group::assign(Member& member, Bytes share) {
    m_sizeBytes = m_sizeBytes - member.assignment.size() + share.size();
    member.assignment = std::move(share);
}

void Group::heard(Member& member, Now now, std::chrono::milliseconds grace) {
    member.expiresAt = now.steady + grace;
    schedule(*member.expiresAt);
}

void Group::tick(Now now, GroupEffects& effects) {
    if (!m_earliest || now.steady < *m_earliest) {
        return;
    }
    expireMembers(now, effects);
    if (m_joinDeadline && *m_joinDeadline <= now.steady) {
        m_joinDeadline.reset();
        if (m_initialDelay) {
            extendInitialDelay(now, effects);
        } else {
            completeJoin(now, effects);
        }
    }
    if (m_syncDeadline && *m_syncDeadline <= now.steady) {
        m_syncDeadline.reset();
        expireSync(now, effects);
    }
    findEarliest();
}

void Group::expireMembers(Now now, GroupEffects& effects) {
    std::vector<std::string> gone;
    for (const auto& [id, deadline] : m_pending) {
        if (deadline <= now.steady) {
            gone.push_back(id);
        }
    }
    for (auto& [id, member] : m_members) {
        if (!member.expiresAt || *member.expiresAt > now.steady) {
            continue;
        }
        if (!member.isNew && (member.awaitingJoin || member.awaitingSync)) {
            member.expiresAt.reset(); // it can't send heartbeats while it waits; the answer starts a new session
        } else {
            gone.push_back(id);
        }
    }
    for (const auto& id : gone) {
        remove(id, effects);
    }
    if (!gone.empty()) {
        maybeRebalance(now, effects);
    }
}

void Group::countProtocols(const Member& member, int step) {
    for (const auto& protocol : member.protocols) {
        auto& count = m_protocolCounts[protocol.name];
        count = step > 0 ? count + 1 : count - 1;
        if (count == 0) {
            m_protocolCounts.erase(protocol.name);
        }
    }
}

bool Group::supports(const std::string& type, const std::vector<GroupProtocol>& protocols) const {
    if (is(GroupState::Empty)) {
        return !type.empty() && !protocols.empty();
    }
    if (m_protocolType != type) {
        return false;
    }
    return std::ranges::any_of(protocols, [this](const auto& protocol) {
        const auto known = m_protocolCounts.find(protocol.name);
        return (known == m_protocolCounts.end() ? 0 : known->second) == m_members.size();
    });
}

std::set<std::string_view> Group::candidateProtocols() const {
    std::set<std::string_view> names;
    for (const auto& [name, count] : m_protocolCounts) {
        if (count == m_members.size()) {
            names.insert(name);
        }
    }
    return names;
}

std::string Group::selectProtocol() const {
    const auto candidates = candidateProtocols();
    std::map<std::string_view, std::size_t> votes;
    for (const auto& [id, member] : m_members) {
        if (const auto* vote = member.voteAmong(candidates)) {
            ++votes[*vote];
        }
    }
    const auto winner = std::ranges::max_element(votes, {}, [](const auto& entry) { return entry.second; });
    return winner == votes.end() ? std::string() : std::string(winner->first);
}

void Group::learnSubscription() {
    m_subscribed.reset();
    if (!usesConsumerProtocol()) {
        return;
    }
    std::set<std::string> topics;
    for (const auto& [id, member] : m_members) {
        const auto* metadata = m_protocol ? member.metadataOf(*m_protocol) : nullptr;
        if (metadata == nullptr || !readSubscribedTopics(*metadata, topics)) {
            return;
        }
    }
    m_subscribed = std::move(topics);
}

bool Group::subscribesTo(const std::string& topic) const {
    return m_subscribed ? m_subscribed->contains(topic) : usesConsumerProtocol();
}

void Group::schedule(Now::Instant deadline) {
    m_earliest = m_earliest ? std::min(*m_earliest, deadline) : deadline;
}

void Group::findEarliest() {
    m_earliest.reset();
    for (const auto& [id, deadline] : m_pending) {
        schedule(deadline);
    }
    for (const auto& [id, member] : m_members) {
        if (member.expiresAt) {
            schedule(*member.expiresAt);
        }
    }
    for (const auto& deadline : {m_joinDeadline, m_syncDeadline}) {
        if (deadline) {
            schedule(*deadline);
        }
    }
}

void Group::enter(GroupState state, Now now) {
    m_state = state;
    m_stateSinceMs = now.wallMs;
}

void Group::die(GroupEffects& effects) {
    for (auto& [id, member] : m_members) {
        answerJoin(member, {.error = KafkaCode::CoordinatorNotAvailable, .memberId = id}, m_awaitingJoin, effects);
        answerSync(member, {.error = KafkaCode::CoordinatorNotAvailable}, effects);
    }
    m_state = GroupState::Dead;
}

void Group::revive() {
    m_state = GroupState::Empty;
}

void Group::answerJoin(Member& member, JoinAnswer answer, std::size_t& awaiting, GroupEffects& effects) {
    if (member.awaitingJoin) {
        effects.joins.emplace_back(*member.awaitingJoin, std::move(answer));
        member.awaitingJoin.reset();
        --awaiting;
    }
}

void Group::answerSync(Member& member, SyncAnswer answer, GroupEffects& effects) {
    if (member.awaitingSync) {
        effects.syncs.emplace_back(*member.awaitingSync, std::move(answer));
        member.awaitingSync.reset();
    }
}

} // namespace meshbone::backbone::broker
