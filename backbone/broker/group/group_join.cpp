// SPDX-License-Identifier: Apache-2.0
#include "broker/group/group.h"

namespace meshbone::backbone::broker {

namespace {
/// A new member whose join is parked can't send heartbeats, and its client may be gone: it is dropped after this long.
constexpr std::chrono::minutes kNewMemberJoinTimeout{5};

JoinAnswer refuse(KafkaCode error, std::string memberId) {
    return {.error = error, .memberId = std::move(memberId)};
}
} // namespace

JoinOutcome Group::join(JoinRequest request, Ticket ticket, Now now, GroupEffects& effects) {
    if (is(GroupState::Dead)) {
        return refuse(KafkaCode::CoordinatorNotAvailable, request.memberId);
    }
    if (!hasRoomFor(request)) {
        if (!request.memberId.empty()) {
            remove(request.memberId, effects);
            maybeCompleteJoin(now, effects);
        }
        return refuse(KafkaCode::GroupMaxSizeReached, "");
    }
    if (!supports(request.protocolType, request.protocols)) {
        return refuse(KafkaCode::InconsistentGroupProtocol, request.memberId);
    }
    auto outcome = request.memberId.empty() ? joinNew(std::move(request), ticket, now, effects)
                                            : joinKnown(std::move(request), ticket, now, effects);
    maybeCompleteJoin(now, effects);
    return outcome;
}

bool Group::hasRoomFor(const JoinRequest& request) const {
    const auto limit = static_cast<std::size_t>(m_settings->maxSize);
    const auto member = m_members.find(request.memberId);
    const bool known = member != m_members.end();
    switch (m_state) {
    case GroupState::PreparingRebalance:
        // Counted by who waits: the group may be larger than the limit already, and the last to rejoin must then go.
        return (known && member->second.awaitingJoin) || m_awaitingJoin < limit;
    case GroupState::CompletingRebalance:
    case GroupState::Stable:
        return known || m_members.size() < limit;
    case GroupState::Empty:
    case GroupState::Dead:
        return true;
    }
    return true;
}

JoinOutcome Group::joinNew(JoinRequest request, Ticket ticket, Now now, GroupEffects& effects) {
    if (request.instanceId && m_static.contains(*request.instanceId)) {
        return replaceStatic(std::move(request), ticket, now, effects);
    }
    if (!request.instanceId && request.needsKnownId) {
        addPending(request.freshId, now.steady + request.sessionTimeout);
        return refuse(KafkaCode::MemberIdRequired, request.freshId);
    }
    const auto id = request.freshId;
    addMember(std::move(request), id, ticket, now, effects);
    return std::nullopt;
}

JoinOutcome Group::joinKnown(JoinRequest request, Ticket ticket, Now now, GroupEffects& effects) {
    if (m_pending.contains(request.memberId)) {
        if (request.instanceId) {
            return refuse(KafkaCode::UnknownMemberId, request.memberId); // a pending id is never a static member's
        }
        const auto id = request.memberId;
        addMember(std::move(request), id, ticket, now, effects);
        return std::nullopt;
    }
    if (const auto error = checkMember(request.memberId, request.instanceId); error != KafkaCode::None) {
        return refuse(error, request.memberId);
    }
    auto& member = m_members.find(request.memberId)->second;
    return rejoin(member, std::move(request), ticket, now, effects);
}

JoinOutcome Group::rejoin(Member& member, JoinRequest request, Ticket ticket, Now now, GroupEffects& effects) {
    const bool leads = m_leader == member.id;
    const bool unchanged = member.protocols == request.protocols;
    if (is(GroupState::Empty)) {
        return refuse(KafkaCode::UnknownMemberId, member.id);
    }
    // The answer to its join may have been lost: it gets the generation again. A leader of a stable group joins again
    // to have the partitions assigned anew, though its own metadata is the same.
    if (is(GroupState::CompletingRebalance) && unchanged) {
        return currentGeneration(member, leads);
    }
    if (is(GroupState::Stable) && unchanged && !leads) {
        return currentGeneration(member, false);
    }
    updateMember(member, std::move(request), ticket, effects);
    maybeRebalance(now, effects);
    return std::nullopt;
}

void Group::addMember(JoinRequest request, const std::string& id, Ticket ticket, Now now, GroupEffects& effects) {
    if (is(GroupState::Empty)) {
        m_protocolType = request.protocolType;
    }
    m_newMemberAdded = m_newMemberAdded || m_initialDelay.has_value();
    dropPending(id);
    Member member{.id = id,
                  .instanceId = std::move(request.instanceId),
                  .clientId = std::move(request.clientId),
                  .clientHost = std::move(request.clientHost),
                  .sessionTimeout = request.sessionTimeout,
                  .rebalanceTimeout = request.rebalanceTimeout,
                  .protocols = std::move(request.protocols),
                  .isNew = true,
                  .awaitingJoin = ticket};
    if (member.isStatic()) {
        m_static[*member.instanceId] = id;
    }
    countProtocols(member, +1);
    m_sizeBytes += member.sizeBytes();
    ++m_awaitingJoin;
    if (!m_leader) {
        m_leader = id;
    }
    heard(m_members.emplace(id, std::move(member)).first->second, now, kNewMemberJoinTimeout);
    maybeRebalance(now, effects);
}

void Group::updateMember(Member& member, JoinRequest request, Ticket ticket, GroupEffects& effects) {
    // A client that repeats itself while its join is parked no longer waits for the earlier answer.
    answerJoin(member, refuse(KafkaCode::RebalanceInProgress, member.id), m_awaitingJoin, effects);
    answerSync(member, {.error = KafkaCode::RebalanceInProgress}, effects);
    countProtocols(member, -1);
    m_sizeBytes -= member.sizeBytes();
    member.protocols = std::move(request.protocols);
    member.sessionTimeout = request.sessionTimeout;
    member.rebalanceTimeout = request.rebalanceTimeout;
    m_sizeBytes += member.sizeBytes();
    countProtocols(member, +1);
    member.awaitingJoin = ticket;
    ++m_awaitingJoin;
}

JoinAnswer Group::currentGeneration(const Member& member, bool withMembers) const {
    JoinAnswer answer{.generation = m_generation,
                      .protocolType = m_protocolType,
                      .protocol = m_protocol,
                      .leader = m_leader.value_or(""),
                      .memberId = member.id};
    if (withMembers) {
        answer.members.reserve(m_members.size());
        for (const auto& [id, one] : m_members) {
            const auto* metadata = m_protocol ? one.metadataOf(*m_protocol) : nullptr;
            answer.members.push_back({id, one.instanceId, metadata == nullptr ? Bytes() : *metadata});
        }
    }
    return answer;
}

} // namespace meshbone::backbone::broker
