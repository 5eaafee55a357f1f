// SPDX-License-Identifier: Apache-2.0
// Grants on the embedded broker with its authorizer: what a client may follows what the ledger says.
#include <QtTest>

#ifndef Q_MOC_RUN // moc 6.4 can't read C++23's <chrono>
#include "support/catalog_desk.h"
#include "support/logged_in.h"
#include "support/requests.h"

#include <backbone/backbone.h>
#include <catalog/access_presets.h>
#include <catalog/enforcer.h>
#endif

using namespace meshbone;
using namespace meshbone::catalog;
using namespace meshbone::testing;
using backbone::wire::KafkaCode;
using test::CatalogDesk;

namespace {

AccessScope produceTo(const std::string& topic) {
    AccessScope scope;
    scope.principal = "User:alice";
    scope.role = Role::Producer;
    scope.writes = {{topic}};
    return scope;
}

} // namespace

class EnforcerLiveTest : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void aClientMayWhatIsGranted();
    void anEndHoldsThoughNobodyEnforcesIt();

private:
    KafkaCode produceOne() { return produce(*m_alice, "flights", 0, batchOf({"x"})).errorCode; }
    void must(const Command& command, const std::string& why = {}) {
        auto entry = m_desk->submit(command, {}, why);
        while (!entry && entry.error().code == ErrorCode::Conflict) {
            entry = m_desk->submit(command, {}, why);
        }
        QVERIFY2(entry.has_value(), entry ? "" : entry.error().message.c_str());
    }
    bool awaitState(GrantState state) {
        return m_desk->await([&] {
            const auto grants = (*m_desk)->grants();
            return !grants.empty() && grants.front().reported == state;
        });
    }

    QTemporaryDir m_state;
    std::unique_ptr<BrokerFixture> m_broker;
    std::unique_ptr<backbone::Backbone> m_backbone;
    std::unique_ptr<CatalogDesk> m_desk;
    std::unique_ptr<Enforcer> m_enforcer;
    std::unique_ptr<UserClient> m_alice;
};

void EnforcerLiveTest::init() {
    m_broker = std::make_unique<BrokerFixture>(authorizingOptions());
    for (const auto* user : {"admin", "alice"}) {
        UserClient::know(*m_broker, user);
    }
    UserClient admin(*m_broker, "admin");
    QCOMPARE(createTopic(admin, "flights"), KafkaCode::None);
    m_alice = std::make_unique<UserClient>(*m_broker, "alice");
    backbone::Profile profile;
    profile.name = "embedded";
    profile.bootstrap = m_broker->bootstrap();
    profile.securityProtocol = "SASL_PLAINTEXT";
    profile.saslMechanism = "SCRAM-SHA-256";
    profile.user = "admin";
    profile.password = "admin-secret";
    m_backbone = backbone::Backbone::open(profile, m_state.path().toStdString()).value();
    m_desk = std::make_unique<CatalogDesk>("ada", *m_backbone);
    m_desk->open().value();
    QVERIFY(m_desk->awaitMode(CatalogMode::Live));
    Policy automatic;
    automatic.id = "automatic";
    automatic.name = "Automatic";
    automatic.approval = Approval::Automatic;
    must(PutPolicy{automatic});
    EnforcerOptions options;
    options.principal = "User:admin";
    options.tellEnds = [this](const AclEnds& ends) { QVERIFY(m_broker->broker().limitAcls(ends).has_value()); };
    m_enforcer = Enforcer::start(**m_desk, m_backbone->access(), options);
}

void EnforcerLiveTest::cleanup() {
    m_enforcer.reset();
    m_desk.reset();
    m_backbone.reset();
    m_alice.reset();
    m_broker.reset();
}

void EnforcerLiveTest::aClientMayWhatIsGranted() {
    QCOMPARE(produceOne(), KafkaCode::TopicAuthorizationFailed);
    must(SubmitRequest{"one", produceTo("flights"), "", "", "To load flights", kNoEnd});
    QVERIFY(awaitState(GrantState::Enforced));
    QCOMPARE(produceOne(), KafkaCode::None);
    must(RevokeGrant{"one"}, "The loader has moved");
    QVERIFY(awaitState(GrantState::Removed));
    QCOMPARE(produceOne(), KafkaCode::TopicAuthorizationFailed);
}

void EnforcerLiveTest::anEndHoldsThoughNobodyEnforcesIt() {
    const auto end = QDateTime::currentMSecsSinceEpoch() + 1'500;
    must(SubmitRequest{"one", produceTo("flights"), "", "", "To load flights", end});
    QVERIFY(awaitState(GrantState::Enforced));
    QVERIFY(QTest::qWaitFor([&] { return m_enforcer->status().mode == EnforcerMode::Idle; }));
    QCOMPARE(produceOne(), KafkaCode::None);
    m_enforcer.reset(); // nobody removes it now
    m_alice.reset();
    m_broker->restart(); // the end outlives the broker
    m_alice = std::make_unique<UserClient>(*m_broker, "alice");
    QVERIFY(QTest::qWaitFor([&] { return QDateTime::currentMSecsSinceEpoch() > end; }));
    QCOMPARE(produceOne(), KafkaCode::TopicAuthorizationFailed);
    UserClient admin(*m_broker, "admin");
    QVERIFY(!describeAcls(admin).resources.empty()); // it is still there, and decides nothing
}

QTEST_GUILESS_MAIN(EnforcerLiveTest)
#include "enforcer_live_test.moc"
