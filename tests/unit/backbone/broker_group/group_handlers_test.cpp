// SPDX-License-Identifier: Apache-2.0
// What concerns all handlers: answers that wait, requests that are broken, and what observers are told.
#include <QtTest>

#ifndef Q_MOC_RUN // moc 6.4 can't read C++23's <chrono>
#include "unit/backbone/broker_group/handler_bench.h"
#include "wire/messages/heartbeat.h"
#include "wire/messages/join_group.h"
#include "wire/messages/offset_commit.h"
#endif

#include <random>

using namespace meshbone;
using namespace meshbone::backbone;
using namespace meshbone::backbone::broker;
using C = wire::KafkaCode;

namespace {
wire::JoinGroupRequest joinRequest(std::string_view memberId) {
    wire::JoinGroupRequest request;
    request.groupId = "g";
    request.sessionTimeoutMs = 10'000;
    request.rebalanceTimeoutMs = 60'000;
    request.memberId = memberId;
    request.protocolType = "consumer";
    request.protocols = {{"range", "topics"}};
    return request;
}
} // namespace

class GroupHandlersTest : public QObject {
    Q_OBJECT

private slots:
    void everyGroupApiHasOneHandler() {
        const HandlerBench bench;
        std::set<wire::ApiKey> keys;
        for (const auto& entry : bench.table) {
            QVERIFY(keys.insert(entry.apiKey).second);
        }
        QCOMPARE(keys.size(), std::size_t{11});
    }

    void aParkedJoinIsAnsweredWhenTheOthersAreThere() {
        HandlerBench bench;
        const auto first = bench.stable("g");
        constexpr wire::Version version = 3;
        const auto waiting =
            bench.sendBytes(wire::ApiKey::JoinGroup, version, wire::encodeBody(joinRequest(""), version));
        QVERIFY(!HandlerBench::read<wire::JoinGroupResponse>(*waiting, version));
        const auto leader = bench.call<wire::JoinGroupResponse>(joinRequest(first), version);
        QCOMPARE(leader->members.size(), std::size_t{2});
        QCOMPARE(HandlerBench::read<wire::JoinGroupResponse>(*waiting, version)->generationId, 2);
    }

    void anAnswerToAConnectionThatIsGoneGoesNowhere() {
        HandlerBench bench;
        const auto first = bench.stable("g");
        constexpr wire::Version version = 3;
        auto waiting = bench.sendBytes(wire::ApiKey::JoinGroup, version, wire::encodeBody(joinRequest(""), version));
        waiting.reset();
        QCOMPARE(bench.call<wire::JoinGroupResponse>(joinRequest(first), version)->members.size(), std::size_t{2});
    }

    void whatCannotBeReadClosesTheConnection() {
        HandlerBench bench;
        for (const auto& entry : bench.table) {
            const auto* const api = wire::findApi(entry.apiKey);
            for (auto version = api->served.min; version <= api->served.max; ++version) {
                const auto sink = bench.sendBytes(entry.apiKey, version, std::string("\xff\xff\xff", 3));
                QVERIFY(!sink->closed.empty());
                QVERIFY(sink->slot->state != net::ReplySlot::State::Ready);
            }
        }
    }

    /// Bytes of every kind, in every version: an answer, a wait or a closed connection, and the coordinator goes on.
    void randomBytesDoNoHarm() {
        const auto given = qEnvironmentVariable("MESHBONE_SEED");
        const auto seed = given.isEmpty() ? std::random_device{}() : given.toUInt();
        qInfo("MESHBONE_SEED=%u", seed);
        std::mt19937 random(seed);
        HandlerBench bench;
        const auto valid = wire::encodeBody(joinRequest(""), 3);
        for (int i = 0; i < 20'000; ++i) {
            const auto& entry = bench.table[random() % bench.table.size()];
            const auto served = wire::findApi(entry.apiKey)->served;
            const auto version = static_cast<wire::Version>(
                served.min + static_cast<int>(random() % static_cast<unsigned>(served.max - served.min + 1)));
            std::string body = random() % 2 == 0 ? valid : std::string(random() % 40, '\0');
            for (std::size_t flips = random() % 6; flips > 0 && !body.empty(); --flips) {
                body[random() % body.size()] = static_cast<char>(random());
            }
            bench.sendBytes(entry.apiKey, version, body);
        }
        QVERIFY(!bench.stable("afterwards").empty());
    }

    void observersLearnWhoCommits() {
        HandlerBench bench;
        wire::OffsetCommitRequest request;
        request.groupId = "g";
        request.topics = {{"flights", {{Partition(0), Offset(1), {}, {}}}}};
        bench.call<wire::OffsetCommitResponse>(request, 9);
        const std::vector<std::pair<Operation, std::string>> expected{{Operation::Read, "g"},
                                                                      {Operation::Read, "flights"}};
        QVERIFY(bench.access.asked == expected);
    }
};

QTEST_GUILESS_MAIN(GroupHandlersTest)
#include "group_handlers_test.moc"
