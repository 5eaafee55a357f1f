// SPDX-License-Identifier: Apache-2.0
// What a cluster can do, found out by probeCapabilities.
#include <QtTest>

#ifndef Q_MOC_RUN // moc 6.4 can't read C++23's <chrono>
#include "support/logged_in.h"
#include "support/scripted_cluster.h"

#include <backbone/capabilities.h>
#endif

using namespace meshbone;
using namespace meshbone::backbone;
using namespace meshbone::testing;
using namespace std::chrono_literals;

namespace {

const CallOptions kSoon{10s, {}};

Profile plain(const std::string& bootstrap) {
    Profile profile;
    profile.name = "test";
    profile.bootstrap = bootstrap;
    return profile;
}

Profile user(const std::string& bootstrap, const std::string& user) {
    auto profile = plain(bootstrap);
    profile.securityProtocol = "SASL_PLAINTEXT";
    profile.saslMechanism = "SCRAM-SHA-256";
    profile.user = user;
    profile.password = user + "-secret";
    return profile;
}

bool has(const Capabilities& found, Feature feature) {
    const auto* check = found.find(feature);
    return check != nullptr && check->available;
}

bool says(const Capabilities& found, Feature feature, const char* words) {
    return found.whyNot(feature).find(words) != std::string::npos;
}

} // namespace

class CapabilitiesTest : public QObject {
    Q_OBJECT

private slots:
    void anAdministratorMayAllThatTheEmbeddedBrokerOffers() {
        BrokerFixture broker(authorizingOptions());
        UserClient::know(broker, "admin");
        const auto found = probeCapabilities(user(broker.bootstrap(), "admin"), kSoon);
        QVERIFY2(found.has_value(), found ? "" : found.error().message.c_str());
        QCOMPARE(found->brokers.size(), 1U);
        QVERIFY(found->brokers[0].answered);
        QVERIFY(found->principal == "User:admin");
        QVERIFY(!found->clusterId.empty());
        QCOMPARE(found->features.size(), kFeatures);
        for (const auto feature : {Feature::ReadAcls, Feature::AlterAcls, Feature::TopicConfigs, Feature::ScramUsers}) {
            QVERIFY2(has(*found, feature), found->whyNot(feature).c_str());
        }
        QVERIFY(says(*found, Feature::Transactions, "AddPartitionsToTxn"));
        QVERIFY(says(*found, Feature::Quotas, "DescribeClientQuotas"));
        QVERIFY(!found->find(Feature::Quotas)->offered);
    }

    void whoMayNothingIsToldTheRightThatIsMissing() {
        BrokerFixture broker(authorizingOptions());
        UserClient::know(broker, "nobody");
        const auto found = probeCapabilities(user(broker.bootstrap(), "nobody"), kSoon).value();
        QVERIFY(found.rights && found.rights->empty());
        QVERIFY(says(found, Feature::ReadAcls, "DESCRIBE on the cluster"));
        QVERIFY(says(found, Feature::AlterAcls, "ALTER on the cluster"));
        QVERIFY(says(found, Feature::ScramUsers, "DESCRIBE on the cluster"));
        QVERIFY(found.find(Feature::ReadAcls)->offered);
    }

    void readingWithoutAlteringIsToldApart() {
        BrokerFixture broker(authorizingOptions());
        for (const auto* name : {"admin", "reader"}) {
            UserClient::know(broker, name);
        }
        UserClient admin(broker, "admin");
        createAcls(admin, {{ResourceKind::Cluster, PatternType::Literal, std::string(kClusterName), "User:reader", "*",
                            Operation::Describe, Permission::Allow}});
        const auto found = probeCapabilities(user(broker.bootstrap(), "reader"), kSoon).value();
        QVERIFY(has(found, Feature::ReadAcls));
        QVERIFY(says(found, Feature::AlterAcls, "ALTER on the cluster"));
        QVERIFY(says(found, Feature::ScramUsers, "not made or changed"));
        QVERIFY(*found.rights == std::vector{Operation::Describe});
    }

    void withoutAnAuthorizerThereAreNoAcls() {
        BrokerFixture broker;
        const auto found = probeCapabilities(plain(broker.bootstrap()), kSoon).value();
        QVERIFY(found.principal == "User:ANONYMOUS");
        QVERIFY(says(found, Feature::ReadAcls, "without an authorizer"));
        QVERIFY(says(found, Feature::AlterAcls, "without an authorizer"));
        QVERIFY(!found.find(Feature::AlterAcls)->offered);
    }

    void aBrokerThatIsAwayIsALine() {
        const ScriptedCluster cluster({{1, true}, {2, false}});
        const auto found = probeCapabilities(plain(cluster.bootstrap()), kSoon);
        QVERIFY2(found.has_value(), found ? "" : found.error().message.c_str());
        QCOMPARE(found->brokers.size(), 2U);
        QVERIFY(found->brokers[0].answered);
        QVERIFY(!found->brokers[1].answered && !found->brokers[1].sentence.empty());
    }

    void whatAClusterDoesNotServeIsNamed() {
        const ScriptedCluster cluster({{1, true}}); // serves ApiVersions and Metadata only
        const auto found = probeCapabilities(plain(cluster.bootstrap()), kSoon).value();
        QVERIFY(!found.rights);
        QVERIFY(says(found, Feature::ReadAcls, "DescribeAcls"));
        QVERIFY(says(found, Feature::AlterAcls, "DescribeAcls"));
        QVERIFY(says(found, Feature::TopicConfigs, "DescribeConfigs"));
        QVERIFY(says(found, Feature::ScramUsers, "DescribeUserScramCredentials"));
        for (const auto& feature : found.features) {
            QVERIFY(!feature.offered && !feature.available);
        }
    }

    void noBrokerAtItsAddressIsAnError() {
        const ScriptedCluster cluster({{2, false}});
        const auto found = probeCapabilities(plain(cluster.bootstrap()), kSoon);
        QVERIFY(!found && found.error().code == ErrorCode::Unavailable);
        QVERIFY2(found.error().message.find("the address that the cluster tells") != std::string::npos,
                 found.error().message.c_str());
    }

    void aWrongPasswordIsAnError() {
        BrokerFixture broker(authorizingOptions());
        UserClient::know(broker, "admin");
        auto profile = user(broker.bootstrap(), "admin");
        profile.password = "wrong";
        const auto found = probeCapabilities(profile, kSoon);
        QVERIFY(!found && found.error().code == ErrorCode::PermissionDenied);
        profile.bootstrap.clear();
        QVERIFY(probeCapabilities(profile, kSoon).error().code == ErrorCode::InvalidArgument);
    }

    void cancellingStops() {
        const ScriptedServer silent(drain);
        std::stop_source stop;
        stop.request_stop();
        const auto found = probeCapabilities(plain(silent.bootstrap()), {10s, stop.get_token()});
        QVERIFY(!found && found.error().code == ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(CapabilitiesTest)
#include "capabilities_test.moc"
