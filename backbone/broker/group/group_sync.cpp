// SPDX-License-Identifier: Apache-2.0
#include "broker/group/group.h"

namespace meshbone::backbone::broker {

namespace {
bool differs(const std::optional<std::string>& asked, const std::optional<std::string>& ours) {
    return asked && ours && *asked != *ours;
}

std::optional<SyncAnswer> refuse(KafkaCode error) {
    return SyncAnswer{.error = error};
}
} // namespace

SyncOutcome Group::sync(SyncRequest request, Ticket ticket, Now now, GroupEffects& effects) {
    if (is(GroupState::Dead)) {
        return refuse(KafkaCode::CoordinatorNotAvailable);
    }
    if (const auto error = checkMember(request.memberId, request.instanceId); error != KafkaCode::None) {
        return refuse(error);
    }
    if (request.generation != m_generation) {
        return refuse(KafkaCode::IllegalGeneration);
    }
    if (differs(request.protocolType, m_protocolType) || differs(request.protocol, m_protocol)) {
        return refuse(KafkaCode::InconsistentGroupProtocol);
    }
    auto& member = m_members.find(request.memberId)->second;
    switch (m_state) {
    case GroupState::PreparingRebalance:
        return refuse(KafkaCode::RebalanceInProgress);
    case GroupState::Stable:
        syncReceived(member);
        heard(member, now);
        return SyncAnswer{.protocolType = m_protocolType, .protocol = m_protocol, .assignment = member.assignment};
    case GroupState::CompletingRebalance:
        break;
    case GroupState::Empty:
    case GroupState::Dead:
        return refuse(KafkaCode::UnknownMemberId);
    }
    // A repeated request takes the place of the earlier one.
    answerSync(member, {.error = KafkaCode::RebalanceInProgress}, effects);
    member.awaitingSync = ticket;
    syncReceived(member);
    if (m_leader == member.id) {
        persistAssignment(std::move(request), effects);
    }
    return std::nullopt;
}

void Group::syncReceived(const Member& member) {
    m_unsynced.erase(member.id);
    if (m_unsynced.empty()) {
        m_syncDeadline.reset();
    }
}

void Group::persistAssignment(SyncRequest request, GroupEffects& effects) {
    for (const auto& [number, pending] : m_persisting) {
        const auto* assignment = std::get_if<PendingAssignment>(&pending);
        if (assignment != nullptr && assignment->generation == m_generation) {
            return; // the leader repeats itself: this generation's assignment is on its way to the disk
        }
    }
    PendingAssignment pending{.generation = m_generation, .shares = {}};
    for (auto& [id, share] : request.assignments) {
        if (m_members.contains(id)) { // what the leader gives to others is nobody's
            pending.shares.insert_or_assign(std::move(id), std::move(share));
        }
    }
    auto stored = snapshot();
    for (auto& member : stored.members) {
        const auto share = pending.shares.find(member.memberId);
        member.assignment = share == pending.shares.end() ? Bytes() : share->second;
    }
    const auto number = ++m_lastPersist;
    effects.persists.push_back({number, std::move(stored)});
    m_persisting.emplace(number, std::move(pending));
}

void Group::persisted(std::uint64_t number, KafkaCode error, Now now, GroupEffects& effects) {
    auto node = m_persisting.extract(number);
    if (node.empty()) {
        return; // an empty generation: nobody waits for it
    }
    if (auto* assignment = std::get_if<PendingAssignment>(&node.mapped())) {
        assignmentPersisted(std::move(*assignment), error, now, effects);
    } else {
        replacementPersisted(std::move(std::get<PendingReplacement>(node.mapped())), error, now, effects);
    }
}

void Group::assignmentPersisted(PendingAssignment pending, KafkaCode error, Now now, GroupEffects& effects) {
    if (!is(GroupState::CompletingRebalance) || m_generation != pending.generation) {
        return; // members came or went meanwhile: their rebalance has answered those who waited
    }
    if (error != KafkaCode::None) {
        answerSyncs(error, now, effects);
        rebalance(now, effects);
        return;
    }
    for (auto& [id, member] : m_members) {
        const auto share = pending.shares.find(id);
        assign(member, share == pending.shares.end() ? Bytes() : std::move(share->second));
    }
    enter(GroupState::Stable, now);
    answerSyncs(KafkaCode::None, now, effects);
}

void Group::answerSyncs(KafkaCode error, Now now, GroupEffects& effects) {
    for (auto& [id, member] : m_members) {
        if (!member.awaitingSync) {
            continue;
        }
        SyncAnswer answer{.error = error};
        if (error == KafkaCode::None) {
            answer.protocolType = m_protocolType;
            answer.protocol = m_protocol;
            answer.assignment = member.assignment;
        }
        answerSync(member, std::move(answer), effects);
        heard(member, now);
    }
}

StoredGroup Group::snapshot() const {
    StoredGroup stored{.protocolType = m_protocolType.value_or(""),
                       .generation = m_generation,
                       .protocol = m_protocol,
                       .leader = m_leader,
                       .stateSinceMs = m_stateSinceMs,
                       .members = {}};
    for (const auto& [id, member] : m_members) {
        const auto* metadata = m_protocol ? member.metadataOf(*m_protocol) : nullptr;
        stored.members.push_back({.memberId = id,
                                  .instanceId = member.instanceId,
                                  .clientId = member.clientId,
                                  .clientHost = member.clientHost,
                                  .rebalanceTimeoutMs = static_cast<std::int32_t>(member.rebalanceTimeout.count()),
                                  .sessionTimeoutMs = static_cast<std::int32_t>(member.sessionTimeout.count()),
                                  .subscription = metadata == nullptr ? Bytes() : *metadata,
                                  .assignment = member.assignment});
    }
    return stored;
}

} // namespace meshbone::backbone::broker
