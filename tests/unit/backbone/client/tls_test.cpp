// SPDX-License-Identifier: Apache-2.0
// librdkafka and the wire client over TLS against the embedded broker: with a login, by certificate, and refused.
#include <QtTest>

#ifndef Q_MOC_RUN // moc 6.4 can't read C++23's <chrono>
#include "support/logged_in.h"

#include <backbone/access_admin.h>
#endif

#include <fstream>

using namespace meshbone;
using namespace meshbone::backbone;
using namespace meshbone::testing;
using namespace std::chrono_literals;

namespace {

const CallOptions kSoon{20s, {}};

template <class Value>
std::string said(const Result<Value>& result) {
    return result ? "it succeeded" : result.error().message;
}

Record recordOf(const std::string& value) {
    Record record;
    record.topic = "events";
    record.partition = Partition(0);
    record.key = "k";
    record.value = value;
    record.timestampMs = 1'700'000'000'000;
    return record;
}

/// Makes a topic, writes and reads back, and asks what only the wire client can; what went wrong, or nothing.
std::string wholeRound(const Profile& profile) {
    auto admin = openAdmin(profile);
    if (!admin) {
        return admin.error().message;
    }
    if (const auto made = (*admin)->createTopic({"events", 1, 1, {{"retention.ms", "-1"}}}, kSoon); !made) {
        return made.error().message;
    }
    auto producer = openProducer(profile, {});
    std::vector<std::string> sent{"one", std::string(900'000, 'x'), "three"};
    for (const auto& value : sent) {
        if (const auto delivered = (*producer)->produceAndWait(recordOf(value), kSoon); !delivered) {
            return delivered.error().message;
        }
    }
    auto consumer = openConsumer(profile, {});
    (void)(*consumer)->assign({{{"events", Partition(0)}, Offset(0)}});
    std::vector<std::string> read;
    for (QDeadlineTimer patience(20'000); read.size() < sent.size() && !patience.hasExpired();) {
        if (auto records = (*consumer)->poll(10, 200ms)) {
            for (auto& record : *records) {
                read.push_back(record.value.value_or(""));
            }
        }
    }
    const auto dirs = (*admin)->logDirs({{"events", Partition(0)}}, kSoon);
    return read != sent ? "other records came back" : dirs ? "" : dirs.error().message;
}

} // namespace

class TlsClientTest : public QObject {
    Q_OBJECT

private slots:
    void withALogin() {
        BrokerOptions options;
        options.tls = true;
        BrokerFixture broker(options);
        UserClient::know(broker, "alice");
        auto profile = profileOf(broker, "SASL_SSL");
        profile.saslMechanism = "SCRAM-SHA-256";
        profile.user = "alice";
        profile.password = "alice-secret";
        QCOMPARE(wholeRound(profile), std::string());
    }

    void withoutOne() {
        BrokerFixture broker(anonymous({}));
        QCOMPARE(wholeRound(profileOf(broker, "SSL")), std::string());
    }

    void byCertificate() {
        auto options = anonymous({{"ssl.client.auth", "required"},
                                  {"authorizer.class.name", kAuthorizer},
                                  {"super.users", "User:orders"},
                                  {"ssl.principal.mapping.rules", "RULE:^CN=(.*)$/$1/"}});
        BrokerFixture broker(options);
        QCOMPARE(wholeRound(withCertificate(broker, "orders")), std::string());
        // Another name is another principal, which may do nothing.
        const auto other = wholeRound(withCertificate(broker, "billing"));
        QVERIFY2(other.find("not allowed") != std::string::npos, other.c_str());
    }

    void withoutTheCertificateThatIsRequired() {
        BrokerFixture broker(anonymous({{"ssl.client.auth", "required"}}));
        const auto refused = answerOf(profileOf(broker, "SSL"));
        QVERIFY2(refused.find("certificate") != std::string::npos, refused.c_str());
    }

    void aStrangersAuthorityIsNotTrusted() {
        BrokerFixture broker(anonymous({}));
        BrokerFixture other(anonymous({}));
        auto profile = profileOf(broker, "SSL");
        profile.caFile = other.broker().caFile();
        for (const auto& refused : {answerOf(profile), wireAnswerOf(profile)}) {
            QVERIFY2(refused.find("certificate of 127.0.0.1:" + std::to_string(broker.port()) + " was not accepted") !=
                         std::string::npos,
                     refused.c_str());
            QVERIFY2(refused.find("CA file") != std::string::npos, refused.c_str());
        }
    }

    void tlsWhereThereIsNone() {
        BrokerFixture plain;
        auto profile = profileOf(plain, "SSL");
        profile.caFile.clear();
        const auto refused = answerOf(profile);
        QVERIFY2(refused.find("security protocol") != std::string::npos, refused.c_str());
    }

    void logsInAgainByItself() {
        BrokerOptions options;
        options.tls = true;
        options.properties["connections.max.reauth.ms"] = "1500";
        BrokerFixture broker(options);
        UserClient::know(broker, "alice");
        auto profile = profileOf(broker, "SASL_SSL");
        profile.saslMechanism = "PLAIN";
        profile.user = "alice";
        profile.password = "alice-secret";
        auto admin = openAdmin(profile).value();
        QVERIFY((*admin).createTopic({"events", 1, 1, {}}, kSoon));
        auto producer = openProducer(profile, {}).value();
        // Longer than a login holds, without a failure in between.
        for (QDeadlineTimer end(3'500); !end.hasExpired();) {
            const auto delivered = producer->produceAndWait(recordOf("x"), kSoon);
            QVERIFY2(delivered, said(delivered).c_str());
        }
    }

private:
    static constexpr auto kAuthorizer = "org.apache.kafka.metadata.authorizer.StandardAuthorizer";

    static BrokerOptions anonymous(std::map<std::string, std::string> properties) {
        BrokerOptions options;
        options.tls = options.insecure = true;
        options.properties = std::move(properties);
        return options;
    }
    static Profile profileOf(BrokerFixture& broker, const std::string& protocol) {
        Profile profile;
        profile.name = "test";
        profile.bootstrap = broker.bootstrap();
        profile.securityProtocol = protocol;
        profile.caFile = broker.broker().caFile();
        return profile;
    }
    Profile withCertificate(BrokerFixture& broker, const std::string& name) {
        const auto certificate = issueClientCertificate(broker.dataDirectory(), name).value();
        auto profile = profileOf(broker, "SSL");
        profile.certificateFile = m_folder.filePath("client.pem").toStdString();
        profile.keyFile = m_folder.filePath("client.key").toStdString();
        std::ofstream(profile.certificateFile) << certificate.certificatePem;
        std::ofstream(profile.keyFile) << certificate.keyPem;
        return profile;
    }
    static std::string answerOf(const Profile& profile) { return said(openAdmin(profile).value()->topics({3s, {}})); }
    static std::string wireAnswerOf(const Profile& profile) {
        return said(openAccessAdmin(profile).value()->acls({}, {3s, {}}));
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TlsClientTest)
#include "tls_test.moc"
