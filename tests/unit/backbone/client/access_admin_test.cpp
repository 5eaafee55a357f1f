// SPDX-License-Identifier: Apache-2.0
// ACLs and users of a cluster through AccessAdmin.
#include <QtTest>

#ifndef Q_MOC_RUN // moc 6.4 can't read C++23's <chrono>
#include "support/logged_in.h"
#include "support/scripted_server.h"

#include <backbone/access_admin.h>
#endif

using namespace meshbone;
using namespace meshbone::backbone;
using namespace meshbone::testing;
using namespace std::chrono_literals;

namespace {

const CallOptions kSoon{10s, {}};

Profile profileOf(const BrokerFixture& broker, const std::string& user, const std::string& password,
                  const std::string& mechanism = "SCRAM-SHA-512") {
    Profile profile;
    profile.name = "test";
    profile.bootstrap = broker.bootstrap();
    profile.securityProtocol = "SASL_PLAINTEXT";
    profile.saslMechanism = mechanism;
    profile.user = user;
    profile.password = password;
    return profile;
}

AclBinding allow(std::string resource, Operation operation = Operation::Read, ResourceKind kind = ResourceKind::Topic) {
    return {kind, PatternType::Literal, std::move(resource), "User:alice", "*", operation, Permission::Allow};
}

template <class Value>
std::string said(const Result<Value>& result) {
    return result ? "it succeeded" : result.error().message;
}

} // namespace

class AccessAdminTest : public QObject {
    Q_OBJECT
private slots:
    void init() {
        m_broker = std::make_unique<BrokerFixture>(authorizingOptions());
        for (const auto* user : {"admin", "alice"}) {
            UserClient::know(*m_broker, user);
        }
        m_admin = openAccessAdmin(profileOf(*m_broker, "admin", "admin-secret")).value();
        m_alice = openAccessAdmin(profileOf(*m_broker, "alice", "alice-secret")).value();
    }
    void madePasswordsDiffer() {
        QCOMPARE(randomPassword().size(), std::size_t{32});
        QVERIFY(randomPassword() != randomPassword());
    }
    void cleanup() {
        m_admin.reset();
        m_alice.reset();
        m_broker.reset();
    }

    void aclsAreMadeReadAndDeleted();
    void statusesStandInTheOrderOfTheBindings();
    void manyGoInChunks();
    void everyKindAndOperationComesBack();
    void theMissingRightIsNamed();
    void withoutAnAuthorizerItSaysSo();
    void aClusterThatIsAwayIsAnError();
    void cancellingStops();
    void usersAreMadeAndRemoved();

private:
    std::unique_ptr<BrokerFixture> m_broker;
    std::unique_ptr<AccessAdmin> m_admin, m_alice;
};

void AccessAdminTest::aclsAreMadeReadAndDeleted() {
    const std::vector<AclBinding> bindings{allow("a"), allow("b", Operation::Write)};
    const auto created = m_admin->createAcls(bindings, kSoon).value();
    for (const auto& status : created) {
        QVERIFY(status.has_value());
    }
    QVERIFY(m_admin->acls({}, kSoon).value() == bindings);
    QVERIFY(m_admin->acls(AclFilter::exactly(bindings[1]), kSoon).value() == std::vector{bindings[1]});
    QVERIFY(m_admin->createAcls(bindings, kSoon).has_value()); // once more changes nothing
    QCOMPARE(m_admin->acls({}, kSoon).value().size(), 2U);
    const std::vector<AclBinding> going{bindings[0], allow("never made")};
    const auto deleted = m_admin->deleteAcls(going, kSoon).value();
    for (const auto& status : deleted) {
        QVERIFY(status.has_value());
    }
    QVERIFY(m_admin->acls({}, kSoon).value() == std::vector{bindings[1]});
    QVERIFY(m_admin->createAcls({}, kSoon).value().empty());
}

void AccessAdminTest::statusesStandInTheOrderOfTheBindings() {
    auto bad = allow("t");
    bad.principal = "alice";
    const std::vector<AclBinding> mixed{allow("one"), bad, allow("two")};
    const auto statuses = m_admin->createAcls(mixed, kSoon).value();
    QVERIFY(statuses[0].has_value() && !statuses[1].has_value() && statuses[2].has_value());
    QVERIFY2(statuses[1].error().message.find("colon") != std::string::npos, statuses[1].error().message.c_str());
    QCOMPARE(m_admin->acls({}, kSoon).value().size(), 2U);
}

void AccessAdminTest::manyGoInChunks() {
    std::vector<AclBinding> many;
    for (int i = 0; i < 2'100; ++i) {
        many.push_back(allow("topic-" + std::to_string(i)));
    }
    QCOMPARE(m_admin->createAcls(many, kSoon).value().size(), many.size());
    QCOMPARE(m_admin->acls({}, kSoon).value().size(), many.size());
    many.resize(120);
    QCOMPARE(m_admin->deleteAcls(many, kSoon).value().size(), many.size());
    QCOMPARE(m_admin->acls({}, kSoon).value().size(), 1'980U);
}

void AccessAdminTest::everyKindAndOperationComesBack() {
    std::vector<AclBinding> all;
    for (int kind = 0; kind <= static_cast<int>(ResourceKind::User); ++kind) {
        for (int operation = 0; operation <= static_cast<int>(Operation::TwoPhaseCommit); ++operation) {
            const auto of = static_cast<ResourceKind>(kind);
            all.push_back(allow(of == ResourceKind::Cluster ? std::string(kClusterName) : "x",
                                static_cast<Operation>(operation), of));
        }
    }
    std::ranges::sort(all);
    QVERIFY(m_admin->createAcls(all, kSoon).has_value());
    QVERIFY(m_admin->acls({}, kSoon).value() == all);
}

void AccessAdminTest::theMissingRightIsNamed() {
    const auto read = m_alice->acls({}, kSoon);
    QVERIFY2(!read && read.error().message.find("DESCRIBE on the cluster") != std::string::npos, said(read).c_str());
    QCOMPARE(read.error().code, ErrorCode::PermissionDenied);
    const std::vector<AclBinding> one{allow("t")};
    for (const auto& result : {m_alice->createAcls(one, kSoon), m_alice->deleteAcls(one, kSoon)}) {
        QVERIFY2(!result && result.error().message.find("ALTER on the cluster") != std::string::npos,
                 said(result).c_str());
        QCOMPARE(result.error().code, ErrorCode::PermissionDenied);
    }
    const auto users = m_alice->users(kSoon);
    QVERIFY2(!users && users.error().code == ErrorCode::PermissionDenied, said(users).c_str());
}

void AccessAdminTest::withoutAnAuthorizerItSaysSo() {
    BrokerFixture open;
    Profile profile;
    profile.name = "open";
    profile.bootstrap = open.bootstrap();
    const auto read = openAccessAdmin(profile).value()->acls({}, kSoon);
    QVERIFY2(!read && read.error().code == ErrorCode::Unsupported, said(read).c_str());
    QVERIFY2(read.error().message.find("without an authorizer") != std::string::npos, said(read).c_str());
}

void AccessAdminTest::aClusterThatIsAwayIsAnError() {
    m_broker->stop();
    const auto read = m_admin->acls({}, {3s, {}});
    QVERIFY2(!read && read.error().code == ErrorCode::Unavailable, said(read).c_str());
    QVERIFY(!openAccessAdmin({}).has_value());
}

void AccessAdminTest::cancellingStops() {
    std::stop_source stop;
    stop.request_stop();
    const auto read = m_admin->acls({}, {10s, stop.get_token()});
    QVERIFY2(!read && read.error().code == ErrorCode::Cancelled, said(read).c_str());
}

void AccessAdminTest::usersAreMadeAndRemoved() {
    QVERIFY(m_admin->putUser("carol", "first", ScramMechanism::Sha512, kSoon).has_value());
    const auto canLogIn = [&](const std::string& password, const std::string& mechanism) {
        const auto read = openAccessAdmin(profileOf(*m_broker, "carol", password, mechanism)).value()->acls({}, kSoon);
        return !read && read.error().message.find("DESCRIBE") != std::string::npos; // let in, and lacking the right
    };
    QVERIFY(canLogIn("first", "SCRAM-SHA-512"));
    QVERIFY(!canLogIn("first", "SCRAM-SHA-256"));
    QVERIFY(m_admin->putUser("carol", "second", ScramMechanism::Sha256, kSoon).has_value()); // both hold meanwhile
    QVERIFY(canLogIn("first", "SCRAM-SHA-512"));
    QVERIFY(canLogIn("second", "SCRAM-SHA-256"));
    const auto users = m_admin->users(kSoon).value();
    const auto carol = std::ranges::find(users, "carol", &ScramUser::user);
    QVERIFY(carol != users.end());
    QCOMPARE(carol->credentials.size(), 2U);
    QVERIFY(m_admin->removeUser("carol", ScramMechanism::Sha512, kSoon).has_value());
    QVERIFY(!canLogIn("first", "SCRAM-SHA-512"));
    QVERIFY(m_admin->removeUser("carol", ScramMechanism::Sha256, kSoon).has_value());
    const auto again = m_admin->removeUser("carol", ScramMechanism::Sha256, kSoon);
    QVERIFY(!again && again.error().code == ErrorCode::NotFound);
    QVERIFY(!m_admin->putUser("", "x", ScramMechanism::Sha256, kSoon).has_value());
}

QTEST_GUILESS_MAIN(AccessAdminTest)
#include "access_admin_test.moc"
