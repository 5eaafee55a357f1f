// SPDX-License-Identifier: Apache-2.0
#include "broker/group/group.h"

#include <algorithm>

namespace meshbone::backbone::broker {

namespace {
/// How soon at the earliest a join phase that nobody joined is looked at again, whatever timeout its members asked for.
constexpr std::chrono::milliseconds kNobodyJoinedRetry{1'000};
} // namespace

void Group::maybeRebalance(Now now, GroupEffects& effects) {
    switch (m_state) {
    case GroupState::Empty:
        if (!m_members.empty()) {
            rebalance(now, effects);
        }
        break;
    case GroupState::CompletingRebalance:
    case GroupState::Stable:
        rebalance(now, effects);
        break;
    case GroupState::PreparingRebalance:
        maybeCompleteJoin(now, effects);
        break;
    case GroupState::Dead:
        break;
    }
}

void Group::rebalance(Now now, GroupEffects& effects) {
    if (is(GroupState::CompletingRebalance)) {
        for (auto& [id, member] : m_members) {
            assign(member, {});
        }
        answerSyncs(KafkaCode::RebalanceInProgress, now, effects);
    }
    m_unsynced.clear();
    m_syncDeadline.reset();
    const bool first = is(GroupState::Empty);
    enter(GroupState::PreparingRebalance, now);
    if (first) {
        // A new group: its other members are probably about to come, so they are given time.
        const auto delay = m_settings->initialRebalanceDelay;
        m_initialDelay = InitialDelay{delay, std::max(longestRebalance() - delay, std::chrono::milliseconds(0))};
        m_newMemberAdded = false;
        m_joinDeadline = now.steady + delay;
        schedule(*m_joinDeadline);
    } else if (everyoneJoined()) {
        completeJoin(now, effects);
    } else {
        m_joinDeadline = now.steady + longestRebalance();
        schedule(*m_joinDeadline);
    }
}

void Group::maybeCompleteJoin(Now now, GroupEffects& effects) {
    if (is(GroupState::PreparingRebalance) && !m_initialDelay && everyoneJoined()) {
        completeJoin(now, effects);
    }
}

void Group::extendInitialDelay(Now now, GroupEffects& effects) {
    if (!m_newMemberAdded || m_initialDelay->remaining.count() == 0) {
        completeJoin(now, effects);
        return;
    }
    m_newMemberAdded = false;
    const auto step = std::min(m_settings->initialRebalanceDelay, m_initialDelay->remaining);
    m_initialDelay->remaining =
        std::max(m_initialDelay->remaining - m_initialDelay->step, std::chrono::milliseconds(0));
    m_initialDelay->step = step;
    m_joinDeadline = now.steady + step;
    schedule(*m_joinDeadline);
}

void Group::completeJoin(Now now, GroupEffects& effects) {
    if (!is(GroupState::PreparingRebalance)) {
        return;
    }
    m_joinDeadline.reset();
    m_initialDelay.reset();
    std::vector<std::string> absent; // static members stay until their session ends
    for (const auto& [id, member] : m_members) {
        if (!member.awaitingJoin && !member.isStatic()) {
            absent.push_back(id);
        }
    }
    for (const auto& id : absent) {
        remove(id, effects);
    }
    if (!m_members.empty() && !electJoinedLeader()) {
        // Only static members that have not come back: wait until they do, or until their sessions end.
        m_joinDeadline = now.steady + std::max(longestRebalance(), kNobodyJoinedRetry);
        schedule(*m_joinDeadline);
        return;
    }
    startGeneration(now, effects);
}

void Group::startGeneration(Now now, GroupEffects& effects) {
    ++m_generation;
    m_unsynced.clear();
    if (m_members.empty()) {
        m_protocol.reset();
        m_leader.reset();
        learnSubscription();
        enter(GroupState::Empty, now);
        effects.persists.push_back({++m_lastPersist, snapshot()});
        return;
    }
    m_protocol = selectProtocol();
    learnSubscription();
    enter(GroupState::CompletingRebalance, now);
    answerJoins(now, effects);
    m_syncDeadline = now.steady + longestRebalance();
    schedule(*m_syncDeadline);
}

void Group::answerJoins(Now now, GroupEffects& effects) {
    for (auto& [id, member] : m_members) {
        if (member.awaitingJoin) {
            answerJoin(member, currentGeneration(member, m_leader == id), m_awaitingJoin, effects);
        }
        member.isNew = false;
        heard(member, now);
        m_unsynced.insert(id);
    }
}

bool Group::electJoinedLeader() {
    if (m_leader) {
        const auto current = m_members.find(*m_leader);
        if (current != m_members.end() && current->second.awaitingJoin) {
            return true;
        }
    }
    const auto joined =
        std::ranges::find_if(m_members, [](const auto& m) { return m.second.awaitingJoin.has_value(); });
    if (joined == m_members.end()) {
        return false;
    }
    m_leader = joined->first;
    return true;
}

void Group::expireSync(Now now, GroupEffects& effects) {
    if (m_unsynced.empty() || (!is(GroupState::CompletingRebalance) && !is(GroupState::Stable))) {
        return;
    }
    const auto late = std::move(m_unsynced);
    m_unsynced.clear();
    for (const auto& id : late) {
        remove(id, effects);
    }
    rebalance(now, effects);
}

std::chrono::milliseconds Group::longestRebalance() const {
    std::chrono::milliseconds longest{0};
    for (const auto& [id, member] : m_members) {
        longest = std::max(longest, member.rebalanceTimeout);
    }
    return longest;
}

} // namespace meshbone::backbone::broker
