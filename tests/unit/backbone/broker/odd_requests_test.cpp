// SPDX-License-Identifier: Apache-2.0
#include <QtTest>

#ifndef Q_MOC_RUN // moc 6.4 can't read C++23's <chrono>
#include "support/broker_fixture.h"
#include "support/requests.h"
#include "wire/messages/alter_configs.h"
#include "wire/messages/delete_topics.h"
#include "wire/messages/describe_cluster.h"
#include "wire/messages/describe_configs.h"
#include "wire/messages/describe_groups.h"
#include "wire/messages/init_producer_id.h"
#include "wire/messages/metadata.h"
#include "wire/messages/offset_commit.h"
#include "wire/messages/offset_delete.h"
#include "wire/messages/offset_for_leader_epoch.h"
#endif

using namespace meshbone;
using namespace meshbone::testing;
using namespace meshbone::backbone::wire;

namespace {

constexpr std::int8_t kTopic = 2;

MetadataResponse metadata(RawClient& client, const std::vector<std::string_view>& topics) {
    MetadataRequest request;
    request.allowAutoTopicCreation = false;
    request.topics.emplace();
    for (const auto topic : topics) {
        request.topics->push_back({{}, topic});
    }
    return client.call<MetadataResponse>(request, 12);
}

} // namespace

/// What no usual client sends, answered as Apache Kafka does (tests/conformance/compare found each).
class OddRequestsTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        m_fixture = std::make_unique<BrokerFixture>(BrokerFixture::insecureOptions({}));
        m_client = std::make_unique<RawClient>(m_fixture->port());
        QCOMPARE(createTopic(*m_client, "t"), KafkaCode::None);
    }
    void cleanupTestCase() {
        m_client.reset();
        m_fixture.reset();
    }

    void deletingATopicByNameAndIdAtOnce() {
        QCOMPARE(createTopic(*m_client, "both"), KafkaCode::None);
        DeleteTopicsRequest request;
        request.topics = {{"both", metadata(*m_client, {"both"}).topics.at(0).topicId}, {std::nullopt, {}}};
        const auto answer = m_client->call<DeleteTopicsResponse>(request, 6);
        QCOMPARE(answer.responses.at(0).errorCode, KafkaCode::InvalidRequest);
        QCOMPARE(answer.responses.at(1).errorCode, KafkaCode::InvalidRequest);
        QCOMPARE(metadata(*m_client, {"both"}).topics.at(0).errorCode, KafkaCode::None);
    }

    void deletingATopicTwiceInOneRequest() {
        QCOMPARE(createTopic(*m_client, "twice"), KafkaCode::None);
        DeleteTopicsRequest request;
        request.topicNames = {"twice", "absent", "twice"};
        const auto answer = m_client->call<DeleteTopicsResponse>(request, 4);
        QCOMPARE(answer.responses.size(), std::size_t{2});
        QCOMPARE(answer.responses[0].errorCode, KafkaCode::InvalidRequest);
        QCOMPARE(answer.responses[1].errorCode, KafkaCode::UnknownTopicOrPartition);
        QCOMPARE(metadata(*m_client, {"twice"}).topics.at(0).errorCode, KafkaCode::None);
    }

    void aTopicThatIsAskedForTwiceIsShownOnce() {
        QCOMPARE(metadata(*m_client, {"t", "t", "absent"}).topics.size(), std::size_t{2});
    }

    void noConfigurationNamedMeansAll() {
        DescribeConfigsRequest request;
        request.resources = {{kTopic, "t", std::vector<std::string_view>{}}};
        QVERIFY(m_client->call<DescribeConfigsResponse>(request, 4).results.at(0).configs.size() > 20);
    }

    void aResourceIsAlteredOnceInARequestAndNeverToNull() {
        const auto altered = [&](const AlterConfigsRequest& request) {
            return m_client->call<AlterConfigsResponse>(request, 2).responses.at(0).errorCode;
        };
        AlterConfigsRequest request;
        request.resources = {{kTopic, "t", {{"retention.ms", std::nullopt}}}};
        QCOMPARE(altered(request), KafkaCode::InvalidRequest);
        request.resources = {{kTopic, "t", {{"retention.ms", "1"}}}, {kTopic, "t", {{"retention.ms", "2"}}}};
        QCOMPARE(altered(request), KafkaCode::InvalidRequest);
        request.resources = {{kTopic, "", {}}};
        QCOMPARE(altered(request), KafkaCode::InvalidRequest);
        request.resources = {{kTopic, "t", {{"retention.ms", "1"}}}};
        QCOMPARE(altered(request), KafkaCode::None);
    }

    void timesThatTheVersionDoesNotKnow_data() {
        QTest::addColumn<int>("version");
        QTest::addColumn<int>("time");
        QTest::addColumn<bool>("served");
        QTest::newRow("largest, 6") << 6 << -3 << false;
        QTest::newRow("largest, 7") << 7 << -3 << true;
        QTest::newRow("earliest local, 7") << 7 << -4 << false;
        QTest::newRow("earliest local, 8") << 8 << -4 << true;
        QTest::newRow("latest tiered, 8") << 8 << -5 << false;
        QTest::newRow("latest tiered, 9") << 9 << -5 << true;
        QTest::newRow("none, 10") << 10 << -6 << false;
    }
    void timesThatTheVersionDoesNotKnow() {
        QFETCH(int, version);
        QFETCH(int, time);
        QFETCH(bool, served);
        ListOffsetsRequest request;
        request.replicaId = -1;
        request.topics = {{"t", {{Partition(0), LeaderEpoch(-1), time}}}};
        const auto answer = m_client->call<ListOffsetsResponse>(request, static_cast<Version>(version));
        QCOMPARE(answer.topics.at(0).partitions.at(0).errorCode,
                 served ? KafkaCode::None : KafkaCode::UnsupportedVersion);
    }

    void anEpochThatNeverWasHasNoEnd() {
        OffsetForLeaderEpochRequest request;
        request.topics = {{"t", {{Partition(0), LeaderEpoch(-1), LeaderEpoch(99)}}}};
        const auto answer = m_client->call<OffsetForLeaderEpochResponse>(request, 4).topics.at(0).partitions.at(0);
        QCOMPARE(answer.errorCode, KafkaCode::None);
        QCOMPARE(answer.leaderEpoch, LeaderEpoch(-1));
        QCOMPARE(answer.endOffset, kNoOffset);
    }

    void aProducersIdAndEpochBelongTogether() {
        InitProducerIdRequest request;
        request.producerId = ProducerId(5);
        request.producerEpoch = ProducerEpoch(-1);
        const auto answer = m_client->call<InitProducerIdResponse>(request, 4);
        QCOMPARE(answer.errorCode, KafkaCode::InvalidRequest);
        QCOMPARE(answer.producerEpoch, ProducerEpoch(-1));
    }

    void kindsOfEndpoints() {
        const auto code = [&](std::int8_t type) {
            DescribeClusterRequest request;
            request.endpointType = type;
            return m_client->call<DescribeClusterResponse>(request, 1).errorCode;
        };
        QCOMPARE(code(1), KafkaCode::None);
        QCOMPARE(code(2), KafkaCode::MismatchedEndpointType);
        QCOMPARE(code(7), KafkaCode::UnsupportedEndpointType);
    }

    void offsetsOfWhatIsNotThereAreNotDeleted() {
        OffsetCommitRequest commit;
        commit.groupId = "g";
        commit.generationIdOrMemberEpoch = -1;
        commit.topics = {{"t", {{Partition(0), Offset(1), LeaderEpoch(-1), ""}}}};
        QCOMPARE(m_client->call<OffsetCommitResponse>(commit, 8).topics.at(0).partitions.at(0).errorCode,
                 KafkaCode::None);
        OffsetDeleteRequest request;
        request.groupId = "g";
        request.topics = {{"t", {{Partition(0)}, {Partition(9)}}}, {"absent", {{Partition(0)}}}};
        const auto answer = m_client->call<OffsetDeleteResponse>(request, 0);
        QCOMPARE(answer.topics.at(0).partitions.at(0).errorCode, KafkaCode::None);
        QCOMPARE(answer.topics.at(0).partitions.at(1).errorCode, KafkaCode::UnknownTopicOrPartition);
        QCOMPARE(answer.topics.at(1).partitions.at(0).errorCode, KafkaCode::UnknownTopicOrPartition);
    }

    void nothingMayBeDoneToAGroupThatIsNotThere() {
        DescribeGroupsRequest request;
        request.groups = {"absent"};
        request.includeAuthorizedOperations = true;
        QCOMPARE(m_client->call<DescribeGroupsResponse>(request, 6).groups.at(0).authorizedOperations, INT32_MIN);
    }

    void bytesThatAreNoBatch() {
        QCOMPARE(produce(*m_client, "t", 0, std::string(100, 'x')).errorCode, KafkaCode::CorruptMessage);
        auto old = batchOf({"v"});
        old[16] = 1; // the format's number
        QCOMPARE(produce(*m_client, "t", 0, old).errorCode, KafkaCode::UnsupportedForMessageFormat);
    }

private:
    std::unique_ptr<BrokerFixture> m_fixture;
    std::unique_ptr<RawClient> m_client;
};

QTEST_GUILESS_MAIN(OddRequestsTest)
#include "odd_requests_test.moc"
