// SPDX-License-Identifier: Apache-2.0
// Logins that end, and logging in again on the open connection (KIP-368), as Kafka does it.
#include <QtTest>

#ifndef Q_MOC_RUN // moc 6.4 can't read C++23's <chrono>
#include "support/logged_in.h"
#include "wire/messages/api_versions.h"
#include "wire/messages/metadata.h"
#endif

using namespace meshbone;
using namespace meshbone::backbone;
using namespace meshbone::testing;
using namespace meshbone::backbone::wire;

namespace {

SaslHandshakeResponse handshake(RawClient& client, std::string_view mechanism = "PLAIN", Version version = 1) {
    SaslHandshakeRequest request;
    request.mechanism = mechanism;
    return client.call<SaslHandshakeResponse>(request, version);
}

SaslAuthenticateResponse authenticate(RawClient& client, const std::string& user, const std::string& password,
                                      Version version = 2) {
    const auto token = std::string(1, '\0') + user + '\0' + password;
    SaslAuthenticateRequest request;
    request.authBytes = token;
    return client.call<SaslAuthenticateResponse>(request, version);
}

bool works(RawClient& client) {
    MetadataRequest request;
    request.topics.emplace();
    try {
        return client.call<MetadataResponse>(request, 8).brokers.size() == 1;
    } catch (const std::runtime_error&) {
        return false;
    }
}

} // namespace

class LoginAgainTest : public QObject {
    Q_OBJECT

private slots:
    void aLoginHasNoEndUnlessItIsGivenOne() {
        BrokerFixture fixture((BrokerOptions()));
        know(fixture);
        RawClient client(fixture.port());
        handshake(client);
        QCOMPARE(authenticate(client, "alice", "alice-secret").sessionLifetimeMs, std::int64_t{0});
        const auto again = handshake(client);
        QCOMPARE(again.errorCode, KafkaCode::IllegalSaslState);
        QVERIFY(again.mechanisms.empty());
        QCOMPARE(authenticate(client, "alice", "alice-secret").errorCode, KafkaCode::IllegalSaslState);
        QVERIFY(works(client)); // which harms nobody
    }

    void theAnswerTellsHowLongItHolds() {
        auto fixture = lasting("3600000");
        RawClient client(fixture->port());
        handshake(client, "SCRAM-SHA-256");
        SaslAuthenticateRequest first;
        first.authBytes = "n,,n=alice,r=abcdefgh";
        QCOMPARE(client.call<SaslAuthenticateResponse>(first, 2).sessionLifetimeMs, std::int64_t{0}); // not done yet
        RawClient plain(fixture->port());
        handshake(plain);
        QCOMPARE(authenticate(plain, "alice", "alice-secret").sessionLifetimeMs, std::int64_t{3'600'000});
        RawClient old(fixture->port());
        handshake(old);
        QCOMPARE(authenticate(old, "alice", "alice-secret", 0).sessionLifetimeMs, std::int64_t{0}); // no field for it
        QVERIFY(works(old));
    }

    void whoDoesNotLogInAgainIsDisconnected() {
        auto fixture = lasting("20");
        RawClient client(fixture->port());
        QVERIFY(logIn(client, "alice", "alice-secret"));
        QTRY_VERIFY(!works(client));
        RawClient versions(fixture->port());
        QVERIFY(logIn(versions, "alice", "alice-secret"));
        QTRY_VERIFY(!asksVersions(versions)); // as any other request
        RawClient other(fixture->port());
        QVERIFY(logIn(other, "alice", "alice-secret"));
    }

    void whoLogsInAgainGoesOn() {
        auto fixture = lasting("1000");
        RawClient witness(fixture->port());
        RawClient client(fixture->port());
        QVERIFY(logIn(client, "alice", "alice-secret"));
        QVERIFY(logIn(witness, "alice", "alice-secret"));
        QTRY_VERIFY(!works(witness)); // so that of the client, which is older, is over too
        QCOMPARE(handshake(client).errorCode, KafkaCode::None);
        QCOMPARE(authenticate(client, "alice", "alice-secret").sessionLifetimeMs, std::int64_t{1000});
        QVERIFY(works(client));
    }

    void notMoreThanOnceInASecond() {
        auto fixture = lasting("3600000");
        RawClient client(fixture->port());
        QVERIFY(logIn(client, "alice", "alice-secret"));
        QVERIFY(logIn(client, "alice", "alice-secret")); // the first time at any time
        QCOMPARE(handshake(client).errorCode, KafkaCode::IllegalSaslState);
        QVERIFY(works(client));
    }

    void anotherUserIsRefused() {
        auto fixture = lasting("3600000");
        RawClient client(fixture->port());
        QVERIFY(logIn(client, "alice", "alice-secret"));
        handshake(client);
        const auto answer = authenticate(client, "bob", "bob-secret");
        QCOMPARE(answer.errorCode, KafkaCode::SaslAuthenticationFailed);
        QCOMPARE(answer.errorMessage.value_or(""),
                 std::string("Cannot change principals during re-authentication from User.alice: User.bob"));
        QVERIFY(client.isClosed());
    }

    void aWrongPasswordIsTheEnd() {
        auto fixture = lasting("3600000");
        RawClient client(fixture->port());
        QVERIFY(logIn(client, "alice", "alice-secret"));
        handshake(client);
        QCOMPARE(authenticate(client, "alice", "guess").errorCode, KafkaCode::SaslAuthenticationFailed);
        QVERIFY(client.isClosed());
    }

    void anotherMechanismIsTheEnd() {
        auto fixture = lasting("3600000");
        RawClient client(fixture->port());
        QVERIFY(logIn(client, "alice", "alice-secret"));
        QCOMPARE(handshake(client, "SCRAM-SHA-256").errorCode, KafkaCode::None); // Kafka says so with the next step
        MetadataRequest request;
        client.send(request, 8);
        QVERIFY(client.isClosed());
        RawClient unknown(fixture->port());
        QVERIFY(logIn(unknown, "alice", "alice-secret"));
        QCOMPARE(handshake(unknown, "GSSAPI").errorCode, KafkaCode::UnsupportedSaslMechanism);
        QVERIFY(unknown.isClosed());
    }

    void nothingElseInTheMiddleOfIt() {
        auto fixture = lasting("3600000");
        RawClient client(fixture->port());
        QVERIFY(logIn(client, "alice", "alice-secret"));
        handshake(client);
        QVERIFY(!works(client));
        RawClient versions(fixture->port());
        QVERIFY(logIn(versions, "alice", "alice-secret"));
        handshake(versions);
        QCOMPARE(askVersions(versions).errorCode, KafkaCode::IllegalSaslState);
        QVERIFY(versions.isClosed());
    }

    void aUserWhoIsGoneIsNotLetInAgain() {
        auto fixture = lasting("3600000");
        RawClient client(fixture->port());
        QVERIFY(logIn(client, "alice", "alice-secret"));
        QVERIFY(logIn(client, "alice", "alice-secret"));
        QVERIFY(fixture->broker().removeUser("alice").has_value());
        QVERIFY(client.isClosed()); // once, though it logged in twice
    }

    void withoutHeadersToo() {
        auto fixture = lasting("20");
        RawClient client(fixture->port());
        handshake(client, "PLAIN", 0);
        const auto token = std::string(1, '\0') + "alice" + '\0' + "alice-secret";
        client.sendBytes(std::string("\0\0\0", 3) + static_cast<char>(token.size()) + token);
        QCOMPARE(client.readFrame().value_or("closed"), std::string());
        QTRY_VERIFY(!works(client));
    }

private:
    static void know(BrokerFixture& fixture) {
        for (const auto* user : {"alice", "bob"}) {
            UserClient::know(fixture, user);
        }
    }
    static std::unique_ptr<BrokerFixture> lasting(const char* ms) {
        BrokerOptions options;
        options.properties["connections.max.reauth.ms"] = ms;
        auto fixture = std::make_unique<BrokerFixture>(options);
        know(*fixture);
        return fixture;
    }
    static ApiVersionsResponse askVersions(RawClient& client) {
        ApiVersionsRequest request;
        request.clientSoftwareName = "raw";
        request.clientSoftwareVersion = "1";
        return client.call<ApiVersionsResponse>(request, 3);
    }
    static bool asksVersions(RawClient& client) {
        try {
            return askVersions(client).errorCode == KafkaCode::None;
        } catch (const std::runtime_error&) {
            return false;
        }
    }
};

QTEST_GUILESS_MAIN(LoginAgainTest)
#include "login_again_test.moc"
