// SPDX-License-Identifier: Apache-2.0
#include <QtTest>

#ifndef Q_MOC_RUN // moc 6.4 can't read C++23's <chrono>
#include "support/broker_fixture.h"
#include "support/requests.h"
#include "wire/messages/delete_topics.h"
#include "wire/messages/metadata.h"
#include "wire/messages/offset_for_leader_epoch.h"
#endif

using namespace meshbone;
using namespace meshbone::backbone;
using namespace meshbone::testing;
using namespace meshbone::backbone::wire;

namespace {

TopicId idOf(RawClient& client, std::string_view topic) {
    MetadataRequest request;
    request.topics.emplace().push_back({{}, topic});
    return client.call<MetadataResponse>(request, 12).topics.at(0).topicId;
}

void deleteTopic(RawClient& client, std::string_view topic) {
    DeleteTopicsRequest request;
    request.topicNames = {topic};
    QCOMPARE(client.call<DeleteTopicsResponse>(request, 4).responses.at(0).errorCode, KafkaCode::None);
}

} // namespace

class FetchTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        m_fixture = std::make_unique<BrokerFixture>();
        RawClient client(m_fixture->port());
        QCOMPARE(createTopic(client, "t", 2), KafkaCode::None);
        for (const auto* value : {"a", "b", "c"}) {
            produce(client, "t", 0, batchOf({value, value}));
        }
    }
    void cleanupTestCase() { m_fixture.reset(); }

    void everyVersion() {
        RawClient client(m_fixture->port());
        const auto id = idOf(client, "t");
        QVERIFY(!id.isZero());
        for (Version version = 4; version <= 17; ++version) {
            auto request = fetchRequest("t", 0, 0);
            request.topics[0].topicId = id;
            const auto answer = client.call<FetchResponse>(request, version);
            QCOMPARE(answer.sessionId, 0);
            QCOMPARE(answer.responses.at(0).partitions.at(0).errorCode, KafkaCode::None);
            QCOMPARE(valuesIn(answer.responses[0].partitions[0].records->bytes).size(), std::size_t{6});
            QCOMPARE(answer.responses[0].partitions[0].highWatermark, Offset(6));
        }
    }

    void aMidBatchOffsetGivesTheWholeBatch() {
        RawClient client(m_fixture->port());
        const auto answer = fetch(client, "t", 0, 3);
        QCOMPARE(valuesIn(answer.records->bytes), (std::vector<std::string>{"b", "b", "c", "c"}));
    }

    void offsetsOutOfRange() {
        RawClient client(m_fixture->port());
        QCOMPARE(fetch(client, "t", 0, 7).errorCode, KafkaCode::OffsetOutOfRange);
        QCOMPARE(fetch(client, "t", 0, -1).errorCode, KafkaCode::OffsetOutOfRange);
        QCOMPARE(fetch(client, "t", 0, 6).errorCode, KafkaCode::None);
        QCOMPARE(fetch(client, "t", 5, 0).errorCode, KafkaCode::UnknownTopicOrPartition);
        QCOMPARE(fetch(client, "nowhere", 0, 0).errorCode, KafkaCode::UnknownTopicOrPartition);
    }

    void theFirstBatchComesEvenIfItIsTooLarge() {
        RawClient client(m_fixture->port());
        auto request = fetchRequest("t", 0, 0);
        request.maxBytes = 1;
        request.topics[0].partitions[0].partitionMaxBytes = 1;
        const auto answer = client.call<FetchResponse>(request, 11);
        QCOMPARE(valuesIn(answer.responses[0].partitions[0].records->bytes).size(), std::size_t{2});
        request.topics[0].partitions[0].partitionMaxBytes = 0;
        const auto none = client.call<FetchResponse>(request, 11);
        QCOMPARE(valuesIn(none.responses[0].partitions[0].records->bytes).size(), std::size_t{2});
    }

    void sessionsAreNeverMade() {
        RawClient client(m_fixture->port());
        auto request = fetchRequest("t", 0, 0);
        request.sessionEpoch = 0;
        QCOMPARE(client.call<FetchResponse>(request, 11).sessionId, 0);
        request.sessionId = 77;
        request.sessionEpoch = 1;
        QCOMPARE(client.call<FetchResponse>(request, 11).errorCode, KafkaCode::FetchSessionIdNotFound);
    }

    void unknownTopicIds() {
        RawClient client(m_fixture->port());
        auto request = fetchRequest("", 0, 0);
        request.topics[0].topicId = TopicId::random();
        const auto answer = client.call<FetchResponse>(request, 13);
        QCOMPARE(answer.responses.at(0).partitions.at(0).errorCode, KafkaCode::UnknownTopicId);
    }

    void leaderEpochsAreChecked() {
        RawClient client(m_fixture->port());
        auto request = fetchRequest("t", 0, 0);
        request.topics[0].partitions[0].currentLeaderEpoch = LeaderEpoch(5);
        QCOMPARE(client.call<FetchResponse>(request, 11).responses[0].partitions[0].errorCode,
                 KafkaCode::UnknownLeaderEpoch);
        OffsetForLeaderEpochRequest ends;
        ends.topics = {{"t", {{Partition(0), LeaderEpoch(-1), LeaderEpoch(0)}}}};
        const auto end = client.call<OffsetForLeaderEpochResponse>(ends, 3).topics.at(0).partitions.at(0);
        QCOMPARE(end.errorCode, KafkaCode::None);
        QCOMPARE(end.endOffset, Offset(6));
    }

    void aWaitingFetchIsWokenByRecords() {
        RawClient consumer(m_fixture->port());
        RawClient producer(m_fixture->port());
        QCOMPARE(createTopic(producer, "wake"), KafkaCode::None);
        const auto id = consumer.send(fetchRequest("wake", 0, 0, 8'000), 11);
        QElapsedTimer timer;
        timer.start();
        produce(producer, "wake", 0, batchOf({"news"}));
        const auto answer = consumer.receive<FetchResponse>(11, id);
        QCOMPARE(valuesIn(answer.responses[0].partitions[0].records->bytes), std::vector<std::string>{"news"});
        QVERIFY(timer.elapsed() < 4'000);
    }

    void minBytesAreWaitedForAndPatienceEnds() {
        RawClient consumer(m_fixture->port());
        RawClient producer(m_fixture->port());
        QCOMPARE(createTopic(producer, "min"), KafkaCode::None);
        const auto id = consumer.send(fetchRequest("min", 0, 0, 8'000, 500), 11);
        for (int i = 0; i < 6; ++i) {
            produce(producer, "min", 0, batchOf({std::string(60, 'x')}));
        }
        const auto answer = consumer.receive<FetchResponse>(11, id);
        QVERIFY(answer.responses[0].partitions[0].records->bytes.size() >= 500);
        QElapsedTimer timer;
        timer.start();
        const auto late = consumer.call<FetchResponse>(fetchRequest("min", 0, 0, 100, 1'000'000), 11);
        QVERIFY(timer.elapsed() >= 99);
        QVERIFY(late.responses[0].partitions[0].records->bytes.size() >= 500); // what there is, when patience ends
    }

    void manyWaitersAreAllWoken() {
        RawClient producer(m_fixture->port());
        QCOMPARE(createTopic(producer, "crowd"), KafkaCode::None);
        std::vector<std::unique_ptr<RawClient>> crowd;
        std::vector<std::int32_t> ids;
        for (int i = 0; i < 150; ++i) {
            crowd.push_back(std::make_unique<RawClient>(m_fixture->port()));
            ids.push_back(crowd.back()->send(fetchRequest("crowd", 0, 0, 8'000), 11));
        }
        produce(producer, "crowd", 0, batchOf({"all"}));
        for (std::size_t i = 0; i < crowd.size(); ++i) {
            const auto answer = crowd[i]->receive<FetchResponse>(11, ids[i]);
            QCOMPARE(valuesIn(answer.responses[0].partitions[0].records->bytes), std::vector<std::string>{"all"});
        }
    }

    void deletingATopicWakesItsFetches() {
        RawClient consumer(m_fixture->port());
        RawClient admin(m_fixture->port());
        QCOMPARE(createTopic(admin, "doomed"), KafkaCode::None);
        const auto first = idOf(admin, "doomed");
        const auto id = consumer.send(fetchRequest("doomed", 0, 0, 8'000), 11);
        QElapsedTimer timer;
        timer.start();
        deleteTopic(admin, "doomed");
        const auto answer = consumer.receive<FetchResponse>(11, id);
        QCOMPARE(answer.responses[0].partitions[0].errorCode, KafkaCode::UnknownTopicOrPartition);
        QVERIFY(timer.elapsed() < 4'000);
        QCOMPARE(createTopic(admin, "doomed"), KafkaCode::None);
        QVERIFY(idOf(admin, "doomed") != first);
    }

    void aWaitingFetchHoldsBackLaterRequestsOfItsConnection() {
        RawClient client(m_fixture->port());
        const auto waiting = client.send(fetchRequest("t", 1, 0, 150), 11);
        const auto next = client.send(fetchRequest("t", 0, 0), 11);
        client.receive<FetchResponse>(11, waiting);
        const auto answer = client.receive<FetchResponse>(11, next);
        QCOMPARE(answer.responses[0].partitions[0].highWatermark, Offset(6));
    }

private:
    std::unique_ptr<BrokerFixture> m_fixture;
};

QTEST_GUILESS_MAIN(FetchTest)
#include "fetch_test.moc"
