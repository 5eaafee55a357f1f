// SPDX-License-Identifier: Apache-2.0
#include "unit/backbone/broker_group/coordinator_bench.h"

#include <QtTest>

using namespace meshbone;
using namespace meshbone::backbone::broker;
using namespace std::chrono_literals;
using C = KafkaCode;
using Codes = std::vector<KafkaCode>;

class CoordinatorTest : public QObject {
    Q_OBJECT

private slots:
    void requestsAreCheckedBeforeAGroupSeesThem() {
        CoordinatorBench bench;
        QCOMPARE(bench.join("", bench.joinOf())->error, C::InvalidGroupId);
        QCOMPARE(bench.join("g", bench.joinOf("unknown"))->error, C::UnknownMemberId);
        auto hasty = bench.joinOf();
        hasty.sessionTimeout = 5'999ms;
        QCOMPARE(bench.join("g", hasty)->error, C::InvalidSessionTimeout);
        hasty.sessionTimeout = 1'800'001ms;
        QCOMPARE(bench.join("g", hasty)->error, C::InvalidSessionTimeout);
        QCOMPARE(bench.sync("", GroupBench::syncOf("m", 1))->error, C::InvalidGroupId);
        QCOMPARE(bench.sync("g", GroupBench::syncOf("m", 1))->error, C::UnknownMemberId);
        QCOMPARE(bench.groups->heartbeat("", {"m", {}, 1}), C::InvalidGroupId);
        QCOMPARE(bench.groups->heartbeat("g", {"m", {}, 1}), C::UnknownMemberId);
        QCOMPARE(bench.groups->leave("g", {{"m", {}}, {"n", {}}}), (Codes{C::UnknownMemberId, C::UnknownMemberId}));
        QVERIFY(bench.groups->find("g") == nullptr); // none of them left a group behind
    }

    void memberIdsBeginWithTheClientOrTheInstance() {
        CoordinatorBench bench;
        const auto joined = bench.join("g", bench.joinOf());
        QVERIFY(joined->memberId.starts_with("client-"));
        QCOMPARE(joined->memberId.size(), std::string("client-").size() + 36);
        auto fixed = bench.joinOf();
        fixed.instanceId = "host-1";
        const auto other = bench.join("h", fixed);
        QVERIFY(other->memberId.starts_with("host-1-"));
    }

    void sessionsRunOnTheCoordinatorsTimer() {
        CoordinatorBench bench;
        const auto member = bench.stable("g");
        bench.advance(8s);
        QCOMPARE(bench.groups->heartbeat("g", {member, {}, 1}), C::None);
        bench.advance(8s);
        QCOMPARE(bench.groups->heartbeat("g", {member, {}, 1}), C::None);
        bench.advance(11s);
        QVERIFY(bench.groups->find("g")->is(GroupState::Empty));
        QCOMPARE(bench.groups->heartbeat("g", {member, {}, 1}), C::UnknownMemberId);
    }

    void aGroupThatNobodyEnteredIsForgotten() {
        CoordinatorBench bench;
        auto request = bench.joinOf();
        request.needsKnownId = true;
        QCOMPARE(bench.join("g", request)->error, C::MemberIdRequired);
        QVERIFY(bench.groups->find("g") != nullptr);
        bench.advance(11s);
        QVERIFY(bench.groups->find("g") == nullptr);
        auto wrong = bench.joinOf();
        wrong.protocols.clear();
        QCOMPARE(bench.join("g", wrong)->error, C::InconsistentGroupProtocol);
        QVERIFY(bench.groups->find("g") == nullptr);
    }

    void protocolsWithOneNameCountOnce() {
        CoordinatorBench bench;
        auto request = bench.joinOf();
        request.protocols = {{"range", "first"}, {"range", "second"}};
        const auto joined = bench.join("g", request);
        QCOMPARE(joined->error, C::None);
        QCOMPARE(joined->members.at(0).metadata, Bytes("first"));
        bench.groups->leave("g", {{joined->memberId, {}}});
        QVERIFY(bench.groups->find("g")->is(GroupState::Empty));
    }

    void offsetsAreCheckedOneByOne() {
        CoordinatorBench bench;
        bench.settings.offsetMetadataMaxBytes = 4;
        const auto codes =
            bench.commit("g", {bench.offsetOf("flights", 0, 1), bench.offsetOf("nothing", 0, 1),
                               bench.offsetOf("flights", 4, 1), bench.offsetOf("flights", -1, 1),
                               bench.offsetOf("quakes", 1, 2, "12345"), bench.offsetOf("quakes", 2, 3, "1234")});
        QCOMPARE(*codes, (Codes{C::None, C::UnknownTopicOrPartition, C::UnknownTopicOrPartition,
                                C::UnknownTopicOrPartition, C::OffsetMetadataTooLarge, C::None}));
        QCOMPARE(bench.committed("g", "flights", 0), 1);
        QCOMPARE(bench.committed("g", "quakes", 1), -1);
        QCOMPARE(bench.groups->offsetsOf("g").find("quakes", 2)->metadata, std::string("1234"));
        QCOMPARE(bench.groups->offsetsOf("g").find("quakes", 2)->leaderEpoch.value(), 3);
    }

    void aCommitIsAnsweredWhenItIsDurable() {
        CoordinatorBench bench;
        bench.log.atOnce = false;
        QVERIFY(!bench.commit("g", {bench.offsetOf("flights", 0, 5)}));
        QCOMPARE(bench.committed("g", "flights", 0), -1);
        std::optional<Codes> second;
        bench.groups->commit("g", {}, {bench.offsetOf("flights", 0, 6)}, C::IllegalGeneration,
                             [&](Codes codes) { second = std::move(codes); });
        bench.log.flush();
        QCOMPARE(*second, Codes{C::None});
        QCOMPARE(bench.committed("g", "flights", 0), 6);
    }

    void aCommitThatCannotBeStoredIsNotSeen() {
        CoordinatorBench bench;
        bench.commit("g", {bench.offsetOf("flights", 0, 5)});
        bench.log.atOnce = false;
        std::optional<Codes> codes;
        bench.groups->commit("g", {}, {bench.offsetOf("flights", 0, 6), bench.offsetOf("nothing", 0, 1)},
                             C::IllegalGeneration, [&](Codes answer) { codes = std::move(answer); });
        bench.log.flush(fail(ErrorCode::Exhausted, "The disk is full."));
        QCOMPARE(*codes, (Codes{C::CoordinatorNotAvailable, C::UnknownTopicOrPartition}));
        QCOMPARE(bench.committed("g", "flights", 0), 5);
    }

    void commitsNeedTheirGeneration() {
        CoordinatorBench bench;
        QCOMPARE(*bench.commit("g", {bench.offsetOf("flights", 0, 1)}, {"m", {}, 3}), Codes{C::IllegalGeneration});
        const auto member = bench.stable("g");
        const auto flights = [&] { return std::vector{bench.offsetOf("flights", 0, 9)}; };
        QCOMPARE(*bench.commit("g", flights(), {member, {}, 1}), Codes{C::None});
        QCOMPARE(*bench.commit("g", flights(), {member, {}, 2}), Codes{C::IllegalGeneration});
        QCOMPARE(*bench.commit("g", flights(), {"other", {}, 1}), Codes{C::UnknownMemberId});
        QCOMPARE(*bench.commit("g", flights(), {"", {}, -1}), Codes{C::UnknownMemberId});
        bench.groups->leave("g", {{member, {}}});
        QCOMPARE(*bench.commit("g", flights(), {"", {}, -1}), Codes{C::None}); // an admin, on an empty group
    }

    void offsetsOfTopicsThatAreReadCannotBeDeleted() {
        const Bytes flights("\x00\x00\x00\x00\x00\x01\x00\x07"
                            "flights\xff\xff\xff\xff",
                            19);
        CoordinatorBench bench;
        auto request = bench.joinOf();
        request.protocols = {{"range", flights}};
        const auto joined = bench.join("g", request);
        const auto synced = bench.sync("g", GroupBench::syncOf(joined->memberId, 1));
        QCOMPARE(synced->error, C::None);
        bench.commit("g", {bench.offsetOf("flights", 0, 1), bench.offsetOf("quakes", 0, 1)}, {joined->memberId, {}, 1});
        std::pair<KafkaCode, Codes> result;
        const auto take = [&](KafkaCode code, Codes codes) { result = {code, std::move(codes)}; };
        bench.groups->deleteOffsets("g", {{"flights", Partition(0)}, {"quakes", Partition(0)}}, take);
        bench.settle();
        QCOMPARE(result.first, C::None);
        QCOMPARE(result.second, (Codes{C::GroupSubscribedToTopic, C::None}));
        QCOMPARE(bench.committed("g", "flights", 0), 1);
        QCOMPARE(bench.committed("g", "quakes", 0), -1);
        bench.groups->deleteOffsets("none", {}, take);
        QCOMPARE(result.first, C::GroupIdNotFound);
    }

    void groupsAreDeletedWhenTheyAreEmpty() {
        CoordinatorBench bench;
        bench.stable("busy");
        bench.commit("idle", {bench.offsetOf("flights", 0, 1)});
        QCOMPARE(*bench.remove({"busy", "idle", "none", "idle"}),
                 (Codes{C::NonEmptyGroup, C::None, C::GroupIdNotFound, C::GroupIdNotFound}));
        QVERIFY(bench.groups->find("idle") == nullptr);
        QCOMPARE(bench.committed("idle", "flights", 0), -1);
        QCOMPARE(*bench.remove({}), Codes{});
    }

    void aDeletionThatCannotBeStoredIsUndone() {
        CoordinatorBench bench;
        bench.commit("idle", {bench.offsetOf("flights", 0, 1)});
        bench.log.atOnce = false;
        std::optional<Codes> codes;
        bench.groups->deleteGroups({"idle"}, [&](Codes answer) { codes = std::move(answer); });
        QVERIFY(bench.groups->find("idle") == nullptr); // on its way out
        QCOMPARE(*bench.commit("idle", {bench.offsetOf("flights", 0, 2)}), Codes{C::CoordinatorNotAvailable});
        bench.log.flush(fail(ErrorCode::Exhausted, "The disk is full."));
        QCOMPARE(*codes, Codes{C::CoordinatorNotAvailable});
        QCOMPARE(bench.committed("idle", "flights", 0), 1);
    }

    void boundsHold() {
        CoordinatorBench bench;
        bench.limits.groups = 2;
        bench.limits.membersPerGroup = 2;
        bench.restart();
        auto request = bench.joinOf();
        request.needsKnownId = true;
        QCOMPARE(bench.join("g", request)->error, C::MemberIdRequired);
        QCOMPARE(bench.join("g", request)->error, C::MemberIdRequired);
        QCOMPARE(bench.join("g", request)->error, C::GroupMaxSizeReached);
        QCOMPARE(bench.join("h", request)->error, C::MemberIdRequired);
        QCOMPARE(bench.join("i", request)->error, C::GroupMaxSizeReached);
        QCOMPARE(*bench.commit("i", {bench.offsetOf("flights", 0, 1)}), Codes{C::InvalidCommitOffsetSize});
        bench.advance(11s); // the ids lapse, and so do the groups
        QCOMPARE(bench.join("i", request)->error, C::MemberIdRequired);
    }

    void memoryIsBounded() {
        CoordinatorBench bench;
        bench.limits.sizeBytes = 100'000;
        bench.restart();
        auto large = bench.joinOf();
        large.protocols = {{"range", Bytes(60'000, 'x')}};
        QCOMPARE(bench.join("g", large)->error, C::None);
        QCOMPARE(bench.join("h", large)->error, C::GroupMaxSizeReached);
        QVERIFY(bench.groups->find("h") == nullptr);
        bench.advance(11s); // the large member is gone
        QCOMPARE(bench.join("h", large)->error, C::None);
        int refused = 0;
        for (int i = 0; i < 200; ++i) {
            const auto codes =
                bench.commit("s" + std::to_string(i), {bench.offsetOf("flights", 0, 1, std::string(1000, 'm'))});
            refused += codes->front() == C::InvalidCommitOffsetSize ? 1 : 0;
        }
        QVERIFY(refused > 150);
    }

    void aGroupTooLargeToBeStoredSaysSo() {
        CoordinatorBench bench;
        bench.limits.groupRecordBytes = 10'000;
        bench.restart();
        const auto joined = bench.join("g", bench.joinOf());
        auto request = GroupBench::syncOf(joined->memberId, 1);
        request.assignments = {{joined->memberId, Bytes(20'000, 'x')}};
        std::optional<SyncAnswer> answer;
        bench.groups->sync("g", request, [&](SyncAnswer given) { answer = std::move(given); });
        bench.timers.advance(0ms);
        QCOMPARE(answer->error, C::UnknownServerError);
    }

    void callbacksAfterTheCoordinatorIsGoneAreDropped() {
        CoordinatorBench bench;
        bench.log.atOnce = false;
        bool called = false;
        bench.groups->commit("g", {}, {bench.offsetOf("flights", 0, 1)}, C::IllegalGeneration,
                             [&](Codes) { called = true; });
        bench.groups.reset();
        bench.log.flush();
        bench.timers.advance(std::chrono::hours(1));
        QVERIFY(!called);
    }
};

QTEST_GUILESS_MAIN(CoordinatorTest)
#include "coordinator_test.moc"
