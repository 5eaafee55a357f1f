// SPDX-License-Identifier: Apache-2.0
#include <QtTest>

#ifndef Q_MOC_RUN // moc 6.4 can't read C++23's <chrono>
#include "sasl/scram_client.h"
#include "support/broker_fixture.h"
#include "support/scripted_server.h"
#include "wire/codec.h"
#include "wire/messages/api_versions.h"

#include <backbone/client.h>
#endif

#include <thread>

using namespace meshbone;
using namespace meshbone::backbone;
using namespace std::chrono_literals;
using meshbone::testing::BrokerFixture;
using meshbone::testing::ScriptedServer;

namespace {

Profile at(const std::string& bootstrap) {
    Profile profile;
    profile.name = "test";
    profile.bootstrap = bootstrap;
    return profile;
}

Result<LogDirs> ask(const Profile& profile, const CallOptions& options = {5s, {}}) {
    auto admin = openAdmin(profile);
    return admin ? (*admin)->logDirs({}, options) : std::unexpected(admin.error());
}

/// What is left of an error, for QVERIFY2.
std::string said(const Result<LogDirs>& result) {
    return result ? "it succeeded" : result.error().message;
}

} // namespace

/// Sizes on disk, over the wire client that stands beside librdkafka.
class LogDirsTest : public QObject {
    Q_OBJECT

    static void refuses(const std::function<void(int)>& script, ErrorCode code, const char* words,
                        const CallOptions& options = {5s, {}}) {
        const ScriptedServer server(script);
        const auto result = ask(at(server.bootstrap()), options);
        QVERIFY2(!result && result.error().code == code && said(result).find(words) != std::string::npos,
                 said(result).c_str());
        QVERIFY2(said(result).starts_with("Could not read the sizes on disk: "), said(result).c_str());
    }

private slots:
    void sizesGrowWithWhatIsWritten() {
        BrokerFixture broker;
        const auto profile = at(broker.bootstrap());
        auto admin = openAdmin(profile);
        QVERIFY((*admin)->createTopic({"orders", 3, 1, {}}, {10s, {}}));
        const auto before = (*admin)->logDirs({{"orders", Partition(1)}}, {10s, {}});
        QVERIFY2(before, said(before).c_str());
        QCOMPARE(before->replicas.size(), 1u);
        QCOMPARE(before->sizeOf({"orders", Partition(1)}), std::optional<std::int64_t>(0));
        QVERIFY(!before->sizeOf({"orders", Partition(2)}));

        auto producer = openProducer(profile, {});
        Record record;
        record.topic = "orders";
        record.partition = Partition(1);
        record.value = std::string(10'000, 'x');
        QVERIFY((*producer)->produceAndWait(record, {10s, {}}));
        const auto after = ask(profile);
        QVERIFY2(after, said(after).c_str());
        QVERIFY(after->sizeOf({"orders", Partition(1)}).value_or(0) > 10'000);
        QCOMPARE(after->sizeOf({"orders", Partition(0)}), std::optional<std::int64_t>(0));
        QCOMPARE(after->sizesByTopic().at("orders"), *after->sizeOf({"orders", Partition(1)}));
        QCOMPARE(after->dirs.size(), 1u);
        QVERIFY(after->dirs.front().totalBytes.value_or(0) >= after->dirs.front().usableBytes.value_or(-1));
        QVERIFY(after->dirs.front().usableBytes.value_or(0) > 0);
        QVERIFY(after->problems.empty());
    }

    void logsInByEachMechanism_data() {
        QTest::addColumn<QString>("mechanism");
        for (const char* name : {"PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"}) {
            QTest::newRow(name) << name;
        }
    }
    void logsInByEachMechanism() {
        QFETCH(QString, mechanism);
        BrokerFixture broker{backbone::BrokerOptions{}};
        QVERIFY(broker.broker().putUser({"a,b=c", "s3cret"}));
        auto profile = at(broker.bootstrap());
        profile.securityProtocol = "SASL_PLAINTEXT";
        profile.saslMechanism = mechanism.toStdString();
        profile.user = "a,b=c";
        profile.password = "s3cret";
        const auto good = ask(profile);
        QVERIFY2(good, said(good).c_str());
        profile.password = "wrong";
        const auto bad = ask(profile);
        QVERIFY(!bad);
        QCOMPARE(bad.error().code, ErrorCode::PermissionDenied);
        QVERIFY2(said(bad).find("did not accept the user and password") != std::string::npos, said(bad).c_str());
    }

    /// The example of RFC 7677.
    void scramMatchesTheRfc() {
        sasl::ScramClient client(sasl::ScramHash::Sha256, "user", "pencil", "rOprNGfwEbeRWgbNEkqO");
        QCOMPARE(client.start(), std::string("n,,n=user,r=rOprNGfwEbeRWgbNEkqO"));
        const std::string nonce = "rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
        const auto proof = client.next("r=" + nonce + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096");
        QVERIFY(proof && *proof);
        QCOMPARE(**proof, "c=biws,r=" + nonce + ",p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
        const auto end = client.next("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
        QVERIFY(end && !*end);
    }

    void scramRefusesWhatIsNotTheServer_data() {
        QTest::addColumn<QString>("first");
        QTest::addColumn<QString>("last");
        const QString good = QStringLiteral("r=NONCEmore,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096");
        QTest::newRow("another nonce") << "r=OTHER,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096" << QString();
        QTest::newRow("our nonce alone") << "r=NONCE,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096" << QString();
        QTest::newRow("few rounds") << "r=NONCEmore,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=1" << QString();
        QTest::newRow("endless rounds") << "r=NONCEmore,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=2000000000" << QString();
        QTest::newRow("no salt") << "r=NONCEmore,i=4096" << QString();
        QTest::newRow("nothing") << "" << QString();
        QTest::newRow("wrong signature") << good << QStringLiteral("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
        QTest::newRow("an error") << good << QStringLiteral("e=invalid-proof");
    }
    void scramRefusesWhatIsNotTheServer() {
        QFETCH(QString, first);
        QFETCH(QString, last);
        sasl::ScramClient client(sasl::ScramHash::Sha256, "user", "pencil", "NONCE");
        const auto answer = client.next(first.toStdString());
        QCOMPARE(answer.has_value(), !last.isEmpty());
        QVERIFY(last.isEmpty() || !client.next(last.toStdString()));
    }

    void aRefusedConnectionIsNamed() {
        const auto result = ask(at("127.0.0.1:1"));
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Unavailable);
        QVERIFY2(said(result).find("127.0.0.1:1 refused the connection") != std::string::npos, said(result).c_str());
    }

    void aDeafServerIsATimeout() {
        QElapsedTimer timer;
        timer.start();
        refuses(testing::drain, ErrorCode::Timeout, "does not answer", {300ms, {}});
        QVERIFY(timer.elapsed() < 3'000);
    }

    void aCancelledCallEndsSoon() {
        const ScriptedServer server(testing::drain);
        std::stop_source stop;
        QElapsedTimer timer;
        timer.start();
        std::jthread canceller([&stop] { stop.request_stop(); });
        const auto result = ask(at(server.bootstrap()), {60s, stop.get_token()});
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Cancelled);
        QVERIFY(timer.elapsed() < 3'000);
    }

    void whatIsNotKafkaIsRefused_data() {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<bool>("hangsUp");
        QTest::newRow("silence") << QByteArray() << true;
        QTest::newRow("half a length") << QByteArray("\0\0", 2) << true;
        QTest::newRow("half a frame") << QByteArray("\0\0\0\x10\0\0\0\1", 8) << true;
        QTest::newRow("http") << QByteArray("HTTP/1.1 400 Bad Request\r\n\r\n") << false;
        QTest::newRow("huge") << QByteArray("\x7f\xff\xff\xff", 4) << false;
        QTest::newRow("another id") << QByteArray("\0\0\0\x06\0\0\0\x09\0\0", 10) << false;
        QTest::newRow("no body") << QByteArray("\0\0\0\x04\0\0\0\1", 8) << false;
        QTest::newRow("too many apis") << QByteArray("\0\0\0\x0b\0\0\0\1\0\0\xff\xff\xff\xff\x0f", 15) << false;
    }
    void whatIsNotKafkaIsRefused() {
        QFETCH(QByteArray, answer);
        QFETCH(bool, hangsUp);
        const auto bytes = answer.toStdString();
        refuses([bytes](int descriptor) { testing::answerWith(descriptor, bytes); },
                hangsUp ? ErrorCode::Unavailable : ErrorCode::Corrupt, hangsUp ? "hung up" : "not Kafka's");
    }

    void aBrokerWithoutTheApiSaysUnsupported() {
        // A broker that answers ApiVersions with Metadata alone, then lists itself.
        const ScriptedServer server([](int descriptor) {
            wire::ApiVersionsResponse response;
            response.apiKeys.push_back({wire::ApiKey::ApiVersions, 0, 3});
            testing::answerWith(descriptor, wire::encodeResponse(1, response, 3).flatten());
            testing::drain(descriptor);
        });
        const auto result = ask(at(server.bootstrap()));
        QVERIFY(!result);
        QVERIFY2(result.error().code == ErrorCode::Unsupported, said(result).c_str());
        QVERIFY2(said(result).find("does not offer it (Metadata)") != std::string::npos, said(result).c_str());
    }

    void anUnreadableCaFileIsNamedAtOnce() {
        auto profile = at("127.0.0.1:1");
        profile.securityProtocol = "SSL";
        profile.caFile = "/no/such/ca.pem";
        const auto valid = validateProfile(profile);
        QVERIFY(!valid);
        QCOMPARE(valid.error().message,
                 std::string("The CA file '/no/such/ca.pem' can't be read; check its path and its permissions."));
        profile.caFile.clear();
        profile.keyFile = "/dev/null";
        QVERIFY(!validateProfile(profile));
    }

    void tlsToWhatSpeaksNoneFails() {
        BrokerFixture broker;
        auto profile = at(broker.bootstrap());
        profile.securityProtocol = "SSL";
        const auto result = ask(profile);
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Unavailable);
        QVERIFY2(said(result).find("No secure connection") != std::string::npos, said(result).c_str());
    }
};

QTEST_GUILESS_MAIN(LogDirsTest)
#include "log_dirs_test.moc"
