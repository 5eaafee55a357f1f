// SPDX-License-Identifier: Apache-2.0
#include "unit/backbone/broker_group/group_bench.h"

#include <QtTest>

using namespace meshbone;
using namespace meshbone::backbone::broker;
using namespace std::chrono_literals;
using C = KafkaCode;
using S = GroupState;

class GroupMembersTest : public QObject {
    Q_OBJECT

private slots:
    void theFirstGenerationGoesToAllWhoComeInTime() {
        GroupBench bench;
        bench.settings.initialRebalanceDelay = 3s;
        const auto a = bench.join(bench.joinOf("", "a"));
        bench.advance(2900ms);
        const auto b = bench.join(bench.joinOf("", "b", "b's topics"));
        QVERIFY(bench.joins.empty());
        bench.advance(200ms); // b came while the delay ran, so it is extended once
        QVERIFY(bench.joins.empty());
        bench.advance(3s);
        QCOMPARE(bench.joins.at(a).generation, 1);
        QCOMPARE(bench.joins.at(a).leader, std::string("a"));
        QCOMPARE(bench.joins.at(a).protocol, std::optional<std::string>("range"));
        QCOMPARE(bench.joins.at(a).members.size(), std::size_t{2});
        QCOMPARE(bench.joins.at(a).members[1].metadata, Bytes("b's topics"));
        QCOMPARE(bench.joins.at(b).memberId, std::string("b"));
        QVERIFY(bench.joins.at(b).members.empty()); // followers don't get them
        QVERIFY(bench.group.is(S::CompletingRebalance));
    }

    void theInitialDelayEndsWithTheRebalanceTimeout() {
        GroupBench bench;
        bench.settings.initialRebalanceDelay = 3s;
        auto first = bench.joinOf("", "a");
        first.rebalanceTimeout = 7s;
        bench.join(first);
        for (int i = 0; i < 20 && bench.group.is(S::PreparingRebalance); ++i) {
            auto request = bench.joinOf("", "m" + std::to_string(i));
            request.rebalanceTimeout = 7s;
            bench.join(request);
            bench.advance(1s);
            QVERIFY2(i <= 10, "members that keep coming delay the first generation for ever");
        }
        QVERIFY(bench.group.is(S::CompletingRebalance));
    }

    void aMemberLearnsItsIdBeforeItIsCounted() {
        GroupBench bench;
        auto request = bench.joinOf("", "a");
        request.needsKnownId = true;
        const auto first = bench.join(request);
        QCOMPARE(bench.joins.at(first).error, C::MemberIdRequired);
        QCOMPARE(bench.joins.at(first).memberId, std::string("a"));
        QCOMPARE(bench.group.pendingMembers(), std::size_t{1});
        request.memberId = "a";
        const auto second = bench.join(request);
        bench.advance(1ms);
        QCOMPARE(bench.joins.at(second).error, C::None);
        QCOMPARE(bench.group.pendingMembers(), std::size_t{0});
    }

    void anIdThatIsNotUsedLapses() {
        GroupBench bench;
        auto request = bench.joinOf("", "a");
        request.needsKnownId = true;
        bench.join(request);
        bench.advance(11s);
        QCOMPARE(bench.group.pendingMembers(), std::size_t{0});
        request.memberId = "a";
        QCOMPARE(bench.joins.at(bench.join(request)).error, C::UnknownMemberId);
        QCOMPARE(bench.group.sizeBytes(), std::size_t{0});
    }

    void aRebalanceWaitsForIdsThatWereGivenOut() {
        GroupBench bench;
        bench.joinTwo();
        bench.syncTwo();
        auto request = bench.joinOf("", "c");
        request.needsKnownId = true;
        bench.join(request);
        const auto leader = bench.join(bench.joinOf("a")); // the leader asks for a rebalance
        const auto follower = bench.join(bench.joinOf("b"));
        QVERIFY(!bench.joins.contains(leader));
        request.memberId = "c";
        bench.join(request);
        QCOMPARE(bench.joins.at(leader).members.size(), std::size_t{3});
        QCOMPARE(bench.joins.at(follower).generation, 2);
    }

    void sharesAreGivenOnlyWhenTheyAreStored() {
        GroupBench bench;
        bench.joinTwo();
        bench.holdPersists = true;
        const auto follower = bench.sync(bench.syncOf("b", 1));
        auto request = bench.syncOf("a", 1);
        request.assignments = {{"a", "A"}, {"b", "B"}, {"stranger", "X"}};
        const auto leader = bench.sync(request);
        QVERIFY(bench.syncs.empty());
        QCOMPARE(bench.held.size(), std::size_t{1});
        bench.finishPersist(C::None);
        QCOMPARE(bench.syncs.at(leader).assignment, Bytes("A"));
        QCOMPARE(bench.syncs.at(follower).assignment, Bytes("B"));
        QVERIFY(bench.group.is(S::Stable));
        QCOMPARE(bench.stored->members.size(), std::size_t{2});
        QCOMPARE(bench.stored->members[1].assignment, Bytes("B"));
    }

    void aGenerationThatCannotBeStoredIsTriedAgain() {
        GroupBench bench;
        bench.joinTwo();
        bench.holdPersists = true;
        bench.syncTwo();
        bench.finishPersist(C::CoordinatorNotAvailable);
        QCOMPARE(bench.syncs.size(), std::size_t{2});
        for (const auto& [ticket, answer] : bench.syncs) {
            QCOMPARE(answer.error, C::CoordinatorNotAvailable);
        }
        QVERIFY(bench.group.is(S::PreparingRebalance));
    }

    void aLeaderThatRepeatsItsSyncDecidesOnce() {
        GroupBench bench;
        bench.joinTwo();
        bench.holdPersists = true;
        auto request = bench.syncOf("a", 1);
        request.assignments = {{"a", "A"}};
        const auto first = bench.sync(request);
        request.assignments = {{"a", "other"}};
        const auto second = bench.sync(request);
        QCOMPARE(bench.held.size(), std::size_t{1});
        QCOMPARE(bench.syncs.at(first).error, C::RebalanceInProgress);
        bench.finishPersist(C::None);
        QCOMPARE(bench.syncs.at(second).assignment, Bytes("A"));
    }

    void membersComingWhileSharesAreStoredStartOver() {
        GroupBench bench;
        bench.joinTwo();
        bench.holdPersists = true;
        bench.syncTwo();
        bench.join(bench.joinOf("", "c"));
        QVERIFY(bench.group.is(S::PreparingRebalance));
        for (const auto& [ticket, answer] : bench.syncs) {
            QCOMPARE(answer.error, C::RebalanceInProgress);
        }
        bench.finishPersist(C::None); // too late: nobody may get a share of generation 1 now
        QVERIFY(bench.group.is(S::PreparingRebalance));
        QCOMPARE(bench.syncs.size(), std::size_t{2});
    }

    void whoDoesNotRejoinInTimeIsOut() {
        GroupBench bench;
        bench.joinTwo();
        bench.syncTwo();
        const auto c = bench.join(bench.joinOf("", "c"));
        const auto b = bench.join(bench.joinOf("b"));
        for (int i = 0; i < 12; ++i) { // "a", the leader, stays alive but does not rejoin
            bench.advance(5s);
            bench.heartbeat("a", 1);
        }
        QCOMPARE(bench.joins.at(b).leader, std::string("b"));
        QCOMPARE(bench.joins.at(b).members.size(), std::size_t{2});
        QCOMPARE(bench.joins.at(c).leader, std::string("b"));
        QCOMPARE(bench.heartbeat("a", 1), C::UnknownMemberId);
    }

    void whoDoesNotSyncInTimeIsOut() {
        GroupBench bench;
        bench.joinTwo();
        auto request = bench.syncOf("a", 1);
        request.assignments = {{"a", "A"}, {"b", "B"}};
        bench.sync(request);
        for (int i = 0; i < 13; ++i) { // "b" is alive, but never asks for its share
            bench.advance(5s);
            bench.heartbeat("a", 1);
            bench.heartbeat("b", 1);
        }
        QVERIFY(bench.group.is(S::PreparingRebalance));
        QVERIFY(!bench.group.members().contains("b"));
    }

    void aSilentMemberIsRemovedAndTheRestRebalances() {
        GroupBench bench;
        bench.joinTwo();
        bench.syncTwo();
        bench.advance(6s);
        QCOMPARE(bench.heartbeat("b", 1), C::None);
        bench.advance(6s);
        QCOMPARE(bench.heartbeat("b", 1), C::RebalanceInProgress);
        QCOMPARE(bench.group.leader(), std::optional<std::string>("b"));
        const auto b = bench.join(bench.joinOf("b"));
        QCOMPARE(bench.joins.at(b).generation, 2);
        QCOMPARE(bench.joins.at(b).members.size(), std::size_t{1});
    }

    void aParkedMemberDoesNotExpireButANewOneDoes() {
        GroupBench bench;
        bench.joinTwo();
        bench.syncTwo();
        const auto c = bench.join(bench.joinOf("", "c"));
        const auto b = bench.join(bench.joinOf("b"));
        for (int i = 0; i < 4; ++i) { // longer than b's session, shorter than the rebalance timeout
            bench.advance(9s);
            QCOMPARE(bench.heartbeat("a", 1), C::RebalanceInProgress);
        }
        QVERIFY(!bench.joins.contains(b));
        bench.join(bench.joinOf("a"));
        QCOMPARE(bench.joins.at(b).error, C::None);
        QCOMPARE(bench.joins.at(c).error, C::None);
    }

    void aNewMemberThatWaitsFiveMinutesIsDropped() {
        GroupBench bench;
        auto slow = bench.joinOf("", "a");
        slow.rebalanceTimeout = std::chrono::hours(1);
        slow.sessionTimeout = std::chrono::minutes(30);
        bench.join(slow);
        bench.advance(1ms);
        bench.sync(bench.syncOf("a", 1));
        const auto waiting = bench.join(bench.joinOf("", "c"));
        bench.advance(5min);
        QCOMPARE(bench.joins.at(waiting).error, C::UnknownMemberId);
        QCOMPARE(bench.joins.at(waiting).memberId, std::string());
    }

    void theLastToLeaveEmptiesTheGroupAndThatIsStored() {
        GroupBench bench;
        bench.joinTwo();
        bench.syncTwo();
        QCOMPARE(bench.leave("b"), C::None);
        QCOMPARE(bench.leave("a"), C::None);
        QVERIFY(bench.group.is(S::Empty));
        QCOMPARE(bench.group.generation(), 2);
        QVERIFY(bench.stored->members.empty());
        QCOMPARE(bench.stored->protocolType, std::string("consumer"));
        QVERIFY(!bench.stored->protocol);
        QVERIFY(!bench.stored->leader);
        QCOMPARE(bench.group.sizeBytes(), std::size_t{0});
    }

    void leavingWhileParkedAnswersTheParkedRequest() {
        GroupBench bench;
        bench.joinTwo();
        const auto waiting = bench.sync(bench.syncOf("b", 1));
        QCOMPARE(bench.leave("b"), C::None);
        QCOMPARE(bench.syncs.at(waiting).error, C::UnknownMemberId);
    }

    void votesChooseAmongWhatAllKnow() {
        GroupBench bench;
        bench.settings.initialRebalanceDelay = 1s;
        auto request = bench.joinOf("", "a");
        request.protocols = {{"own", ""}, {"sticky", "s"}, {"range", "r"}};
        bench.join(request);
        request.freshId = "b";
        request.protocols = {{"range", "r"}, {"sticky", "s"}};
        const auto b = bench.join(request);
        request.freshId = "c";
        bench.join(request);
        bench.advance(2s);
        QCOMPARE(bench.joins.at(b).protocol, std::optional<std::string>("range"));
    }

    void aGroupTakesNoMoreThanItsMaximum() {
        GroupBench bench;
        bench.settings.maxSize = 2;
        bench.joinTwo();
        QCOMPARE(bench.joins.at(bench.join(bench.joinOf("", "c"))).error, C::GroupMaxSizeReached);
        bench.syncTwo();
        QCOMPARE(bench.joins.at(bench.join(bench.joinOf("", "c"))).error, C::GroupMaxSizeReached);
        QVERIFY(bench.group.is(S::Stable));
    }

    void aRepeatedJoinTakesThePlaceOfTheParkedOne() {
        GroupBench bench;
        bench.joinTwo();
        bench.syncTwo();
        const auto first = bench.join(bench.joinOf("a"));
        const auto second = bench.join(bench.joinOf("a"));
        QCOMPARE(bench.joins.at(first).error, C::RebalanceInProgress);
        bench.join(bench.joinOf("b"));
        QCOMPARE(bench.joins.at(second).error, C::None);
    }

    void aStoredGroupComesBackStableAndMustBeHeardOf() {
        GroupBench bench;
        bench.joinTwo();
        bench.syncTwo();
        GroupEffects effects;
        Group restored(bench.settings, *bench.stored, bench.now, effects);
        QVERIFY(restored.is(S::Stable));
        QCOMPARE(restored.generation(), 1);
        QCOMPARE(restored.leader(), std::optional<std::string>("a"));
        QCOMPARE(restored.members().at("b").assignment, Bytes("B"));
        QCOMPARE(restored.heartbeat({.memberId = "b", .instanceId = {}, .generation = 1}, bench.now), C::None);
        bench.now.steady += 11s;
        restored.tick(bench.now, effects);
        QVERIFY(restored.is(S::Empty));
        QCOMPARE(restored.generation(), 2);
    }

    void topicsThatMembersReadAreKnown() {
        const Bytes airports("\x00\x01\x00\x00\x00\x02\x00\x08"
                             "airports\x00\x07"
                             "flights\x00\x00\x00\x00",
                             27);
        GroupBench bench;
        bench.join(bench.joinOf("", "a", airports));
        bench.advance(1ms);
        QVERIFY(bench.group.subscribesTo("flights"));
        QVERIFY(!bench.group.subscribesTo("quakes"));
        QVERIFY(bench.group.subscribedTopics().has_value());
        GroupBench opaque;
        opaque.join(opaque.joinOf("", "a", "\x00"));
        opaque.advance(1ms);
        QVERIFY(opaque.group.subscribesTo("quakes")); // unreadable: it may be
    }
};

QTEST_GUILESS_MAIN(GroupMembersTest)
#include "group_members_test.moc"
