// SPDX-License-Identifier: Apache-2.0
// Users by DescribeUserScramCredentials and AlterUserScramCredentials (KIP-554).
#include <QtTest>

#ifndef Q_MOC_RUN // moc 6.4 can't read C++23's <chrono>
#include "sasl/scram.h"
#include "support/logged_in.h"
#include "support/requests.h"
#include "wire/messages/alter_user_scram_credentials.h"
#include "wire/messages/describe_user_scram_credentials.h"
#endif

using namespace meshbone;
using namespace meshbone::backbone;
using namespace meshbone::testing;
using sasl::ScramHash;
using wire::KafkaCode;
using Alter = wire::AlterUserScramCredentialsRequest;
using Describe = wire::DescribeUserScramCredentialsRequest;

namespace {

constexpr std::int8_t kSha256 = 1, kSha512 = 2;
const std::string kSalt = "some salt";

class Upsertion {
public:
    Upsertion(std::string user, const std::string& password, std::int8_t mechanism = kSha256, int iterations = 4'096)
        : m_user(std::move(user))
        , m_salted(sasl::saltedPassword(mechanism == kSha512 ? ScramHash::Sha512 : ScramHash::Sha256, password, kSalt,
                                        std::max(1, iterations)))
        , m_mechanism(mechanism)
        , m_iterations(iterations) {}
    operator Alter::ScramCredentialUpsertion() const { return {m_user, m_mechanism, m_iterations, kSalt, m_salted}; }

private:
    std::string m_user, m_salted;
    std::int8_t m_mechanism;
    int m_iterations;
};

std::map<std::string, KafkaCode> alter(RawClient& client, const std::vector<Upsertion>& upsertions,
                                       const std::vector<std::pair<std::string, std::int8_t>>& deletions = {}) {
    Alter request;
    for (const auto& one : upsertions) {
        request.upsertions.push_back(one);
    }
    for (const auto& [user, mechanism] : deletions) {
        request.deletions.push_back({user, mechanism});
    }
    std::map<std::string, KafkaCode> codes;
    for (const auto& result : client.call<wire::AlterUserScramCredentialsResponse>(request, 0).results) {
        codes[result.user] = result.errorCode;
    }
    return codes;
}

wire::DescribeUserScramCredentialsResponse describe(RawClient& client, const std::vector<std::string>& users = {}) {
    Describe request;
    request.users.emplace();
    for (const auto& user : users) {
        request.users->push_back({user});
    }
    return client.call<wire::DescribeUserScramCredentialsResponse>(request, 0);
}

bool letsIn(const BrokerFixture& broker, std::string_view user, std::string_view password) {
    RawClient client(broker.port());
    return logIn(client, user, password);
}

} // namespace

class ScramUsersTest : public QObject {
    Q_OBJECT
private slots:
    void init() {
        m_fixture = std::make_unique<BrokerFixture>(authorizingOptions());
        UserClient::know(*m_fixture, "admin");
        m_admin = std::make_unique<UserClient>(*m_fixture, "admin");
    }
    void cleanup() {
        m_admin.reset();
        m_fixture.reset();
    }

    void aUserIsMadeChangedAndRemoved();
    void eachMechanismStandsForItself();
    void whatIsWrongIsSaid();
    void usersAreDescribedWithoutSecrets();
    void itTakesTheRight();
    void removingClosesTheConnections();
    void usersSurviveARestart();

private:
    std::unique_ptr<BrokerFixture> m_fixture;
    std::unique_ptr<UserClient> m_admin;
};

void ScramUsersTest::aUserIsMadeChangedAndRemoved() {
    QVERIFY(!letsIn(*m_fixture, "carol", "one"));
    QCOMPARE(alter(*m_admin, {{"carol", "one"}}).at("carol"), KafkaCode::None);
    QVERIFY(letsIn(*m_fixture, "carol", "one"));
    QVERIFY(!letsIn(*m_fixture, "carol", "two"));
    QCOMPARE(alter(*m_admin, {{"carol", "two"}}).at("carol"), KafkaCode::None);
    QVERIFY(letsIn(*m_fixture, "carol", "two"));
    QVERIFY(!letsIn(*m_fixture, "carol", "one"));
    QCOMPARE(alter(*m_admin, {}, {{"carol", kSha256}}).at("carol"), KafkaCode::None);
    QVERIFY(!letsIn(*m_fixture, "carol", "two"));
}

void ScramUsersTest::eachMechanismStandsForItself() {
    alter(*m_admin, {{"carol", "one", kSha512, 8'192}});
    QVERIFY(letsIn(*m_fixture, "carol", "one"));
    auto described = describe(*m_admin, {"carol"}).results.at(0);
    QCOMPARE(described.credentialInfos.size(), 1U);
    QCOMPARE(described.credentialInfos[0].mechanism, kSha512);
    QCOMPARE(described.credentialInfos[0].iterations, 8'192);
    QCOMPARE(alter(*m_admin, {}, {{"carol", kSha256}}).at("carol"), KafkaCode::ResourceNotFound);
    alter(*m_admin, {{"carol", "one"}}, {});
    QCOMPARE(describe(*m_admin, {"carol"}).results.at(0).credentialInfos.size(), 2U);
    alter(*m_admin, {}, {{"carol", kSha512}});
    QVERIFY(letsIn(*m_fixture, "carol", "one"));
}

void ScramUsersTest::whatIsWrongIsSaid() {
    const auto codes = alter(*m_admin, {{"few", "x", kSha256, 4'095},
                                        {"many", "x", kSha256, 16'385},
                                        {"good", "x"},
                                        {"strange", "x", 3},
                                        {"twice", "x"},
                                        {"twice", "y"},
                                        {"", "x"}});
    QCOMPARE(codes.at("few"), KafkaCode::UnacceptableCredential);
    QCOMPARE(codes.at("many"), KafkaCode::UnacceptableCredential);
    QCOMPARE(codes.at("strange"), KafkaCode::UnsupportedSaslMechanism);
    QCOMPARE(codes.at("twice"), KafkaCode::DuplicateResource);
    QCOMPARE(codes.at(""), KafkaCode::UnacceptableCredential);
    QCOMPARE(codes.at("good"), KafkaCode::None);
    QVERIFY(letsIn(*m_fixture, "good", "x"));
    QVERIFY(!letsIn(*m_fixture, "twice", "x"));
    QCOMPARE(alter(*m_admin, {}, {{"nobody", kSha256}}).at("nobody"), KafkaCode::ResourceNotFound);
}

void ScramUsersTest::usersAreDescribedWithoutSecrets() {
    alter(*m_admin, {{"carol", "one"}});
    const auto all = describe(*m_admin);
    QCOMPARE(all.results.size(), 2U);
    QCOMPARE(all.results[0].user, std::string("admin"));
    const auto some = describe(*m_admin, {"nobody", "carol", "admin", "admin"});
    QCOMPARE(some.results.size(), 3U);
    QCOMPARE(some.results[0].errorCode, KafkaCode::DuplicateResource);
    QCOMPARE(some.results[1].errorCode, KafkaCode::None);
    QCOMPARE(some.results[2].errorCode, KafkaCode::ResourceNotFound);
}

void ScramUsersTest::itTakesTheRight() {
    UserClient::know(*m_fixture, "alice");
    UserClient alice(*m_fixture, "alice");
    QCOMPARE(describe(alice).errorCode, KafkaCode::ClusterAuthorizationFailed);
    QCOMPARE(alter(alice, {{"carol", "one"}}).at("carol"), KafkaCode::ClusterAuthorizationFailed);
    QVERIFY(!letsIn(*m_fixture, "carol", "one"));
}

void ScramUsersTest::removingClosesTheConnections() {
    alter(*m_admin, {{"carol", "one"}, {"dave", "one"}});
    RawClient carol(m_fixture->port());
    QVERIFY(logIn(carol, "carol", "one"));
    RawClient dave(m_fixture->port());
    QVERIFY(logIn(dave, "dave", "one"));
    alter(*m_admin, {{"carol", "two"}}); // another password leaves what is open alone
    QCOMPARE(fetch(carol, "t", 0, 0).errorCode, KafkaCode::TopicAuthorizationFailed);
    alter(*m_admin, {}, {{"carol", kSha256}});
    QVERIFY(carol.isClosed());
    QCOMPARE(fetch(dave, "t", 0, 0).errorCode, KafkaCode::TopicAuthorizationFailed);
    QVERIFY(m_fixture->broker().removeUser("dave").has_value());
    QVERIFY(dave.isClosed());
    // Who removes oneself gets the answer first.
    QCOMPARE(alter(*m_admin, {}, {{"admin", kSha256}, {"admin", kSha512}}).at("admin"), KafkaCode::DuplicateResource);
}

void ScramUsersTest::usersSurviveARestart() {
    alter(*m_admin, {{"carol", "one", kSha512}});
    m_admin.reset();
    m_fixture->restart();
    QVERIFY(letsIn(*m_fixture, "carol", "one"));
}

QTEST_GUILESS_MAIN(ScramUsersTest)
#include "scram_users_test.moc"
