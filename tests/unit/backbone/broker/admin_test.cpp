// SPDX-License-Identifier: Apache-2.0
#include <QtTest>

#ifndef Q_MOC_RUN // moc 6.4 can't read C++23's <chrono>
#include "support/broker_fixture.h"
#include "support/requests.h"
#include "wire/messages/create_partitions.h"
#include "wire/messages/delete_records.h"
#include "wire/messages/delete_topics.h"
#include "wire/messages/describe_cluster.h"
#include "wire/messages/describe_log_dirs.h"
#include "wire/messages/metadata.h"
#endif

using namespace meshbone;
using namespace meshbone::testing;
using namespace meshbone::backbone::wire;

namespace {

MetadataResponse::MetadataResponseTopic describe(RawClient& client, std::string_view topic, bool create = false) {
    MetadataRequest request;
    request.topics.emplace().push_back({{}, topic});
    request.allowAutoTopicCreation = create;
    return client.call<MetadataResponse>(request, 12).topics.at(0);
}

KafkaCode deleteTopic(RawClient& client, std::string_view topic) {
    DeleteTopicsRequest request;
    request.topicNames = {topic};
    return client.call<DeleteTopicsResponse>(request, 4).responses.at(0).errorCode;
}

CreateTopicsResponse::CreatableTopicResult create(RawClient& client, const CreateTopicsRequest::CreatableTopic& topic,
                                                  bool validateOnly = false) {
    CreateTopicsRequest request;
    request.topics = {topic};
    request.validateOnly = validateOnly;
    return client.call<CreateTopicsResponse>(request, 7).topics.at(0);
}

CreateTopicsRequest::CreatableTopic named(std::string_view name, std::int32_t partitions = -1,
                                          std::int16_t replicas = -1) {
    CreateTopicsRequest::CreatableTopic topic;
    topic.name = name;
    topic.numPartitions = partitions;
    topic.replicationFactor = replicas;
    return topic;
}

KafkaCode addPartitions(RawClient& client, std::string_view topic, std::int32_t total, bool validateOnly = false) {
    CreatePartitionsRequest request;
    request.topics = {{topic, total, std::nullopt}};
    request.validateOnly = validateOnly;
    const auto response = client.call<CreatePartitionsResponse>(request, 2);
    if (response.results.at(0).name != topic) {
        throw std::runtime_error("the answer must echo the topic");
    }
    return response.results[0].errorCode;
}

ListOffsetsResponse::ListOffsetsPartitionResponse offsetAt(RawClient& client, std::string_view topic,
                                                           TimestampMs time) {
    ListOffsetsRequest request;
    request.replicaId = -1;
    request.topics = {{topic, {{Partition(0), LeaderEpoch(-1), time}}}};
    return client.call<ListOffsetsResponse>(request, 7).topics.at(0).partitions.at(0);
}

} // namespace

class AdminTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        m_fixture = std::make_unique<BrokerFixture>(BrokerFixture::insecureOptions({{"num.partitions", "4"}}));
    }
    void cleanupTestCase() { m_fixture.reset(); }

    void topicNamesFollowKafkasRules() {
        RawClient client(m_fixture->port());
        for (const auto& bad : {std::string(), std::string("."), std::string(".."), std::string("a b"),
                                std::string("a/b"), std::string("ä"), std::string(250, 'x'), std::string("a\0b", 3)}) {
            QCOMPARE(createTopic(client, bad), KafkaCode::InvalidTopic);
        }
        QCOMPARE(createTopic(client, std::string(249, 'x')), KafkaCode::None);
        QCOMPARE(createTopic(client, "col.lide_s"), KafkaCode::None);
        QCOMPARE(createTopic(client, "col_lide.s"), KafkaCode::InvalidTopic);
        QCOMPARE(createTopic(client, "col.lide_s"), KafkaCode::TopicAlreadyExists);
        QCOMPARE(deleteTopic(client, "col.lide_s"), KafkaCode::None);
        QCOMPARE(createTopic(client, "col_lide.s"), KafkaCode::None);
        QCOMPARE(createTopic(client, "__consumer_offsets"), KafkaCode::InvalidTopic);
    }

    void createTopicsChecksWhatIsAsked() {
        RawClient client(m_fixture->port());
        QCOMPARE(create(client, named("r3", 1, 3)).errorCode, KafkaCode::InvalidReplicationFactor);
        QCOMPARE(create(client, named("p0", 0, 1)).errorCode, KafkaCode::InvalidPartitions);
        QCOMPARE(create(client, named("many", 1'000'000, 1)).errorCode, KafkaCode::InvalidPartitions);
        auto config = named("config");
        config.configs = {{"retention.ms", "soon"}};
        QCOMPARE(create(client, config).errorCode, KafkaCode::InvalidConfig);
        config.configs = {{"no.such.key", "1"}};
        QCOMPARE(create(client, config).errorCode, KafkaCode::InvalidConfig);
        config.configs = {{"retention.ms", std::nullopt}};
        QCOMPARE(create(client, config).errorCode, KafkaCode::InvalidConfig);
        auto assigned = named("assigned");
        assigned.assignments = {{Partition(0), {1}}, {Partition(1), {1}}};
        QCOMPARE(create(client, assigned).numPartitions, 2);
        assigned.name = "elsewhere";
        assigned.assignments[1].brokerIds = {2};
        QCOMPARE(create(client, assigned).errorCode, KafkaCode::InvalidReplicaAssignment);
        const auto defaults = create(client, named("defaults"));
        QCOMPARE(defaults.errorCode, KafkaCode::None);
        QCOMPARE(defaults.numPartitions, 4);
        QVERIFY(!defaults.topicId.isZero());
        QVERIFY(defaults.configs.has_value() && !defaults.configs->empty()); // null would crash Java's client
    }

    void validateOnlyMakesNothing() {
        RawClient client(m_fixture->port());
        QCOMPARE(create(client, named("dry"), true).errorCode, KafkaCode::None);
        QCOMPARE(describe(client, "dry").errorCode, KafkaCode::UnknownTopicOrPartition);
    }

    void aNameTwiceInOneRequest() {
        RawClient client(m_fixture->port());
        CreateTopicsRequest request;
        request.topics = {named("twice"), named("once"), named("twice")};
        const auto answer = client.call<CreateTopicsResponse>(request, 5);
        QCOMPARE(answer.topics.size(), std::size_t{2});
        QCOMPARE(answer.topics[0].errorCode, KafkaCode::InvalidRequest);
        QCOMPARE(answer.topics[1].errorCode, KafkaCode::None);
    }

    void metadataMakesTopicsWhenAsked() {
        RawClient client(m_fixture->port());
        QCOMPARE(describe(client, "auto").errorCode, KafkaCode::UnknownTopicOrPartition);
        const auto made = describe(client, "auto", true);
        QCOMPARE(made.errorCode, KafkaCode::None);
        QCOMPARE(made.partitions.size(), std::size_t{4});
        QVERIFY(made.partitions[0].leaderEpoch.value() >= 0);
        QCOMPARE(describe(client, "not legal!", true).errorCode, KafkaCode::InvalidTopic);
        MetadataRequest byId;
        byId.topics.emplace().push_back({made.topicId, std::nullopt});
        QCOMPARE(client.call<MetadataResponse>(byId, 12).topics.at(0).name.value_or(""), std::string("auto"));
        byId.topics->at(0).topicId = TopicId::random();
        QCOMPARE(client.call<MetadataResponse>(byId, 12).topics.at(0).errorCode, KafkaCode::UnknownTopicId);
    }

    void leaderEpochsAndIdsNeverGoBack() {
        RawClient client(m_fixture->port());
        QCOMPARE(createTopic(client, "again"), KafkaCode::None);
        const auto first = describe(client, "again");
        QCOMPARE(deleteTopic(client, "again"), KafkaCode::None);
        QCOMPARE(deleteTopic(client, "again"), KafkaCode::UnknownTopicOrPartition);
        m_fixture->restart();
        RawClient later(m_fixture->port());
        QCOMPARE(createTopic(later, "again"), KafkaCode::None);
        const auto second = describe(later, "again");
        QVERIFY(second.topicId != first.topicId);
        QVERIFY(second.partitions[0].leaderEpoch > first.partitions[0].leaderEpoch);
        m_fixture->restart();
        RawClient last(m_fixture->port());
        const auto third = describe(last, "again");
        QCOMPARE(third.topicId, second.topicId);
        QVERIFY(third.partitions[0].leaderEpoch >= second.partitions[0].leaderEpoch);
    }

    void deletingById() {
        RawClient client(m_fixture->port());
        QCOMPARE(createTopic(client, "byid"), KafkaCode::None);
        DeleteTopicsRequest request;
        request.topics = {{std::nullopt, describe(client, "byid").topicId}};
        QCOMPARE(client.call<DeleteTopicsResponse>(request, 6).responses.at(0).name.value_or(""), std::string("byid"));
        QCOMPARE(client.call<DeleteTopicsResponse>(request, 6).responses.at(0).errorCode, KafkaCode::UnknownTopicId);
    }

    void partitionsGrowOnly() {
        RawClient client(m_fixture->port());
        QCOMPARE(createTopic(client, "grow", 2), KafkaCode::None);
        QCOMPARE(addPartitions(client, "grow", 2), KafkaCode::InvalidPartitions);
        QCOMPARE(addPartitions(client, "grow", 1), KafkaCode::InvalidPartitions);
        QCOMPARE(addPartitions(client, "grow", 5, true), KafkaCode::None);
        QCOMPARE(describe(client, "grow").partitions.size(), std::size_t{2});
        QCOMPARE(addPartitions(client, "grow", 5), KafkaCode::None);
        QCOMPARE(addPartitions(client, "nowhere", 5), KafkaCode::UnknownTopicOrPartition);
        m_fixture->restart();
        RawClient later(m_fixture->port());
        QCOMPARE(describe(later, "grow").partitions.size(), std::size_t{5});
        QCOMPARE(produce(later, "grow", 4, batchOf({"x"})).errorCode, KafkaCode::None);
    }

    void offsetsByTime() {
        RawClient client(m_fixture->port());
        QCOMPARE(createTopic(client, "time", 1), KafkaCode::None);
        const auto base = nowMs() - 10'000;
        for (const int late : {0, 100, 50, 200, 150}) { // out of order
            produce(client, "time", 0, batchOf({"v"}, base + late));
        }
        QCOMPARE(offsetAt(client, "time", -1).offset, Offset(5));
        QCOMPARE(offsetAt(client, "time", -2).offset, Offset(0));
        QCOMPARE(offsetAt(client, "time", base + 60).offset,
                 Offset(1)); // the first in the log, not the nearest in time
        QCOMPARE(offsetAt(client, "time", base + 101).offset, Offset(3));
        const auto largest = offsetAt(client, "time", -3);
        QCOMPARE(largest.offset, Offset(3));
        QCOMPARE(largest.timestamp, base + 200);
        QCOMPARE(offsetAt(client, "time", base + 201).offset, kNoOffset);
        QCOMPARE(offsetAt(client, "nowhere", -1).errorCode, KafkaCode::UnknownTopicOrPartition);
    }

    void recordsAreDeletedUpToAnOffset() {
        RawClient client(m_fixture->port());
        QCOMPARE(createTopic(client, "trim", 1), KafkaCode::None);
        for (int i = 0; i < 4; ++i) {
            produce(client, "trim", 0, batchOf({"v"}));
        }
        const auto trim = [&](std::int64_t offset) {
            DeleteRecordsRequest request;
            request.topics = {{"trim", {{Partition(0), Offset(offset)}}}};
            return client.call<DeleteRecordsResponse>(request, 2).topics.at(0).partitions.at(0);
        };
        QCOMPARE(trim(2).lowWatermark, Offset(2));
        QCOMPARE(trim(9).errorCode, KafkaCode::OffsetOutOfRange);
        QCOMPARE(fetch(client, "trim", 0, 1).errorCode, KafkaCode::OffsetOutOfRange);
        QCOMPARE(offsetAt(client, "trim", -2).offset, Offset(2));
        m_fixture->restart();
        RawClient later(m_fixture->port());
        QCOMPARE(offsetAt(later, "trim", -2).offset, Offset(2));
        RawClient& again = later;
        DeleteRecordsRequest all;
        all.topics = {{"trim", {{Partition(0), Offset(-1)}}}};
        QCOMPARE(again.call<DeleteRecordsResponse>(all, 2).topics[0].partitions[0].lowWatermark, Offset(4));
    }

    void clusterAndLogDirectories() {
        RawClient client(m_fixture->port());
        const auto cluster = client.call<DescribeClusterResponse>(DescribeClusterRequest{}, 1);
        QCOMPARE(cluster.clusterId, m_fixture->broker().clusterId());
        QCOMPARE(cluster.brokers.at(0).port, static_cast<std::int32_t>(m_fixture->port()));
        createTopic(client, "sized");
        produce(client, "sized", 0, batchOf({std::string(1'000, 'x')}), 1);
        const auto all = client.call<DescribeLogDirsResponse>(DescribeLogDirsRequest{}, 4).results.at(0);
        QVERIFY(all.totalBytes > 0);
        const auto sized = std::ranges::find(all.topics, "sized", &DescribeLogDirsResponse::DescribeLogDirsTopic::name);
        QVERIFY(sized != all.topics.end());
        QVERIFY(sized->partitions.at(0).partitionSize > 1'000);
    }

private:
    std::unique_ptr<BrokerFixture> m_fixture;
};

QTEST_GUILESS_MAIN(AdminTest)
#include "admin_test.moc"
