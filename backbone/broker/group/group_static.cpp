// SPDX-License-Identifier: Apache-2.0
// A static member that comes back without its member id (KIP-345): it takes the place of its former self.
#include "broker/group/group.h"

namespace meshbone::backbone::broker {

JoinOutcome Group::replaceStatic(JoinRequest request, Ticket ticket, Now now, GroupEffects& effects) {
    const auto oldId = m_static.find(*request.instanceId)->second;
    const auto newId = request.freshId;
    const bool maySkip = request.maySkipAssignment;
    PendingReplacement pending{.generation = m_generation,
                               .leaderBefore = m_leader.value_or(""),
                               .before = m_members.find(oldId)->second,
                               .newId = newId,
                               .ticket = ticket,
                               .maySkipAssignment = maySkip};
    auto& member = renameStatic(oldId, newId, effects);
    heard(member, now);
    updateMember(member, std::move(request), ticket, effects);

    if (is(GroupState::Stable) && m_protocol == selectProtocol()) {
        const auto number = ++m_lastPersist;
        effects.persists.push_back({number, snapshot()});
        m_persisting.emplace(number, std::move(pending));
    } else {
        // The leader may be at work on an assignment for the old id, so the new one would get nothing by it.
        maybeRebalance(now, effects);
    }
    return std::nullopt;
}

Member& Group::renameStatic(const std::string& oldId, const std::string& newId, GroupEffects& effects) {
    auto node = m_members.extract(oldId);
    auto& member = node.mapped();
    answerJoin(member, {.error = KafkaCode::FencedInstanceId, .memberId = oldId}, m_awaitingJoin, effects);
    answerSync(member, {.error = KafkaCode::FencedInstanceId}, effects);
    m_sizeBytes -= member.sizeBytes();
    member.id = newId;
    member.isNew = false;
    m_sizeBytes += member.sizeBytes();
    m_static[*member.instanceId] = newId;
    if (m_leader == oldId) {
        m_leader = newId;
    }
    if (m_unsynced.erase(oldId) > 0) {
        m_unsynced.insert(newId);
    }
    node.key() = newId;
    return m_members.insert(std::move(node)).position->second;
}

void Group::replacementPersisted(PendingReplacement pending, KafkaCode error, Now now, GroupEffects& effects) {
    const auto found = m_members.find(pending.newId);
    const bool stillWaits = found != m_members.end() && found->second.awaitingJoin == pending.ticket;
    if (!stillWaits || !is(GroupState::Stable) || m_generation != pending.generation) {
        return; // a rebalance began meanwhile and answers it, or it is gone
    }
    auto& member = found->second;
    if (error == KafkaCode::None) {
        const bool leads = m_leader == member.id;
        auto answer = currentGeneration(member, leads && pending.maySkipAssignment);
        answer.skipAssignment = leads && pending.maySkipAssignment;
        if (!pending.maySkipAssignment) {
            // Under its old id it can't take itself for the leader, whose assignment a stable group would ignore.
            answer.leader = pending.leaderBefore;
        }
        answerJoin(member, std::move(answer), m_awaitingJoin, effects);
        heard(member, now);
        learnSubscription();
        return;
    }
    answerJoin(member, {.error = error}, m_awaitingJoin, effects);
    countProtocols(member, -1);
    m_sizeBytes -= member.sizeBytes();
    member.protocols = pending.before.protocols;
    member.sessionTimeout = pending.before.sessionTimeout;
    member.rebalanceTimeout = pending.before.rebalanceTimeout;
    m_sizeBytes += member.sizeBytes();
    countProtocols(member, +1);
    heard(renameStatic(pending.newId, pending.before.id, effects), now);
}

} // namespace meshbone::backbone::broker
