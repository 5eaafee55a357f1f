// SPDX-License-Identifier: Apache-2.0
#include "unit/backbone/broker_group/group_bench.h"

#include <QtTest>

using namespace meshbone;
using namespace meshbone::backbone::broker;

namespace {
using S = GroupState;
using C = KafkaCode;

/// Parked: no answer yet. Else the code of the answer.
using Outcome = std::optional<KafkaCode>;
constexpr Outcome kParked = std::nullopt;

struct Event {
    const char* name;
    std::function<Outcome(GroupBench&)> happens;
};

Outcome joined(GroupBench& bench, JoinRequest request) {
    const auto answer = bench.joins.find(bench.join(std::move(request)));
    return answer == bench.joins.end() ? kParked : Outcome(answer->second.error);
}
Outcome synced(GroupBench& bench, SyncRequest request) {
    const auto answer = bench.syncs.find(bench.sync(std::move(request)));
    return answer == bench.syncs.end() ? kParked : Outcome(answer->second.error);
}
Outcome committed(GroupBench& bench, const std::string& member, std::int32_t generation) {
    return bench.group.checkCommit({.memberId = member, .instanceId = {}, .generation = generation}, bench.now);
}

const std::map<std::string, std::function<Outcome(GroupBench&)>>& events() {
    static const std::map<std::string, std::function<Outcome(GroupBench&)>> kEvents{
        {"new member", [](auto& b) { return joined(b, b.joinOf("", "c")); }},
        {"new member that must know its id",
         [](auto& b) {
             auto request = b.joinOf("", "c");
             request.needsKnownId = true;
             return joined(b, request);
         }},
        {"join with an id that nobody gave out", [](auto& b) { return joined(b, b.joinOf("stranger")); }},
        {"follower joins unchanged", [](auto& b) { return joined(b, b.joinOf("b")); }},
        {"follower joins with new metadata", [](auto& b) { return joined(b, b.joinOf("b", "fresh", "others")); }},
        {"leader joins unchanged", [](auto& b) { return joined(b, b.joinOf("a")); }},
        {"join of another protocol type",
         [](auto& b) {
             auto request = b.joinOf("", "c");
             request.protocolType = "connect";
             return joined(b, request);
         }},
        {"join without a common protocol",
         [](auto& b) {
             auto request = b.joinOf("", "c");
             request.protocols = {{"sticky", ""}};
             return joined(b, request);
         }},
        {"join without any protocol",
         [](auto& b) {
             auto request = b.joinOf("", "c");
             request.protocols.clear();
             return joined(b, request);
         }},
        {"follower syncs", [](auto& b) { return synced(b, b.syncOf("b", b.group.generation())); }},
        {"leader syncs",
         [](auto& b) {
             auto request = b.syncOf("a", b.group.generation());
             request.assignments = {{"a", "A"}, {"b", "B"}};
             return synced(b, request);
         }},
        {"sync of another generation", [](auto& b) { return synced(b, b.syncOf("b", b.group.generation() - 1)); }},
        {"sync by a stranger", [](auto& b) { return synced(b, b.syncOf("stranger", b.group.generation())); }},
        {"sync of another protocol",
         [](auto& b) {
             auto request = b.syncOf("b", b.group.generation());
             request.protocol = "sticky";
             return synced(b, request);
         }},
        {"heartbeat", [](auto& b) { return Outcome(b.heartbeat("b", b.group.generation())); }},
        {"heartbeat of another generation", [](auto& b) { return Outcome(b.heartbeat("b", 77)); }},
        {"heartbeat by a stranger", [](auto& b) { return Outcome(b.heartbeat("stranger", b.group.generation())); }},
        {"commit by a member", [](auto& b) { return committed(b, "b", b.group.generation()); }},
        {"commit of another generation", [](auto& b) { return committed(b, "b", 77); }},
        {"commit by a member without a generation", [](auto& b) { return committed(b, "b", -1); }},
        {"commit by an admin", [](auto& b) { return committed(b, "", -1); }},
        {"leave", [](auto& b) { return Outcome(b.leave("b")); }},
        {"leave by a stranger", [](auto& b) { return Outcome(b.leave("stranger")); }},
        {"sessions end",
         [](auto& b) {
             b.advance(std::chrono::minutes(10));
             return Outcome(C::None);
         }},
    };
    return kEvents;
}

struct Row {
    const char* event;
    Outcome outcome;
    GroupState next;
};

const std::map<GroupState, std::vector<Row>>& table() {
    static const std::map<GroupState, std::vector<Row>> kTable{
        {S::Empty,
         {{"new member", kParked, S::PreparingRebalance},
          {"new member that must know its id", C::MemberIdRequired, S::Empty},
          {"join with an id that nobody gave out", C::UnknownMemberId, S::Empty},
          {"follower joins unchanged", C::UnknownMemberId, S::Empty},
          {"follower joins with new metadata", C::UnknownMemberId, S::Empty},
          {"leader joins unchanged", C::UnknownMemberId, S::Empty},
          {"join of another protocol type", kParked, S::PreparingRebalance},
          {"join without a common protocol", kParked, S::PreparingRebalance},
          {"join without any protocol", C::InconsistentGroupProtocol, S::Empty},
          {"follower syncs", C::UnknownMemberId, S::Empty},
          {"leader syncs", C::UnknownMemberId, S::Empty},
          {"sync of another generation", C::UnknownMemberId, S::Empty},
          {"sync by a stranger", C::UnknownMemberId, S::Empty},
          {"sync of another protocol", C::UnknownMemberId, S::Empty},
          {"heartbeat", C::UnknownMemberId, S::Empty},
          {"heartbeat of another generation", C::UnknownMemberId, S::Empty},
          {"heartbeat by a stranger", C::UnknownMemberId, S::Empty},
          {"commit by a member", C::UnknownMemberId, S::Empty},
          {"commit of another generation", C::UnknownMemberId, S::Empty},
          {"commit by a member without a generation", C::None, S::Empty},
          {"commit by an admin", C::None, S::Empty},
          {"leave", C::UnknownMemberId, S::Empty},
          {"leave by a stranger", C::UnknownMemberId, S::Empty},
          {"sessions end", C::None, S::Empty}}},
        {S::PreparingRebalance,
         {{"new member", kParked, S::PreparingRebalance},
          {"new member that must know its id", C::MemberIdRequired, S::PreparingRebalance},
          {"join with an id that nobody gave out", C::UnknownMemberId, S::PreparingRebalance},
          {"follower joins unchanged", kParked, S::PreparingRebalance},
          {"follower joins with new metadata", kParked, S::PreparingRebalance},
          {"leader joins unchanged", kParked, S::PreparingRebalance},
          {"join of another protocol type", C::InconsistentGroupProtocol, S::PreparingRebalance},
          {"join without a common protocol", C::InconsistentGroupProtocol, S::PreparingRebalance},
          {"join without any protocol", C::InconsistentGroupProtocol, S::PreparingRebalance},
          {"follower syncs", C::RebalanceInProgress, S::PreparingRebalance},
          {"leader syncs", C::RebalanceInProgress, S::PreparingRebalance},
          {"sync of another generation", C::IllegalGeneration, S::PreparingRebalance},
          {"sync by a stranger", C::UnknownMemberId, S::PreparingRebalance},
          {"sync of another protocol", C::InconsistentGroupProtocol, S::PreparingRebalance},
          {"heartbeat", C::RebalanceInProgress, S::PreparingRebalance},
          {"heartbeat of another generation", C::IllegalGeneration, S::PreparingRebalance},
          {"heartbeat by a stranger", C::UnknownMemberId, S::PreparingRebalance},
          {"commit by a member", C::None, S::PreparingRebalance},
          {"commit of another generation", C::IllegalGeneration, S::PreparingRebalance},
          {"commit by a member without a generation", C::IllegalGeneration, S::PreparingRebalance},
          {"commit by an admin", C::UnknownMemberId, S::PreparingRebalance},
          {"leave", C::None, S::PreparingRebalance},
          {"leave by a stranger", C::UnknownMemberId, S::PreparingRebalance},
          {"sessions end", C::None, S::Empty}}},
        {S::CompletingRebalance,
         {{"new member", kParked, S::PreparingRebalance},
          {"new member that must know its id", C::MemberIdRequired, S::CompletingRebalance},
          {"join with an id that nobody gave out", C::UnknownMemberId, S::CompletingRebalance},
          {"follower joins unchanged", C::None, S::CompletingRebalance},
          {"follower joins with new metadata", kParked, S::PreparingRebalance},
          {"leader joins unchanged", C::None, S::CompletingRebalance},
          {"join of another protocol type", C::InconsistentGroupProtocol, S::CompletingRebalance},
          {"join without a common protocol", C::InconsistentGroupProtocol, S::CompletingRebalance},
          {"join without any protocol", C::InconsistentGroupProtocol, S::CompletingRebalance},
          {"follower syncs", kParked, S::CompletingRebalance},
          {"leader syncs", C::None, S::Stable},
          {"sync of another generation", C::IllegalGeneration, S::CompletingRebalance},
          {"sync by a stranger", C::UnknownMemberId, S::CompletingRebalance},
          {"sync of another protocol", C::InconsistentGroupProtocol, S::CompletingRebalance},
          {"heartbeat", C::None, S::CompletingRebalance},
          {"heartbeat of another generation", C::IllegalGeneration, S::CompletingRebalance},
          {"heartbeat by a stranger", C::UnknownMemberId, S::CompletingRebalance},
          {"commit by a member", C::RebalanceInProgress, S::CompletingRebalance},
          {"commit of another generation", C::IllegalGeneration, S::CompletingRebalance},
          {"commit by a member without a generation", C::IllegalGeneration, S::CompletingRebalance},
          {"commit by an admin", C::UnknownMemberId, S::CompletingRebalance},
          {"leave", C::None, S::PreparingRebalance},
          {"leave by a stranger", C::UnknownMemberId, S::CompletingRebalance},
          {"sessions end", C::None, S::Empty}}},
        {S::Stable,
         {{"new member", kParked, S::PreparingRebalance},
          {"new member that must know its id", C::MemberIdRequired, S::Stable},
          {"join with an id that nobody gave out", C::UnknownMemberId, S::Stable},
          {"follower joins unchanged", C::None, S::Stable},
          {"follower joins with new metadata", kParked, S::PreparingRebalance},
          {"leader joins unchanged", kParked, S::PreparingRebalance},
          {"join of another protocol type", C::InconsistentGroupProtocol, S::Stable},
          {"join without a common protocol", C::InconsistentGroupProtocol, S::Stable},
          {"join without any protocol", C::InconsistentGroupProtocol, S::Stable},
          {"follower syncs", C::None, S::Stable},
          {"leader syncs", C::None, S::Stable},
          {"sync of another generation", C::IllegalGeneration, S::Stable},
          {"sync by a stranger", C::UnknownMemberId, S::Stable},
          {"sync of another protocol", C::InconsistentGroupProtocol, S::Stable},
          {"heartbeat", C::None, S::Stable},
          {"heartbeat of another generation", C::IllegalGeneration, S::Stable},
          {"heartbeat by a stranger", C::UnknownMemberId, S::Stable},
          {"commit by a member", C::None, S::Stable},
          {"commit of another generation", C::IllegalGeneration, S::Stable},
          {"commit by a member without a generation", C::IllegalGeneration, S::Stable},
          {"commit by an admin", C::UnknownMemberId, S::Stable},
          {"leave", C::None, S::PreparingRebalance},
          {"leave by a stranger", C::UnknownMemberId, S::Stable},
          {"sessions end", C::None, S::Empty}}},
        {S::Dead, {}}, // every event: COORDINATOR_NOT_AVAILABLE, see below
    };
    return kTable;
}

void bringTo(GroupBench& bench, GroupState state) {
    bench.joinTwo();
    if (state == S::CompletingRebalance) {
        return;
    }
    bench.syncTwo();
    if (state == S::PreparingRebalance) {
        bench.join(bench.joinOf("", "late"));
    } else if (state == S::Empty || state == S::Dead) {
        bench.leave("a");
        bench.leave("b");
    }
    if (state == S::Dead) {
        GroupEffects effects;
        bench.group.die(effects);
    }
}
} // namespace

class GroupStatesTest : public QObject {
    Q_OBJECT

private slots:
    void everyEventInEveryState_data() {
        QTest::addColumn<int>("state");
        QTest::addColumn<QString>("event");
        QTest::addColumn<int>("outcome"); // -100: parked
        QTest::addColumn<int>("next");
        for (const auto& [state, rows] : table()) {
            for (const auto& row : rows) {
                QTest::addRow("%s: %s", groupStateName(state).data(), row.event)
                    << int(state) << QString(row.event) << (row.outcome ? int(*row.outcome) : -100) << int(row.next);
            }
        }
        for (const auto& [event, happens] : events()) {
            if (event != "sessions end") {
                QTest::addRow("Dead: %s", event.c_str())
                    << int(S::Dead) << QString::fromStdString(event) << int(C::CoordinatorNotAvailable) << int(S::Dead);
            }
        }
    }
    void everyEventInEveryState() {
        QFETCH(int, state);
        QFETCH(QString, event);
        QFETCH(int, outcome);
        QFETCH(int, next);
        GroupBench bench;
        bringTo(bench, GroupState(state));
        QCOMPARE(int(bench.group.state()), state);
        const auto result = events().at(event.toStdString())(bench);
        QCOMPARE(result ? int(*result) : -100, outcome);
        QCOMPARE(int(bench.group.state()), next);
    }

    void theTableIsComplete() {
        for (const auto& [state, rows] : table()) {
            QVERIFY(state == S::Dead || rows.size() == events().size());
        }
    }
};

QTEST_GUILESS_MAIN(GroupStatesTest)
#include "group_states_test.moc"
