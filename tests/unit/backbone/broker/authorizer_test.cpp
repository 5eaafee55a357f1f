// SPDX-License-Identifier: Apache-2.0
// Which right each API asks for, what it answers without, and that nothing leaks: through sockets, as users.
#include <QtTest>

#ifndef Q_MOC_RUN // moc 6.4 can't read C++23's <chrono>
#include "support/logged_in.h"
#include "support/requests.h"
#include "wire/messages/alter_configs.h"
#include "wire/messages/create_partitions.h"
#include "wire/messages/delete_groups.h"
#include "wire/messages/delete_records.h"
#include "wire/messages/delete_topics.h"
#include "wire/messages/describe_configs.h"
#include "wire/messages/describe_groups.h"
#include "wire/messages/find_coordinator.h"
#include "wire/messages/heartbeat.h"
#include "wire/messages/init_producer_id.h"
#include "wire/messages/list_groups.h"
#include "wire/messages/metadata.h"
#include "wire/messages/offset_commit.h"
#include "wire/messages/offset_fetch.h"
#include "wire/messages/offset_for_leader_epoch.h"
#endif

using namespace meshbone;
using namespace meshbone::backbone;
using namespace meshbone::testing;
using wire::KafkaCode;

namespace {

AclBinding topic(Operation operation, std::string name = "t", Permission permission = Permission::Allow) {
    return {ResourceKind::Topic, PatternType::Literal, std::move(name), "User:alice", "*", operation, permission};
}
AclBinding group(Operation operation) {
    return {ResourceKind::Group, PatternType::Literal, "g", "User:alice", "*", operation, Permission::Allow};
}
AclBinding cluster(Operation operation) {
    return {ResourceKind::Cluster, PatternType::Literal, std::string(kClusterName), "User:alice", "*", operation,
            Permission::Allow};
}

using Ask = std::function<KafkaCode(RawClient&)>;

KafkaCode produceOne(RawClient& client) {
    return produce(client, "t", 0, batchOf({"x"})).errorCode;
}
KafkaCode fetchOne(RawClient& client) {
    return fetch(client, "t", 0, 0).errorCode;
}
KafkaCode listOffsets(RawClient& client) {
    wire::ListOffsetsRequest request;
    request.topics = {{"t", {{Partition(0), LeaderEpoch(-1), -1}}}};
    return client.call<wire::ListOffsetsResponse>(request, 7).topics.at(0).partitions.at(0).errorCode;
}
KafkaCode endOfEpoch(RawClient& client) {
    wire::OffsetForLeaderEpochRequest request;
    request.topics.push_back(
        {.topic = "t", .partitions = {{.partition = Partition(0), .leaderEpoch = LeaderEpoch(0)}}});
    return client.call<wire::OffsetForLeaderEpochResponse>(request, 4).topics.at(0).partitions.at(0).errorCode;
}
KafkaCode metadata(RawClient& client) {
    wire::MetadataRequest request;
    request.topics.emplace();
    request.topics->push_back({{}, "t"});
    return client.call<wire::MetadataResponse>(request, 9).topics.at(0).errorCode;
}
KafkaCode create(RawClient& client) {
    return createTopic(client, "new");
}
KafkaCode remove(RawClient& client) {
    wire::DeleteTopicsRequest request;
    request.topics.push_back({"t", {}});
    return client.call<wire::DeleteTopicsResponse>(request, 6).responses.at(0).errorCode;
}
KafkaCode addPartitions(RawClient& client) {
    wire::CreatePartitionsRequest request;
    request.topics.push_back({"t", 2, std::nullopt});
    return client.call<wire::CreatePartitionsResponse>(request, 3).results.at(0).errorCode;
}
KafkaCode trim(RawClient& client) {
    wire::DeleteRecordsRequest request;
    request.topics.push_back({"t", {{Partition(0), Offset(0)}}});
    return client.call<wire::DeleteRecordsResponse>(request, 2).topics.at(0).partitions.at(0).errorCode;
}
KafkaCode showConfigs(RawClient& client) {
    wire::DescribeConfigsRequest request;
    request.resources.push_back({2, "t", std::nullopt});
    return client.call<wire::DescribeConfigsResponse>(request, 4).results.at(0).errorCode;
}
KafkaCode changeConfigs(RawClient& client) {
    wire::AlterConfigsRequest request;
    request.resources.push_back({2, "t", {{"retention.ms", "1000"}}});
    return client.call<wire::AlterConfigsResponse>(request, 2).responses.at(0).errorCode;
}
KafkaCode producerId(RawClient& client) {
    wire::InitProducerIdRequest request;
    return client.call<wire::InitProducerIdResponse>(request, 4).errorCode;
}
KafkaCode findCoordinator(RawClient& client) {
    wire::FindCoordinatorRequest request;
    request.coordinatorKeys = {"g"};
    return client.call<wire::FindCoordinatorResponse>(request, 4).coordinators.at(0).errorCode;
}
KafkaCode heartbeat(RawClient& client) {
    wire::HeartbeatRequest request;
    request.groupId = "g";
    request.memberId = "m";
    return client.call<wire::HeartbeatResponse>(request, 4).errorCode;
}
KafkaCode commit(RawClient& client) {
    wire::OffsetCommitRequest request;
    request.groupId = "g";
    request.topics.push_back({.name = "t", .partitions = {{Partition(0), Offset(1), LeaderEpoch(-1), std::nullopt}}});
    return client.call<wire::OffsetCommitResponse>(request, 8).topics.at(0).partitions.at(0).errorCode;
}
KafkaCode committed(RawClient& client) {
    wire::OffsetFetchRequest request;
    request.groups.emplace_back().groupId = "g";
    return client.call<wire::OffsetFetchResponse>(request, 8).groups.at(0).errorCode;
}
KafkaCode describeGroup(RawClient& client) {
    wire::DescribeGroupsRequest request;
    request.groups = {"g"};
    return client.call<wire::DescribeGroupsResponse>(request, 5).groups.at(0).errorCode;
}
KafkaCode deleteGroup(RawClient& client) {
    wire::DeleteGroupsRequest request;
    request.groupsNames = {"g"};
    return client.call<wire::DeleteGroupsResponse>(request, 2).results.at(0).errorCode;
}

struct Row {
    const char* name;
    Ask ask;
    KafkaCode refused;
    std::vector<AclBinding> smallest; ///< what is enough
};

const std::vector<Row>& rows() {
    using enum Operation;
    constexpr auto kTopic = KafkaCode::TopicAuthorizationFailed;
    constexpr auto kGroup = KafkaCode::GroupAuthorizationFailed;
    static const std::vector<Row> all{
        {"Produce", produceOne, kTopic, {topic(Write)}},
        {"Fetch", fetchOne, kTopic, {topic(Read)}},
        {"ListOffsets", listOffsets, kTopic, {topic(Describe)}},
        {"OffsetForLeaderEpoch", endOfEpoch, kTopic, {topic(Describe)}},
        {"Metadata", metadata, kTopic, {topic(Describe)}},
        {"CreateTopics by topic", create, kTopic, {topic(Create, "new")}},
        {"CreateTopics by cluster", create, kTopic, {cluster(Create)}},
        {"DeleteTopics", remove, kTopic, {topic(Delete)}},
        {"CreatePartitions", addPartitions, kTopic, {topic(Alter)}},
        {"DeleteRecords", trim, kTopic, {topic(Delete)}},
        {"DescribeConfigs", showConfigs, kTopic, {topic(DescribeConfigs)}},
        {"AlterConfigs", changeConfigs, kTopic, {topic(AlterConfigs)}},
        {"InitProducerId by topic", producerId, KafkaCode::ClusterAuthorizationFailed, {topic(Write, "any")}},
        {"InitProducerId by cluster", producerId, KafkaCode::ClusterAuthorizationFailed, {cluster(IdempotentWrite)}},
        {"FindCoordinator", findCoordinator, kGroup, {group(Describe)}},
        {"OffsetFetch", committed, kGroup, {group(Describe)}},
        {"DescribeGroups", describeGroup, kGroup, {group(Describe)}},
        {"OffsetCommit, the group", commit, kGroup, {group(Read), topic(Read)}},
    };
    return all;
}

} // namespace

class AuthorizerTest : public QObject {
    Q_OBJECT
private slots:
    void init() {
        m_fixture = std::make_unique<BrokerFixture>(authorizingOptions({{"auto.create.topics.enable", "false"}}));
        for (const auto* user : {"admin", "alice"}) {
            UserClient::know(*m_fixture, user);
        }
        m_admin = std::make_unique<UserClient>(*m_fixture, "admin");
        QCOMPARE(createTopic(*m_admin, "t"), KafkaCode::None);
        m_alice = std::make_unique<UserClient>(*m_fixture, "alice");
    }
    void cleanup() {
        m_alice.reset();
        m_admin.reset();
        m_fixture.reset();
    }

    void eachApiAsksForItsRight_data() {
        QTest::addColumn<int>("row");
        for (std::size_t i = 0; i < rows().size(); ++i) {
            QTest::newRow(rows()[i].name) << static_cast<int>(i);
        }
    }
    void eachApiAsksForItsRight();
    void memberApisAskForTheGroup();
    void aCommitNeedsTheTopicToo();
    void anAclHoldsForTheNextRequest();
    void denyBeatsAllow();
    void listsLeaveOutWhatMayNotBeSeen();
    void namesDontLeak();
    void createdConfigsAreWithheld();
    void aParkedFetchAnswersNothingAfterTheRevoke();
    void anonymousIsAPrincipal();
    void observersHearOfRefusals();

private:
    void allow(const std::vector<AclBinding>& bindings) {
        for (const auto& result : createAcls(*m_admin, bindings)) {
            QCOMPARE(result.errorCode, KafkaCode::None);
        }
    }
    std::unique_ptr<BrokerFixture> m_fixture;
    std::unique_ptr<UserClient> m_admin, m_alice;
};

void AuthorizerTest::eachApiAsksForItsRight() {
    QFETCH(int, row);
    const auto& [name, ask, refused, smallest] = rows()[static_cast<std::size_t>(row)];
    QCOMPARE(ask(*m_alice), refused);
    // A right on something else helps nothing.
    auto elsewhere = smallest;
    for (auto& binding : elsewhere) {
        binding.principal = "User:bob";
    }
    allow(elsewhere);
    QCOMPARE(ask(*m_alice), refused);
    allow(smallest);
    QCOMPARE(ask(*m_alice), KafkaCode::None);
}

void AuthorizerTest::memberApisAskForTheGroup() {
    QCOMPARE(heartbeat(*m_alice), KafkaCode::GroupAuthorizationFailed);
    QCOMPARE(deleteGroup(*m_alice), KafkaCode::GroupAuthorizationFailed);
    allow({group(Operation::Read)});
    QCOMPARE(heartbeat(*m_alice), KafkaCode::UnknownMemberId);
    QCOMPARE(deleteGroup(*m_alice), KafkaCode::GroupAuthorizationFailed);
    allow({group(Operation::Delete)});
    QCOMPARE(deleteGroup(*m_alice), KafkaCode::GroupIdNotFound);
}

void AuthorizerTest::aCommitNeedsTheTopicToo() {
    allow({group(Operation::Read)});
    QCOMPARE(commit(*m_alice), KafkaCode::TopicAuthorizationFailed);
    allow({topic(Operation::Read)});
    QCOMPARE(commit(*m_alice), KafkaCode::None);
}

void AuthorizerTest::anAclHoldsForTheNextRequest() {
    for (int i = 0; i < 20; ++i) {
        QCOMPARE(produceOne(*m_alice), KafkaCode::TopicAuthorizationFailed);
        allow({topic(Operation::Write)});
        QCOMPARE(produceOne(*m_alice), KafkaCode::None);
        deleteAcls(*m_admin, {AclFilter::exactly(topic(Operation::Write))});
    }
}

void AuthorizerTest::denyBeatsAllow() {
    allow({topic(Operation::Read), topic(Operation::Write), topic(Operation::All, "*", Permission::Deny)});
    QCOMPARE(fetchOne(*m_alice), KafkaCode::TopicAuthorizationFailed);
    QCOMPARE(metadata(*m_alice), KafkaCode::TopicAuthorizationFailed);
    QCOMPARE(producerId(*m_alice), KafkaCode::ClusterAuthorizationFailed);
    QCOMPARE(produceOne(*m_admin), KafkaCode::None);
}

void AuthorizerTest::listsLeaveOutWhatMayNotBeSeen() {
    QCOMPARE(createTopic(*m_admin, "u"), KafkaCode::None);
    const auto topicsOf = [](RawClient& client) {
        wire::MetadataRequest request;
        request.topics = std::nullopt;
        QStringList names;
        for (const auto& one : client.call<wire::MetadataResponse>(request, 9).topics) {
            names << QString::fromStdString(one.name.value_or(""));
        }
        return names.join(',');
    };
    QCOMPARE(topicsOf(*m_alice), QString());
    allow({topic(Operation::Read)});
    QCOMPARE(topicsOf(*m_alice), QStringLiteral("t"));
    QVERIFY(topicsOf(*m_admin).contains(QStringLiteral("u")));
    QCOMPARE(commit(*m_admin), KafkaCode::None); // makes the group
    const auto groups = [](RawClient& client) {
        return client.call<wire::ListGroupsResponse>(wire::ListGroupsRequest{}, 4).groups.size();
    };
    QCOMPARE(groups(*m_alice), 0U);
    allow({group(Operation::Describe)});
    QCOMPARE(groups(*m_alice), 1U);
}

void AuthorizerTest::namesDontLeak() {
    wire::MetadataRequest byName;
    byName.topics.emplace();
    byName.topics->push_back({{}, "t"});
    const auto id = m_admin->call<wire::MetadataResponse>(byName, 12).topics.at(0).topicId;
    wire::MetadataRequest byId;
    byId.topics.emplace();
    byId.topics->push_back({id, std::nullopt});
    const auto unseen = m_alice->call<wire::MetadataResponse>(byId, 12).topics.at(0);
    QCOMPARE(unseen.errorCode, KafkaCode::UnknownTopicId);
    QVERIFY(!unseen.name.has_value() || unseen.name->empty());
    // A name that isn't there is refused alike, so that nobody can ask what there is.
    byName.topics->at(0).name = "no-such-topic";
    QCOMPARE(m_alice->call<wire::MetadataResponse>(byName, 12).topics.at(0).errorCode,
             KafkaCode::TopicAuthorizationFailed);
    wire::DeleteTopicsRequest remove;
    remove.topics.push_back({std::nullopt, id});
    auto refused = m_alice->call<wire::DeleteTopicsResponse>(remove, 6).responses.at(0);
    QCOMPARE(refused.errorCode, KafkaCode::TopicAuthorizationFailed);
    QVERIFY(!refused.name.has_value());
    allow({topic(Operation::Describe)});
    refused = m_alice->call<wire::DeleteTopicsResponse>(remove, 6).responses.at(0);
    QCOMPARE(refused.name.value_or(""), std::string("t"));
    QCOMPARE(refused.errorCode, KafkaCode::TopicAuthorizationFailed);
}

void AuthorizerTest::createdConfigsAreWithheld() {
    allow({cluster(Operation::Create)});
    wire::CreateTopicsRequest request;
    auto& asked = request.topics.emplace_back();
    asked.name = "new";
    asked.numPartitions = 1;
    asked.replicationFactor = 1;
    auto answer = m_alice->call<wire::CreateTopicsResponse>(request, 7).topics.at(0);
    QCOMPARE(answer.errorCode, KafkaCode::None);
    QCOMPARE(answer.topicConfigErrorCode, KafkaCode::TopicAuthorizationFailed);
    QCOMPARE(answer.numPartitions, -1);
    QVERIFY(!answer.configs || answer.configs->empty());
}

void AuthorizerTest::aParkedFetchAnswersNothingAfterTheRevoke() {
    allow({topic(Operation::Read)});
    const auto id = m_alice->send(fetchRequest("t", 0, 0, 30'000), 11);
    // The fetch is parked: the same connection's request is read before the admin's next one is answered.
    UserClient other(*m_fixture, "admin");
    deleteAcls(other, {AclFilter::exactly(topic(Operation::Read))});
    QCOMPARE(produceOne(*m_admin), KafkaCode::None);
    const auto answer = m_alice->receive<wire::FetchResponse>(11, id);
    const auto& partition = answer.responses.at(0).partitions.at(0);
    QCOMPARE(partition.errorCode, KafkaCode::TopicAuthorizationFailed);
    QVERIFY(!partition.records || partition.records->bytes.empty());
}

void AuthorizerTest::anonymousIsAPrincipal() {
    auto options = authorizingOptions();
    options.insecure = true;
    BrokerFixture open(options);
    RawClient client(open.port());
    QCOMPARE(createTopic(client, "t"), KafkaCode::TopicAuthorizationFailed);
    options.properties["super.users"] = "User:admin;User:ANONYMOUS";
    BrokerFixture super(options);
    RawClient allowed(super.port());
    QCOMPARE(createTopic(allowed, "t"), KafkaCode::None);
}

void AuthorizerTest::observersHearOfRefusals() {
    struct Heard : BrokerObserver {
        std::mutex lock;
        std::vector<std::pair<Operation, bool>> all;
        void observed(const Observation& one) override {
            const std::lock_guard guard(lock);
            if (one.client->principal == "User:alice") {
                all.emplace_back(one.operation, one.granted);
            }
        }
    } heard;
    auto options = authorizingOptions();
    options.observers = {&heard};
    BrokerFixture broker(options);
    for (const auto* user : {"admin", "alice"}) {
        UserClient::know(broker, user);
    }
    UserClient admin(broker, "admin");
    createTopic(admin, "t");
    {
        UserClient alice(broker, "alice");
        produceOne(alice);
        createAcls(admin, {topic(Operation::Write)});
        produceOne(alice);
    }
    broker.stop();
    const std::vector<std::pair<Operation, bool>> expected{{Operation::Write, false}, {Operation::Write, true}};
    QVERIFY(heard.all == expected);
}

QTEST_GUILESS_MAIN(AuthorizerTest)
#include "authorizer_test.moc"
