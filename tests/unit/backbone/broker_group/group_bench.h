// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/group/group.h"

#include <QtGlobal>

#include <map>

namespace meshbone::backbone::broker {

/// A group on a bench: a clock that is moved by hand, answers collected by ticket, storing at once unless held back.
struct GroupBench {
    GroupBench() { settings.initialRebalanceDelay = std::chrono::milliseconds(0); }

    GroupSettings settings;
    Group group{settings};
    Now now{Now::Instant(std::chrono::hours(1)), 1'700'000'000'000};
    std::map<Ticket, JoinAnswer> joins;
    std::map<Ticket, SyncAnswer> syncs;
    std::vector<PersistRequest> held; ///< what waits to be stored while holdPersists
    bool holdPersists = false;
    std::optional<StoredGroup> stored; ///< the last that was stored
    Ticket lastTicket = 0;

    static JoinRequest joinOf(const std::string& memberId, const std::string& freshId = "fresh",
                              const Bytes& metadata = "topics") {
        JoinRequest request;
        request.memberId = memberId;
        request.freshId = freshId;
        request.clientId = "client";
        request.clientHost = "/127.0.0.1";
        request.sessionTimeout = std::chrono::seconds(10);
        request.rebalanceTimeout = std::chrono::seconds(60);
        request.protocolType = "consumer";
        request.protocols = {{"range", metadata}};
        return request;
    }
    static SyncRequest syncOf(const std::string& memberId, std::int32_t generation) {
        SyncRequest request;
        request.memberId = memberId;
        request.generation = generation;
        return request;
    }

    Ticket join(JoinRequest request) {
        GroupEffects effects;
        const auto ticket = ++lastTicket;
        if (auto answer = group.join(std::move(request), ticket, now, effects)) {
            joins.emplace(ticket, std::move(*answer));
        }
        take(std::move(effects));
        return ticket;
    }
    Ticket sync(SyncRequest request) {
        GroupEffects effects;
        const auto ticket = ++lastTicket;
        if (auto answer = group.sync(std::move(request), ticket, now, effects)) {
            syncs.emplace(ticket, std::move(*answer));
        }
        take(std::move(effects));
        return ticket;
    }
    KafkaCode heartbeat(const std::string& memberId, std::int32_t generation) {
        return group.heartbeat({.memberId = memberId, .instanceId = {}, .generation = generation}, now);
    }
    KafkaCode leave(const std::string& memberId) { return leave(LeavingMember{memberId, std::nullopt}); }
    KafkaCode leave(LeavingMember member) {
        GroupEffects effects;
        const auto codes = group.leave({std::move(member)}, now, effects);
        take(std::move(effects));
        return codes.front();
    }

    /// Moves the clock, running each timer when it is due.
    void advance(std::chrono::milliseconds by) {
        const auto target = now.steady + by;
        while (group.nextDeadline() && *group.nextDeadline() <= target) {
            moveTo(std::max(now.steady, *group.nextDeadline()));
            GroupEffects effects;
            group.tick(now, effects);
            take(std::move(effects));
        }
        moveTo(target);
    }
    void finishPersist(KafkaCode code) {
        auto request = std::move(held.front());
        held.erase(held.begin());
        store(std::move(request), code);
    }

    /// Two members, "a" (the leader) and "b", whose JoinGroup was answered with generation 1; a's share is "A", b's
    /// "B".
    void joinTwo() {
        // Both must be in before the first generation is complete, so "b" comes while the initial delay runs.
        settings.initialRebalanceDelay = std::chrono::milliseconds(100);
        join(joinOf("", "a"));
        join(joinOf("", "b"));
        advance(std::chrono::milliseconds(200));
        settings.initialRebalanceDelay = std::chrono::milliseconds(0);
    }
    void syncTwo() {
        auto leader = syncOf("a", group.generation());
        leader.assignments = {{"a", "A"}, {"b", "B"}};
        sync(leader);
        sync(syncOf("b", group.generation()));
    }

private:
    void moveTo(Now::Instant instant) {
        now.wallMs += std::chrono::duration_cast<std::chrono::milliseconds>(instant - now.steady).count();
        now.steady = instant;
    }
    void take(GroupEffects effects) {
        for (auto& [ticket, answer] : effects.joins) {
            const bool first = joins.emplace(ticket, std::move(answer)).second;
            if (!first) {
                qFatal("a join was answered twice");
            }
        }
        for (auto& [ticket, answer] : effects.syncs) {
            const bool first = syncs.emplace(ticket, std::move(answer)).second;
            if (!first) {
                qFatal("a sync was answered twice");
            }
        }
        for (auto& request : effects.persists) {
            if (holdPersists) {
                held.push_back(std::move(request));
            } else {
                store(std::move(request), KafkaCode::None);
            }
        }
    }
    void store(PersistRequest request, KafkaCode code) {
        if (code == KafkaCode::None) {
            stored = request.group;
        }
        GroupEffects effects;
        group.persisted(request.number, code, now, effects);
        take(std::move(effects));
    }
};

} // namespace meshbone::backbone::broker
