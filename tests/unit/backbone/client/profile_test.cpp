// SPDX-License-Identifier: Apache-2.0
#include "client/kafka_errors.h"

#include <backbone/client.h>

#include <QtTest>

#include <librdkafka/rdkafka.h>

using namespace meshbone;
using namespace meshbone::backbone;

class ProfileTest : public QObject {
    Q_OBJECT

private:
    static Profile good() {
        Profile profile;
        profile.bootstrap = "127.0.0.1:9092";
        return profile;
    }
    static std::string refusal(const Profile& profile) {
        const auto status = validateProfile(profile);
        return status ? std::string() : status.error().message;
    }

private slots:
    void acceptsWhatWorks() {
        QVERIFY(validateProfile(good()));
        auto sasl = good();
        sasl.bootstrap = "one:9092, [::1]:9093";
        sasl.securityProtocol = "SASL_PLAINTEXT";
        sasl.saslMechanism = "SCRAM-SHA-256";
        sasl.user = "alice";
        sasl.password = "secret";
        QCOMPARE(refusal(sasl), std::string());
    }

    void refusesWhatCannotWork_data() {
        QTest::addColumn<QString>("bootstrap");
        QTest::newRow("empty") << "";
        QTest::newRow("no port") << "localhost";
        QTest::newRow("port zero") << "localhost:0";
        QTest::newRow("port too large") << "localhost:65536";
        QTest::newRow("port with letters") << "localhost:90a";
        QTest::newRow("no host") << ":9092";
        QTest::newRow("a URL") << "http://localhost:9092/x";
        QTest::newRow("trailing comma") << "localhost:9092,";
    }
    void refusesWhatCannotWork() {
        QFETCH(QString, bootstrap);
        auto profile = good();
        profile.bootstrap = bootstrap.toStdString();
        const auto status = validateProfile(profile);
        QVERIFY(!status);
        QCOMPARE(status.error().code, ErrorCode::InvalidArgument);
        QVERIFY(status.error().message.ends_with('.'));
    }

    void refusesBadSecurity() {
        auto profile = good();
        profile.securityProtocol = "TLS";
        QVERIFY(refusal(profile).find("security protocol") != std::string::npos);
        profile.securityProtocol = "SASL_PLAINTEXT";
        profile.saslMechanism = "GSSAPI";
        profile.user = "alice";
        QVERIFY(refusal(profile).find("GSSAPI") != std::string::npos);
        profile.saslMechanism = "PLAIN";
        profile.user.clear();
        QVERIFY(refusal(profile).find("needs a user") != std::string::npos);
    }

    void refusesPropertiesByName() {
        auto profile = good();
        profile.properties["socket.timeut.ms"] = "1000";
        QVERIFY(refusal(profile).find("socket.timeut.ms") != std::string::npos);
        profile.properties = {{"socket.timeout.ms", "soon"}};
        QVERIFY(refusal(profile).find("soon") != std::string::npos);
        profile.properties = {{"bootstrap.servers", "elsewhere:9092"}};
        QVERIFY(refusal(profile).find("own field") != std::string::npos);
        profile.properties = {{"ssl.key.pem", "TOP-SECRET"}};
        QVERIFY(refusal(profile).find("TOP-SECRET") == std::string::npos); // a secret is never repeated
    }

    void connectionErrorsAreSentences() {
        const auto refused = connectionError(
            RD_KAFKA_RESP_ERR__TRANSPORT, "sasl_plaintext://127.0.0.1:9092/bootstrap: Connect to ipv4#127.0.0.1:9092 "
                                          "failed: Connection refused (after 0ms in state CONNECT)");
        QCOMPARE(refused.message, std::string("127.0.0.1:9092 refused the connection; is the backbone running?"));
        QCOMPARE(refused.code, ErrorCode::Unavailable);
        QVERIFY(connectionError(RD_KAFKA_RESP_ERR__TRANSPORT, "[::1]:9092/1: Connection refused")
                    .message.starts_with("[::1]:9092 "));
        const auto login =
            connectionError(RD_KAFKA_RESP_ERR__AUTHENTICATION, "sasl_plaintext://h:1/1: SASL authentication error");
        QCOMPARE(login.code, ErrorCode::PermissionDenied);
        QVERIFY(login.message.starts_with("h:1 did not accept"));
    }

    void requestErrorsAreSentences() {
        const auto policy =
            kafkaError(RD_KAFKA_RESP_ERR_POLICY_VIOLATION, "create the topic 'x'", "Topics need an owner.");
        QCOMPARE(policy.message, std::string("Could not create the topic 'x': Topics need an owner."));
        QCOMPARE(policy.kafkaCode, std::int16_t{44});
        const auto unknown =
            kafkaError(RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, "read", "Broker: Unknown topic or partition");
        QCOMPARE(unknown.code, ErrorCode::NotFound);
        QVERIFY(unknown.message.find("Broker") == std::string::npos);
        QCOMPARE(kafkaError(RD_KAFKA_RESP_ERR__TIMED_OUT, "read").kafkaCode, std::int16_t{0}); // librdkafka's own
    }
};

QTEST_GUILESS_MAIN(ProfileTest)
#include "profile_test.moc"
