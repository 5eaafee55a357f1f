// SPDX-License-Identifier: Apache-2.0
// Each group API in each version that is served, through bytes in both directions.
#include <QtTest>

#ifndef Q_MOC_RUN // moc 6.4 can't read C++23's <chrono>
#include "unit/backbone/broker_group/handler_bench.h"
#include "wire/messages/delete_groups.h"
#include "wire/messages/describe_groups.h"
#include "wire/messages/find_coordinator.h"
#include "wire/messages/heartbeat.h"
#include "wire/messages/join_group.h"
#include "wire/messages/leave_group.h"
#include "wire/messages/list_groups.h"
#include "wire/messages/offset_commit.h"
#include "wire/messages/offset_delete.h"
#include "wire/messages/offset_fetch.h"
#include "wire/messages/sync_group.h"
#endif

using namespace meshbone;
using namespace meshbone::backbone;
using namespace meshbone::backbone::broker;
using C = wire::KafkaCode;

namespace {
constexpr auto kFlights = std::string_view("\x00\x00\x00\x00\x00\x01\x00\x07"
                                           "flights\xff\xff\xff\xff",
                                           19);

template <class Message>
void eachVersion() {
    QTest::addColumn<int>("version");
    for (int version = Message::kVersions.min; version <= Message::kVersions.max; ++version) {
        QTest::addRow("v%d", version) << version;
    }
}

wire::JoinGroupRequest joinRequest(std::string_view memberId = "") {
    wire::JoinGroupRequest request;
    request.groupId = "g";
    request.sessionTimeoutMs = 10'000;
    request.rebalanceTimeoutMs = 60'000;
    request.memberId = memberId;
    request.protocolType = "consumer";
    request.protocols = {{"range", kFlights}};
    return request;
}

/// Joins and syncs one member in the newest versions; returns its id.
std::string makeStable(HandlerBench& bench) {
    bench.settings.initialRebalanceDelay = std::chrono::milliseconds(0);
    return bench.stable("g");
}
} // namespace

class GroupVersionsTest : public QObject {
    Q_OBJECT

private slots:
    void join_data() { eachVersion<wire::JoinGroupRequest>(); }
    void join() {
        QFETCH(int, version);
        HandlerBench bench;
        auto response = bench.call<wire::JoinGroupResponse>(joinRequest(), version);
        QVERIFY(response);
        if (version >= 4) {
            QCOMPARE(response->errorCode, C::MemberIdRequired);
            const auto memberId = response->memberId;
            response = bench.call<wire::JoinGroupResponse>(joinRequest(memberId), version);
            QCOMPARE(response->memberId, memberId);
        }
        QCOMPARE(response->errorCode, C::None);
        QCOMPARE(response->generationId, 1);
        QCOMPARE(response->leader, response->memberId);
        QCOMPARE(response->members.size(), std::size_t{1});
        QCOMPARE(response->members[0].metadata, std::string(kFlights));
        QCOMPARE(response->protocolName, std::optional<std::string>("range"));
        QCOMPARE(response->protocolType, version >= 7 ? std::optional<std::string>("consumer") : std::nullopt);
        QVERIFY(response->memberId.starts_with("app-"));
        const auto& member = bench.groups->find("g")->members().begin()->second;
        QCOMPARE(member.rebalanceTimeout.count(), version == 0 ? 10'000 : 60'000);
        QCOMPARE(member.clientHost, std::string("/127.0.0.1"));
    }

    void joinRefused_data() { eachVersion<wire::JoinGroupRequest>(); }
    void joinRefused() {
        QFETCH(int, version);
        HandlerBench bench;
        const auto response = bench.call<wire::JoinGroupResponse>(joinRequest("unknown"), version);
        QCOMPARE(response->errorCode, C::UnknownMemberId);
        QCOMPARE(response->generationId, -1);
        QCOMPARE(response->protocolName, version >= 7 ? std::nullopt : std::optional<std::string>(""));
        bench.access.forbidden.insert("g");
        QCOMPARE(bench.call<wire::JoinGroupResponse>(joinRequest(), version)->errorCode, C::GroupAuthorizationFailed);
    }

    void sync_data() { eachVersion<wire::SyncGroupRequest>(); }
    void sync() {
        QFETCH(int, version);
        HandlerBench bench;
        const auto member = bench.join("g", bench.joinOf())->memberId;
        wire::SyncGroupRequest request;
        request.groupId = "g";
        request.generationId = 1;
        request.memberId = member;
        request.assignments = {{member, "mine"}};
        if (version >= 5) {
            QCOMPARE(bench.call<wire::SyncGroupResponse>(request, version)->errorCode, C::InconsistentGroupProtocol);
            request.protocolType = "consumer";
            request.protocolName = "range";
        }
        const auto response = bench.call<wire::SyncGroupResponse>(request, version);
        QCOMPARE(response->errorCode, C::None);
        QCOMPARE(response->assignment, std::string("mine"));
        QCOMPARE(response->protocolName, version >= 5 ? std::optional<std::string>("range") : std::nullopt);
        bench.access.forbidden.insert("g");
        QCOMPARE(bench.call<wire::SyncGroupResponse>(request, version)->errorCode, C::GroupAuthorizationFailed);
    }

    void heartbeat_data() { eachVersion<wire::HeartbeatRequest>(); }
    void heartbeat() {
        QFETCH(int, version);
        HandlerBench bench;
        const auto member = makeStable(bench);
        wire::HeartbeatRequest request;
        request.groupId = "g";
        request.generationId = 1;
        request.memberId = member;
        QCOMPARE(bench.call<wire::HeartbeatResponse>(request, version)->errorCode, C::None);
        request.generationId = 2;
        QCOMPARE(bench.call<wire::HeartbeatResponse>(request, version)->errorCode, C::IllegalGeneration);
        bench.access.forbidden.insert("g");
        QCOMPARE(bench.call<wire::HeartbeatResponse>(request, version)->errorCode, C::GroupAuthorizationFailed);
    }

    void leave_data() { eachVersion<wire::LeaveGroupRequest>(); }
    void leave() {
        QFETCH(int, version);
        HandlerBench bench;
        const auto member = makeStable(bench);
        wire::LeaveGroupRequest request;
        request.groupId = "g";
        request.memberId = member;
        request.members = {{"stranger", std::nullopt, std::nullopt}, {member, std::nullopt, "done"}};
        const auto response = bench.call<wire::LeaveGroupResponse>(request, version);
        QCOMPARE(response->errorCode, C::None);
        if (version >= 3) {
            QCOMPARE(response->members.at(0).errorCode, C::UnknownMemberId);
            QCOMPARE(response->members.at(1).errorCode, C::None);
            QCOMPARE(response->members.at(1).memberId, member);
        } else {
            QCOMPARE(bench.call<wire::LeaveGroupResponse>(request, version)->errorCode, C::UnknownMemberId);
        }
        QVERIFY(bench.groups->find("g")->is(GroupState::Empty));
        request.groupId = "";
        QCOMPARE(bench.call<wire::LeaveGroupResponse>(request, version)->errorCode, C::InvalidGroupId);
    }

    void commit_data() { eachVersion<wire::OffsetCommitRequest>(); }
    void commit() {
        QFETCH(int, version);
        HandlerBench bench;
        bench.access.forbidden.insert("quakes");
        wire::OffsetCommitRequest request;
        request.groupId = "g";
        request.topics = {
            {"quakes", {{Partition(0), Offset(1), LeaderEpoch(1), "x"}}},
            {"flights", {{Partition(3), Offset(7), LeaderEpoch(2), "note"}, {Partition(9), Offset(1), {}, {}}}}};
        if (version <= 4) {
            request.retentionTimeMs = 1'000;
        }
        const auto response = bench.call<wire::OffsetCommitResponse>(request, version);
        QCOMPARE(response->topics.at(0).name, std::string("quakes"));
        QCOMPARE(response->topics.at(0).partitions.at(0).errorCode, C::TopicAuthorizationFailed);
        QCOMPARE(response->topics.at(1).partitions.at(0).errorCode, C::None);
        QCOMPARE(response->topics.at(1).partitions.at(1).errorCode, C::UnknownTopicOrPartition);
        const auto* const offset = bench.groups->offsetsOf("g").find("flights", 3);
        QCOMPARE(offset->offset.value(), 7);
        QCOMPARE(offset->metadata, std::string("note"));
        QCOMPARE(offset->leaderEpoch.value(), version >= 6 ? 2 : -1);
        QCOMPARE(offset->expiresAtMs.has_value(), version <= 4);
        request.groupId = "unknown";
        request.generationIdOrMemberEpoch = 3;
        request.memberId = "m";
        QCOMPARE(bench.call<wire::OffsetCommitResponse>(request, version)->topics.at(1).partitions.at(0).errorCode,
                 version >= 9 ? C::GroupIdNotFound : C::IllegalGeneration);
        bench.access.forbidden.insert("unknown");
        QCOMPARE(bench.call<wire::OffsetCommitResponse>(request, version)->topics.at(1).partitions.at(0).errorCode,
                 C::GroupAuthorizationFailed);
    }

    void fetch_data() { eachVersion<wire::OffsetFetchRequest>(); }
    void fetch() {
        QFETCH(int, version);
        HandlerBench bench;
        bench.commit("g", {bench.offsetOf("flights", 1, 7, "note"), bench.offsetOf("quakes", 0, 8)});
        if (version < 8) {
            fetchOne(bench, version);
        } else {
            fetchSeveral(bench, version);
        }
    }

    void remove_data() { eachVersion<wire::OffsetDeleteRequest>(); }
    void remove() {
        QFETCH(int, version);
        HandlerBench bench;
        bench.commit("g", {bench.offsetOf("flights", 1, 7), bench.offsetOf("quakes", 0, 8)});
        bench.access.forbidden.insert("quakes");
        wire::OffsetDeleteRequest request;
        request.groupId = "g";
        request.topics = {{"flights", {{Partition(1)}, {Partition(2)}}}, {"quakes", {{Partition(0)}}}};
        const auto response = bench.call<wire::OffsetDeleteResponse>(request, version);
        QCOMPARE(response->errorCode, C::None);
        QCOMPARE(response->topics.at(0).partitions.at(0).errorCode, C::None);
        QCOMPARE(response->topics.at(1).partitions.at(0).errorCode, C::TopicAuthorizationFailed);
        QCOMPARE(bench.committed("g", "flights", 1), -1);
        QCOMPARE(bench.committed("g", "quakes", 0), 8);
        request.groupId = "none";
        QCOMPARE(bench.call<wire::OffsetDeleteResponse>(request, version)->errorCode, C::GroupIdNotFound);
    }

    void list_data() { eachVersion<wire::ListGroupsRequest>(); }
    void list() {
        QFETCH(int, version);
        HandlerBench bench;
        bench.stable("g");
        bench.commit("simple", {bench.offsetOf("flights", 0, 1)});
        wire::ListGroupsRequest request;
        const auto all = bench.call<wire::ListGroupsResponse>(request, version);
        QCOMPARE(all->groups.size(), std::size_t{2});
        QCOMPARE(all->groups[0].groupId, std::string("g"));
        QCOMPARE(all->groups[0].protocolType, std::string("consumer"));
        QCOMPARE(all->groups[1].protocolType, std::string(""));
        QCOMPARE(all->groups[0].groupState, std::string(version >= 4 ? "Stable" : ""));
        QCOMPARE(all->groups[0].groupType, std::string(version >= 5 ? "classic" : ""));
        request.statesFilter = {"stable"};
        request.typesFilter = {"Classic"};
        const auto some = bench.call<wire::ListGroupsResponse>(request, version);
        QCOMPARE(some->groups.size(), std::size_t(version >= 4 ? 1 : 2));
        request.typesFilter = {"consumer"};
        QCOMPARE(bench.call<wire::ListGroupsResponse>(request, version)->groups.empty(), version >= 5);
        bench.access.forbidden = {"kafka-cluster", "simple"};
        QCOMPARE(bench.call<wire::ListGroupsResponse>(wire::ListGroupsRequest{}, version)->groups.size(),
                 std::size_t{1});
    }

    void describe_data() { eachVersion<wire::DescribeGroupsRequest>(); }
    void describe() {
        QFETCH(int, version);
        HandlerBench bench;
        const auto member = makeStable(bench);
        bench.commit("simple", {bench.offsetOf("flights", 0, 1)});
        wire::DescribeGroupsRequest request;
        request.groups = {"g", "simple", "none"};
        request.includeAuthorizedOperations = version >= 3;
        const auto response = bench.call<wire::DescribeGroupsResponse>(request, version);
        const auto& stable = response->groups.at(0);
        QCOMPARE(stable.groupState, std::string("Stable"));
        QCOMPARE(stable.protocolData, std::string("range"));
        QCOMPARE(stable.members.at(0).memberId, member);
        QCOMPARE(stable.members.at(0).memberMetadata, std::string("topics"));
        QCOMPARE(stable.members.at(0).memberAssignment, std::string("all"));
        QCOMPARE(stable.authorizedOperations, version >= 3 ? 1 << 3 | 1 << 6 | 1 << 8 : wire::kNoAuthorizedOperations);
        QCOMPARE(response->groups.at(1).groupState, std::string("Empty"));
        QCOMPARE(response->groups.at(2).groupState, std::string("Dead"));
        QCOMPARE(response->groups.at(2).errorCode, version >= 6 ? C::GroupIdNotFound : C::None);
        bench.access.forbidden.insert("g");
        QCOMPARE(bench.call<wire::DescribeGroupsResponse>(request, version)->groups.at(0).errorCode,
                 C::GroupAuthorizationFailed);
    }

    void deleteGroups_data() { eachVersion<wire::DeleteGroupsRequest>(); }
    void deleteGroups() {
        QFETCH(int, version);
        HandlerBench bench;
        makeStable(bench);
        bench.commit("simple", {bench.offsetOf("flights", 0, 1)});
        bench.access.forbidden.insert("secret");
        wire::DeleteGroupsRequest request;
        request.groupsNames = {"secret", "g", "simple", "none"};
        const auto response = bench.call<wire::DeleteGroupsResponse>(request, version);
        QCOMPARE(response->results.at(0).errorCode, C::GroupAuthorizationFailed);
        QCOMPARE(response->results.at(1).errorCode, C::NonEmptyGroup);
        QCOMPARE(response->results.at(2).errorCode, C::None);
        QCOMPARE(response->results.at(3).errorCode, C::GroupIdNotFound);
        QCOMPARE(response->results.at(3).groupId, std::string("none"));
    }

    void findCoordinator_data() { eachVersion<wire::FindCoordinatorRequest>(); }
    void findCoordinator() {
        QFETCH(int, version);
        HandlerBench bench;
        bench.access.forbidden.insert("secret");
        wire::FindCoordinatorRequest request;
        request.key = "g";
        request.coordinatorKeys = {"g", "secret"};
        const auto response = bench.call<wire::FindCoordinatorResponse>(request, version);
        if (version >= 4) {
            QCOMPARE(response->coordinators.at(0).nodeId, 1);
            QCOMPARE(response->coordinators.at(0).host, std::string("127.0.0.1"));
            QCOMPARE(response->coordinators.at(0).port, 9092);
            QCOMPARE(response->coordinators.at(1).errorCode, C::GroupAuthorizationFailed);
            QCOMPARE(response->coordinators.at(1).nodeId, -1);
        } else {
            QCOMPARE(response->nodeId, 1);
            QCOMPARE(response->port, 9092);
            request.key = "secret";
            QCOMPARE(bench.call<wire::FindCoordinatorResponse>(request, version)->errorCode,
                     C::GroupAuthorizationFailed);
        }
        if (version >= 1) {
            request.keyType = 7;
            const auto odd = bench.call<wire::FindCoordinatorResponse>(request, version);
            QCOMPARE(version >= 4 ? odd->coordinators.at(0).errorCode : odd->errorCode, C::InvalidRequest);
        }
    }

private:
    static void fetchOne(HandlerBench& bench, int version) {
        wire::OffsetFetchRequest request;
        request.groupId = "g";
        request.topics = {{{"flights", {Partition(1), Partition(2)}}}};
        auto response = bench.call<wire::OffsetFetchResponse>(request, version);
        QCOMPARE(response->topics.at(0).partitions.at(0).committedOffset.value(), 7);
        QCOMPARE(response->topics.at(0).partitions.at(0).metadata, std::optional<std::string>("note"));
        QCOMPARE(response->topics.at(0).partitions.at(0).committedLeaderEpoch.value(), version >= 5 ? 3 : -1);
        QCOMPARE(response->topics.at(0).partitions.at(1).committedOffset.value(), -1);
        QCOMPARE(response->topics.at(0).partitions.at(1).errorCode, C::None);
        bench.access.forbidden.insert("flights");
        QCOMPARE(bench.call<wire::OffsetFetchResponse>(request, version)->topics.at(0).partitions.at(0).errorCode,
                 C::TopicAuthorizationFailed);
        request.groupId = "secret";
        bench.access.forbidden = {"secret"};
        response = bench.call<wire::OffsetFetchResponse>(request, version);
        QCOMPARE(version >= 2 ? response->errorCode : response->topics.at(0).partitions.at(0).errorCode,
                 C::GroupAuthorizationFailed);
        if (version >= 2) {
            request.groupId = "g";
            request.topics.reset();
            QCOMPARE(bench.call<wire::OffsetFetchResponse>(request, version)->topics.size(), std::size_t{2});
            request.groupId = "none";
            response = bench.call<wire::OffsetFetchResponse>(request, version);
            QCOMPARE(response->errorCode, C::None); // an unknown group has no offsets; that is no error
            QVERIFY(response->topics.empty());
        }
    }

    static void fetchSeveral(HandlerBench& bench, int version) {
        wire::OffsetFetchRequest request;
        request.requireStable = true;
        request.groups.resize(4);
        request.groups[0].groupId = "g";
        request.groups[0].topics = {{{"flights", {Partition(1), Partition(2)}}}};
        request.groups[1].groupId = "g"; // null topics: all
        request.groups[2].groupId = "none";
        request.groups[3].groupId = "secret";
        bench.access.forbidden.insert("secret");
        const auto response = bench.call<wire::OffsetFetchResponse>(request, version);
        QCOMPARE(response->groups.size(), std::size_t{4});
        const auto& asked = response->groups[0].topics.at(0).partitions;
        QCOMPARE(asked.at(0).committedOffset.value(), 7);
        QCOMPARE(asked.at(0).committedLeaderEpoch.value(), 3);
        QCOMPARE(asked.at(1).committedOffset.value(), -1);
        QCOMPARE(response->groups[1].topics.size(), std::size_t{2});
        QVERIFY(response->groups[2].topics.empty());
        QCOMPARE(response->groups[2].errorCode, C::None);
        QCOMPARE(response->groups[3].errorCode, C::GroupAuthorizationFailed);
    }
};

QTEST_GUILESS_MAIN(GroupVersionsTest)
#include "group_versions_test.moc"
