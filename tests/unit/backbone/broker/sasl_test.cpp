// SPDX-License-Identifier: Apache-2.0
#include <backbone/base64.h>

#include <QtTest>

#ifndef Q_MOC_RUN // moc 6.4 can't read C++23's <chrono>
#include "sasl/scram.h"
#include "support/broker_fixture.h"
#include "support/requests.h"
#include "wire/messages/api_versions.h"
#include "wire/messages/metadata.h"
#include "wire/messages/sasl_authenticate.h"
#include "wire/messages/sasl_handshake.h"
#endif

#include <sys/stat.h>

using namespace meshbone;
using namespace meshbone::backbone;
using namespace meshbone::backbone::sasl;
using namespace meshbone::testing;
using namespace meshbone::backbone::wire;

namespace {

KafkaCode handshake(RawClient& client, std::string_view mechanism, Version version = 1) {
    SaslHandshakeRequest request;
    request.mechanism = mechanism;
    return client.call<SaslHandshakeResponse>(request, version).errorCode;
}

SaslAuthenticateResponse authenticate(RawClient& client, std::string_view token) {
    SaslAuthenticateRequest request;
    request.authBytes = token;
    return client.call<SaslAuthenticateResponse>(request, 2);
}

std::string plainToken(std::string_view user, std::string_view password) {
    std::string token(1, '\0');
    token.append(user);
    token += '\0';
    return token.append(password);
}

/// The client's side of SCRAM, with what a test may want to get wrong.
class ScramClient {
public:
    ScramClient(ScramHash hash, std::string user, std::string password)
        : m_hash(hash)
        , m_password(std::move(password))
        , m_bare("n=" + user + ",r=" + m_nonce) {}

    std::string first() const { return "n,," + m_bare; }
    std::string last(std::string_view serverFirst, std::optional<std::string> nonce = std::nullopt) {
        const auto part = [&](std::string_view name) {
            const auto at = serverFirst.find(name) + name.size();
            return std::string(serverFirst.substr(at, serverFirst.find(',', at) - at));
        };
        const auto withoutProof = "c=biws,r=" + nonce.value_or(part("r="));
        const auto salted = saltedPassword(m_hash, m_password, fromBase64(part(",s=")).value(), std::stoi(part(",i=")));
        const auto clientKey = scramHmac(m_hash, salted, "Client Key");
        m_message = m_bare + "," + std::string(serverFirst) + "," + withoutProof;
        auto proof = scramHmac(m_hash, scramHash(m_hash, clientKey), m_message);
        for (std::size_t i = 0; i < proof.size(); ++i) {
            proof[i] = static_cast<char>(proof[i] ^ clientKey[i]);
        }
        m_signature = scramHmac(m_hash, scramHmac(m_hash, salted, "Server Key"), m_message);
        return withoutProof + ",p=" + toBase64(proof);
    }
    bool trusts(std::string_view serverFinal) const { return serverFinal == "v=" + toBase64(m_signature); }
    const std::string& nonce() const { return m_nonce; }

private:
    ScramHash m_hash;
    std::string m_password;
    std::string m_nonce = "fyko+d2lbbFgONRv9qkxdawL";
    std::string m_bare;
    std::string m_message;
    std::string m_signature;
};

bool isLoggedIn(RawClient& client) {
    MetadataRequest request;
    request.topics.emplace();
    return client.call<MetadataResponse>(request, 8).brokers.size() == 1;
}

} // namespace

class SaslTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        m_fixture = std::make_unique<BrokerFixture>(BrokerOptions{});
        QVERIFY(m_fixture->broker().putUser({"alice", "wonderland"}).has_value());
        QVERIFY(m_fixture->broker().putUser({"comma,equals=", "pässword"}).has_value());
    }
    void cleanupTestCase() { m_fixture.reset(); }

    void rfc7677TestVector() {
        const auto salt = fromBase64("W22ZaJ0SNY7soEsUEjb6gQ==").value();
        const auto salted = saltedPassword(ScramHash::Sha256, "pencil", salt, 4096);
        const auto serverKey = scramHmac(ScramHash::Sha256, salted, "Server Key");
        const std::string message =
            "n=user,r=rOprNGfwEbeRWgbNEkqO,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
            "s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,c=biws,"
            "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
        QCOMPARE(toBase64(scramHmac(ScramHash::Sha256, serverKey, message)),
                 std::string("6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="));
    }

    void plainLogsIn() {
        RawClient client(m_fixture->port());
        QCOMPARE(handshake(client, "PLAIN"), KafkaCode::None);
        QCOMPARE(authenticate(client, plainToken("alice", "wonderland")).errorCode, KafkaCode::None);
        QVERIFY(isLoggedIn(client));
    }

    void scramLogsIn() {
        for (const auto hash : {ScramHash::Sha256, ScramHash::Sha512}) {
            for (const auto& [user, sent, password] : {std::tuple("alice", "alice", "wonderland"),
                                                       std::tuple("comma,equals=", "comma=2Cequals=3D", "pässword")}) {
                RawClient client(m_fixture->port());
                QCOMPARE(handshake(client, hash == ScramHash::Sha256 ? "SCRAM-SHA-256" : "SCRAM-SHA-512"),
                         KafkaCode::None);
                ScramClient scram(hash, sent, password);
                const auto challenge = authenticate(client, scram.first());
                QCOMPARE(challenge.errorCode, KafkaCode::None);
                const auto answer = authenticate(client, scram.last(challenge.authBytes));
                QVERIFY2(answer.errorCode == KafkaCode::None, user);
                QVERIFY(scram.trusts(answer.authBytes));
                QVERIFY(isLoggedIn(client));
            }
        }
    }

    void rawTokensAfterHandshakeVersionZero() {
        RawClient client(m_fixture->port());
        QCOMPARE(handshake(client, "PLAIN", 0), KafkaCode::None);
        const auto token = plainToken("alice", "wonderland");
        client.sendBytes(std::string("\0\0\0", 3) + static_cast<char>(token.size()) + token);
        QCOMPARE(client.readFrame().value_or("closed"), std::string());
        QVERIFY(isLoggedIn(client));
        RawClient wrong(m_fixture->port());
        QCOMPARE(handshake(wrong, "PLAIN", 0), KafkaCode::None);
        const auto bad = plainToken("alice", "wrong");
        wrong.sendBytes(std::string("\0\0\0", 3) + static_cast<char>(bad.size()) + bad);
        QVERIFY(wrong.isClosed());
    }

    void unknownUsersLookLikeWrongPasswords() {
        std::vector<std::string> said;
        for (const auto& [user, password] : {std::pair("alice", "wrong"), std::pair("nobody", "wrong")}) {
            RawClient client(m_fixture->port());
            handshake(client, "PLAIN");
            const auto answer = authenticate(client, plainToken(user, password));
            QCOMPARE(answer.errorCode, KafkaCode::SaslAuthenticationFailed);
            said.push_back(answer.errorMessage.value_or(""));
            QVERIFY(client.isClosed());
        }
        std::string salt;
        for (const auto* user : {"alice", "nobody", "nobody"}) {
            RawClient client(m_fixture->port());
            handshake(client, "SCRAM-SHA-256");
            ScramClient scram(ScramHash::Sha256, user, "wrong");
            const auto challenge = authenticate(client, scram.first()).authBytes;
            const auto thisSalt = challenge.substr(challenge.find(",s="));
            QVERIFY(thisSalt != salt || std::string_view(user) == "nobody");
            if (salt.size() == thisSalt.size() && said.size() == 4) {
                QCOMPARE(thisSalt, salt); // the same at each try, as a real user's
            }
            salt = thisSalt;
            const auto answer = authenticate(client, scram.last(challenge));
            QCOMPARE(answer.errorCode, KafkaCode::SaslAuthenticationFailed);
            said.push_back(answer.errorMessage.value_or(""));
        }
        QCOMPARE(said[0], said[1]);
        QCOMPARE(said[2], said[3]);
    }

    void theWholeNonceMustComeBack() {
        for (const int wrong : {0, 1, 2}) {
            RawClient client(m_fixture->port());
            handshake(client, "SCRAM-SHA-256");
            ScramClient scram(ScramHash::Sha256, "alice", "wonderland");
            const auto challenge = authenticate(client, scram.first()).authBytes;
            const auto whole = challenge.substr(2, challenge.find(',') - 2);
            const std::string nonces[] = {whole.substr(scram.nonce().size()), "x" + whole, scram.nonce()};
            const auto answer = authenticate(client, scram.last(challenge, nonces[wrong]));
            QCOMPARE(answer.errorCode, KafkaCode::SaslAuthenticationFailed);
        }
    }

    void nothingButLoginBeforeLogin() {
        RawClient client(m_fixture->port());
        ApiVersionsRequest versions;
        versions.clientSoftwareName = "raw";
        versions.clientSoftwareVersion = "1";
        QCOMPARE(client.call<ApiVersionsResponse>(versions, 3).errorCode, KafkaCode::None);
        MetadataRequest request;
        client.send(request, 8);
        QVERIFY(client.isClosed());
        RawClient large(m_fixture->port());
        large.sendBytes(std::string("\0\x02\0\0", 4)); // 128 KiB: fine later, too much before the login
        QVERIFY(large.isClosed());
    }

    void statesOutOfOrder() {
        RawClient client(m_fixture->port());
        QCOMPARE(authenticate(client, plainToken("alice", "wonderland")).errorCode, KafkaCode::IllegalSaslState);
        QCOMPARE(handshake(client, "GSSAPI"), KafkaCode::UnsupportedSaslMechanism);
        QVERIFY(client.isClosed());
        BrokerFixture insecure;
        RawClient open(insecure.port());
        QCOMPARE(handshake(open, "PLAIN"), KafkaCode::IllegalSaslState);
    }

    void garbageTokensAreRefused() {
        for (const auto* mechanism : {"PLAIN", "SCRAM-SHA-256"}) {
            for (const auto& token :
                 {std::string(), std::string("n,,"), std::string("p=tls,,n=alice,r=x"), std::string("n,,n=alice,r="),
                  std::string("n,,n=ali=ce,r=abc"), std::string(5'000, 'n'), std::string("\0\0\0\0", 4),
                  std::string("\0alice\0", 7)}) {
                RawClient client(m_fixture->port());
                handshake(client, mechanism);
                QCOMPARE(authenticate(client, token).errorCode, KafkaCode::SaslAuthenticationFailed);
            }
        }
    }

    void passwordsAreCheckedBesideTheLoop() {
        // Many at once, some of whom don't wait for the answer, and one who goes on working meanwhile.
        RawClient honest(m_fixture->port());
        handshake(honest, "PLAIN");
        QCOMPARE(authenticate(honest, plainToken("alice", "wonderland")).errorCode, KafkaCode::None);
        std::vector<std::unique_ptr<RawClient>> guessers;
        std::vector<std::int32_t> ids;
        for (int i = 0; i < 40; ++i) {
            auto& one = guessers.emplace_back(std::make_unique<RawClient>(m_fixture->port()));
            handshake(*one, "PLAIN");
            const auto token = plainToken("alice", i % 4 == 0 ? "wonderland" : "guess " + std::to_string(i));
            SaslAuthenticateRequest request;
            request.authBytes = token;
            ids.push_back(one->send(request, 2));
            if (i % 8 == 1) {
                one.reset();
            }
        }
        QVERIFY(isLoggedIn(honest));
        for (std::size_t i = 0; i < guessers.size(); ++i) {
            if (guessers[i]) {
                const auto answer = guessers[i]->receive<SaslAuthenticateResponse>(2, ids[i]);
                QCOMPARE(answer.errorCode, i % 4 == 0 ? KafkaCode::None : KafkaCode::SaslAuthenticationFailed);
                QVERIFY(i % 4 == 0 ? isLoggedIn(*guessers[i]) : guessers[i]->isClosed());
            }
        }
    }

    void aBrokerMayStopWhilePasswordsAreChecked() {
        BrokerFixture fixture(BrokerOptions{});
        QVERIFY(fixture.broker().putUser({"alice", "wonderland"}).has_value());
        std::vector<std::unique_ptr<RawClient>> clients;
        for (int i = 0; i < 20; ++i) {
            auto& one = clients.emplace_back(std::make_unique<RawClient>(fixture.port()));
            handshake(*one, "PLAIN");
            const auto token = plainToken("alice", "guess");
            SaslAuthenticateRequest request;
            request.authBytes = token;
            one->send(request, 2);
        }
        fixture.stop();
    }

    void usersAreKeptPrivately() {
        QCOMPARE(m_fixture->broker().users(), (std::vector<std::string>{"alice", "comma,equals="}));
        struct stat status {};
        QCOMPARE(::stat((m_fixture->dataDirectory() + "/users").c_str(), &status), 0);
        QCOMPARE(status.st_mode & 0777U, 0600U);
        QVERIFY(m_fixture->broker().putUser({"bob", "builder"}).has_value());
        m_fixture->restart();
        RawClient client(m_fixture->port());
        handshake(client, "PLAIN");
        QCOMPARE(authenticate(client, plainToken("bob", "builder")).errorCode, KafkaCode::None);
        QVERIFY(m_fixture->broker().removeUser("bob").has_value());
        QVERIFY(!m_fixture->broker().removeUser("bob").has_value());
        RawClient gone(m_fixture->port());
        handshake(gone, "PLAIN");
        QCOMPARE(authenticate(gone, plainToken("bob", "builder")).errorCode, KafkaCode::SaslAuthenticationFailed);
    }

private:
    std::unique_ptr<BrokerFixture> m_fixture;
};

QTEST_GUILESS_MAIN(SaslTest)
#include "sasl_test.moc"
