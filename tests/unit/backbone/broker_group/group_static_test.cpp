// SPDX-License-Identifier: Apache-2.0
// Static members: KIP-345, and KIP-814 for the leader that comes back.
#include "unit/backbone/broker_group/group_bench.h"

#include <QtTest>

using namespace meshbone;
using namespace meshbone::backbone::broker;
using namespace std::chrono_literals;
using C = KafkaCode;
using S = GroupState;

namespace {
JoinRequest instance(const std::string& name, const std::string& freshId, const std::string& memberId = "") {
    auto request = GroupBench::joinOf(memberId, freshId);
    request.instanceId = name;
    request.needsKnownId = true; // static members are never told to come again
    return request;
}

/// Two static members "one" (id "a", the leader) and "two" (id "b") in a stable generation 1.
void makeStable(GroupBench& bench) {
    bench.settings.initialRebalanceDelay = 100ms;
    bench.join(instance("one", "a"));
    bench.join(instance("two", "b"));
    bench.advance(200ms);
    bench.syncTwo();
}
} // namespace

class GroupStaticTest : public QObject {
    Q_OBJECT

private slots:
    void aFollowerComesBackWithoutARebalance() {
        GroupBench bench;
        makeStable(bench);
        const auto back = bench.join(instance("two", "b2"));
        QVERIFY(bench.group.is(S::Stable));
        QCOMPARE(bench.joins.at(back).error, C::None);
        QCOMPARE(bench.joins.at(back).memberId, std::string("b2"));
        QCOMPARE(bench.joins.at(back).generation, 1);
        QCOMPARE(bench.joins.at(back).leader, std::string("a"));
        const auto share = bench.sync(bench.syncOf("b2", 1));
        QCOMPARE(bench.syncs.at(share).assignment, Bytes("B"));
        QCOMPARE(bench.stored->members[1].memberId, std::string("b2"));
    }

    void theFormerSelfIsFenced() {
        GroupBench bench;
        makeStable(bench);
        bench.join(instance("two", "b2"));
        const std::optional<std::string> two("two");
        QCOMPARE(bench.group.heartbeat({"b", two, 1}, bench.now), C::FencedInstanceId);
        QCOMPARE(bench.group.checkCommit({"b", two, 1}, bench.now), C::FencedInstanceId);
        QCOMPARE(bench.joins.at(bench.join(instance("two", "x", "b"))).error, C::FencedInstanceId);
        auto sync = bench.syncOf("b", 1);
        sync.instanceId = two;
        QCOMPARE(bench.syncs.at(bench.sync(sync)).error, C::FencedInstanceId);
        QCOMPARE(bench.leave({"b", two}), C::FencedInstanceId);
        QCOMPARE(bench.heartbeat("b", 1), C::UnknownMemberId);
    }

    void aLeaderThatComesBackIsToldToSkipTheAssignment() {
        GroupBench bench;
        makeStable(bench);
        auto request = instance("one", "a2");
        request.maySkipAssignment = true;
        const auto& answer = bench.joins.at(bench.join(request));
        QVERIFY(answer.skipAssignment);
        QCOMPARE(answer.leader, std::string("a2"));
        QCOMPARE(answer.members.size(), std::size_t{2});
        QVERIFY(bench.group.is(S::Stable));
    }

    void anOldClientThatLedIsNotToldSo() {
        GroupBench bench;
        makeStable(bench);
        const auto& answer = bench.joins.at(bench.join(instance("one", "a2")));
        QVERIFY(!answer.skipAssignment);
        QCOMPARE(answer.leader, std::string("a")); // its former id: it must not assign anew
        QVERIFY(answer.members.empty());
        QCOMPARE(bench.group.leader(), std::optional<std::string>("a2"));
    }

    void comingBackDuringAnAssignmentStartsOver() {
        GroupBench bench;
        bench.settings.initialRebalanceDelay = 100ms;
        bench.join(instance("one", "a"));
        bench.join(instance("two", "b"));
        bench.advance(200ms);
        const auto waiting = bench.sync(bench.syncOf("b", 1));
        bench.join(instance("two", "b2"));
        QCOMPARE(bench.syncs.at(waiting).error, C::FencedInstanceId);
        QVERIFY(bench.group.is(S::PreparingRebalance));
        const auto leader = bench.join(instance("one", "x", "a"));
        QCOMPARE(bench.joins.at(leader).members[1].memberId, std::string("b2"));
    }

    void comingBackTwiceFencesTheFirst() {
        GroupBench bench;
        makeStable(bench);
        bench.holdPersists = true;
        const auto first = bench.join(instance("two", "b2"));
        const auto second = bench.join(instance("two", "b3"));
        QCOMPARE(bench.joins.at(first).error, C::FencedInstanceId);
        bench.finishPersist(C::None);
        QVERIFY(!bench.joins.contains(second));
        bench.finishPersist(C::None);
        QCOMPARE(bench.joins.at(second).memberId, std::string("b3"));
    }

    void whatCannotBeStoredIsUndone() {
        GroupBench bench;
        makeStable(bench);
        bench.holdPersists = true;
        const auto back = bench.join(instance("two", "b2"));
        bench.finishPersist(C::CoordinatorNotAvailable);
        QCOMPARE(bench.joins.at(back).error, C::CoordinatorNotAvailable);
        QVERIFY(bench.group.members().contains("b"));
        QVERIFY(!bench.group.members().contains("b2"));
        QCOMPARE(bench.heartbeat("b", 1), C::None);
    }

    void aNewProtocolNeedsARebalance() {
        GroupBench bench;
        makeStable(bench);
        auto request = instance("two", "b2");
        request.protocols = {{"sticky", ""}, {"range", "topics"}};
        auto leader = instance("one", "x", "a");
        leader.protocols = {{"sticky", ""}, {"range", "topics"}};
        const auto waiting = bench.join(request); // "range" is still the only one that both know
        QCOMPARE(bench.joins.at(waiting).error, C::None);
        QVERIFY(bench.group.is(S::Stable));
        bench.join(leader);
        QVERIFY(bench.group.is(S::PreparingRebalance));
    }

    void anAbsentStaticMemberKeepsItsPlaceUntilItsSessionEnds() {
        GroupBench bench;
        bench.settings.initialRebalanceDelay = 100ms;
        auto patient = instance("two", "b");
        patient.sessionTimeout = 200s;
        bench.join(instance("one", "a"));
        bench.join(patient);
        bench.advance(200ms);
        bench.syncTwo();
        const auto leader = bench.join(instance("one", "x", "a"));
        bench.advance(61s); // "two" did not rejoin in the rebalance timeout
        QCOMPARE(bench.joins.at(leader).members.size(), std::size_t{2});
        auto sync = bench.syncOf("a", bench.group.generation());
        sync.assignments = {{"a", "A"}, {"b", "B"}};
        bench.sync(sync);
        QCOMPARE(bench.stored->members[1].assignment, Bytes("B"));
    }

    void anAdminRemovesByInstance() {
        GroupBench bench;
        makeStable(bench);
        QCOMPARE(bench.leave({"", std::string("nobody")}), C::UnknownMemberId);
        QCOMPARE(bench.leave({"", std::string("two")}), C::None);
        QVERIFY(!bench.group.members().contains("b"));
        QVERIFY(bench.group.is(S::PreparingRebalance));
    }
};

QTEST_GUILESS_MAIN(GroupStaticTest)
#include "group_static_test.moc"
