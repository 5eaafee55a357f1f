// SPDX-License-Identifier: Apache-2.0
// DescribeAcls, CreateAcls and DeleteAcls through a socket, and that the list survives.
#include <QtTest>

#ifndef Q_MOC_RUN // moc 6.4 can't read C++23's <chrono>
#include "support/logged_in.h"
#include "support/requests.h"
#endif

#include <fstream>

using namespace meshbone;
using namespace meshbone::backbone;
using namespace meshbone::testing;
using wire::KafkaCode;

namespace {

AclBinding allow(std::string resource, std::string principal = "User:alice",
                 PatternType pattern = PatternType::Literal) {
    return {ResourceKind::Topic, pattern,          std::move(resource), std::move(principal), "*",
            Operation::Read,     Permission::Allow};
}

std::size_t countIn(const wire::DescribeAclsResponse& answer) {
    std::size_t count = 0;
    for (const auto& resource : answer.resources) {
        count += resource.acls.size();
    }
    return count;
}

} // namespace

class AclApiTest : public QObject {
    Q_OBJECT
private slots:
    void init() {
        m_fixture = std::make_unique<BrokerFixture>(authorizingOptions());
        for (const auto* user : {"admin", "alice"}) {
            UserClient::know(*m_fixture, user);
        }
    }
    void cleanup() { m_fixture.reset(); }

    void whatIsMadeIsDescribedAndDeleted();
    void creatingTwiceChangesNothing();
    void validOnesAreMadeBesideInvalidOnes();
    void whatNeverMatchesIsAccepted();
    void tooManyAtOnceAreRefusedTogether();
    void filtersDelete();
    void itTakesTheRight();
    void withoutAnAuthorizerSecurityIsDisabled();
    void theListSurvivesARestart();
    void aTornLineIsDroppedAndADamagedListRefused();

private:
    std::unique_ptr<BrokerFixture> m_fixture;
};

void AclApiTest::whatIsMadeIsDescribedAndDeleted() {
    UserClient admin(*m_fixture, "admin");
    const auto one = allow("flights");
    QCOMPARE(createAcls(admin, {one}).at(0).errorCode, KafkaCode::None);
    const auto described = describeAcls(admin);
    QCOMPARE(described.errorCode, KafkaCode::None);
    QCOMPARE(described.resources.size(), 1U);
    QCOMPARE(described.resources[0].resourceName, one.resource);
    QCOMPARE(described.resources[0].acls.at(0).principal, one.principal);
    QCOMPARE(described.resources[0].acls.at(0).operation, kafkaNumber(Operation::Read));
    const auto deleted = deleteAcls(admin, {AclFilter::exactly(one)});
    QCOMPARE(deleted.at(0).matchingAcls.size(), 1U);
    QCOMPARE(deleted.at(0).matchingAcls[0].resourceName, one.resource);
    QVERIFY(describeAcls(admin).resources.empty());
    // Deleting what isn't there succeeds, with nothing.
    QCOMPARE(deleteAcls(admin, {AclFilter::exactly(one)}).at(0).errorCode, KafkaCode::None);
}

void AclApiTest::creatingTwiceChangesNothing() {
    UserClient admin(*m_fixture, "admin");
    for (int i = 0; i < 2; ++i) {
        QCOMPARE(createAcls(admin, {allow("t"), allow("t")}).at(1).errorCode, KafkaCode::None);
    }
    QCOMPARE(countIn(describeAcls(admin)), 1U);
}

void AclApiTest::validOnesAreMadeBesideInvalidOnes() {
    UserClient admin(*m_fixture, "admin");
    auto noName = allow("");
    auto noColon = allow("t", "alice");
    auto cluster = allow("other");
    cluster.resourceKind = ResourceKind::Cluster;
    auto anyOperation = allow("t");
    anyOperation.operation = Operation::Any;
    auto match = allow("t", "User:alice", PatternType::Match);
    const auto results = createAcls(admin, {noName, allow("good"), noColon, cluster, anyOperation, match});
    QCOMPARE(results.size(), 6U);
    for (std::size_t i = 0; i < results.size(); ++i) {
        QCOMPARE(results[i].errorCode, i == 1 ? KafkaCode::None : KafkaCode::InvalidRequest);
        QCOMPARE(results[i].errorMessage.has_value(), i != 1);
    }
    QCOMPARE(describeAcls(admin).resources.at(0).resourceName, std::string("good"));
    QCOMPARE(countIn(describeAcls(admin)), 1U);
}

void AclApiTest::whatNeverMatchesIsAccepted() {
    UserClient admin(*m_fixture, "admin");
    auto host = allow("t");
    host.host = "db1.example";
    auto operation = allow("t");
    operation.operation = Operation::IdempotentWrite;
    for (const auto& result : createAcls(admin, {host, operation, allow("a b"), allow("t", "User:")})) {
        QCOMPARE(result.errorCode, KafkaCode::None);
    }
}

void AclApiTest::tooManyAtOnceAreRefusedTogether() {
    UserClient admin(*m_fixture, "admin");
    std::vector<AclBinding> many;
    for (int i = 0; i <= 10'000; ++i) {
        many.push_back(allow("t" + std::to_string(i)));
    }
    QCOMPARE(createAcls(admin, many).at(0).errorCode, KafkaCode::PolicyViolation);
    QCOMPARE(countIn(describeAcls(admin)), 0U);
    many.pop_back();
    QCOMPARE(createAcls(admin, many).at(9'999).errorCode, KafkaCode::None);
    QCOMPARE(countIn(describeAcls(admin)), 10'000U);
    QCOMPARE(deleteAcls(admin, {AclFilter{}}).at(0).matchingAcls.size(), 10'000U);
}

void AclApiTest::filtersDelete() {
    UserClient admin(*m_fixture, "admin");
    createAcls(admin, {allow("orders"), allow("*"), allow("ord", "User:bob", PatternType::Prefixed), allow("other")});
    AclFilter match;
    match.resourceKind = ResourceKind::Topic;
    match.pattern = PatternType::Match;
    match.resource = "orders";
    QCOMPARE(countIn(describeAcls(admin, match)), 3U);
    AclFilter bob;
    bob.principal = "User:bob";
    AclFilter unknown;
    unknown.operation = Operation::Unknown;
    const auto deleted = deleteAcls(admin, {match, bob, unknown});
    QCOMPARE(deleted.at(0).matchingAcls.size(), 3U);
    QCOMPARE(deleted.at(1).matchingAcls.size(), 1U); // of the same list: each filter sees what was there
    QCOMPARE(deleted.at(2).errorCode, KafkaCode::InvalidRequest);
    QCOMPARE(describeAcls(admin).resources.at(0).resourceName, std::string("other"));
}

void AclApiTest::itTakesTheRight() {
    UserClient admin(*m_fixture, "admin");
    UserClient alice(*m_fixture, "alice");
    QCOMPARE(describeAcls(alice).errorCode, KafkaCode::ClusterAuthorizationFailed);
    QCOMPARE(createAcls(alice, {allow("t"), allow("u")}).at(1).errorCode, KafkaCode::ClusterAuthorizationFailed);
    QCOMPARE(deleteAcls(alice, {AclFilter{}}).at(0).errorCode, KafkaCode::ClusterAuthorizationFailed);
    createAcls(admin, {{ResourceKind::Cluster, PatternType::Literal, std::string(kClusterName), "User:alice", "*",
                        Operation::Alter, Permission::Allow}});
    QCOMPARE(createAcls(alice, {allow("t")}).at(0).errorCode, KafkaCode::None);
    QCOMPARE(describeAcls(alice).errorCode, KafkaCode::None); // ALTER implies DESCRIBE
}

void AclApiTest::withoutAnAuthorizerSecurityIsDisabled() {
    BrokerFixture open;
    RawClient client(open.port());
    QCOMPARE(describeAcls(client).errorCode, KafkaCode::SecurityDisabled);
    QCOMPARE(createAcls(client, {allow("t")}).at(0).errorCode, KafkaCode::SecurityDisabled);
    QCOMPARE(deleteAcls(client, {AclFilter{}}).at(0).errorCode, KafkaCode::SecurityDisabled);
}

void AclApiTest::theListSurvivesARestart() {
    auto odd = allow("t", "User:CN=a b,O=x=y%\n\xc3\xa4");
    odd.permission = Permission::Deny;
    {
        UserClient admin(*m_fixture, "admin");
        createAcls(admin, {allow("kept"), allow("gone"), odd});
        deleteAcls(admin, {AclFilter::exactly(allow("gone"))});
    }
    m_fixture->restart();
    UserClient admin(*m_fixture, "admin");
    const auto described = describeAcls(admin);
    QCOMPARE(countIn(described), 2U);
    QCOMPARE(described.resources.at(0).resourceName, std::string("kept"));
    QCOMPARE(described.resources.at(1).acls.at(0).principal, odd.principal);
}

void AclApiTest::aTornLineIsDroppedAndADamagedListRefused() {
    {
        UserClient admin(*m_fixture, "admin");
        createAcls(admin, {allow("one"), allow("two")});
    }
    m_fixture->stop();
    const auto path = m_fixture->dataDirectory() + "/acls";
    std::ofstream(path, std::ios::app) << "01234567 add TOPIC LIT";
    m_fixture->restart();
    UserClient admin(*m_fixture, "admin");
    QCOMPARE(countIn(describeAcls(admin)), 2U);
    m_fixture->stop();
    {
        std::fstream file(path, std::ios::in | std::ios::out);
        file.seekp(30);
        file.put('#');
    }
    const auto refused = EmbeddedBroker::start(m_fixture->options());
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Corrupt);
    QVERIFY(refused.error().message.find("list of ACLs") != std::string::npos);
}

QTEST_GUILESS_MAIN(AclApiTest)
#include "acl_api_test.moc"
