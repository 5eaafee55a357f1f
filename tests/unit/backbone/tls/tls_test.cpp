// SPDX-License-Identifier: Apache-2.0
#include <QtTest>

#ifndef Q_MOC_RUN // moc 6.4 can't read C++23's <chrono>
#include "tls/authority.h"
#include "tls/principal_rules.h"
#include "tls/server_context.h"
#include "tls/subject_name.h"
#include "tls/unicode.h"

#include <openssl/pem.h>
#include <openssl/x509v3.h>
#endif

using namespace meshbone;
using namespace meshbone::backbone::tls;

namespace {

constexpr std::time_t kDay = 24 * 3600;

/// X509_V_OK where `certificate` is a server's (or a client's) that `authority` vouches for at that time.
int verdictOf(X509* certificate, X509* authority, std::time_t at, int purpose) {
    const std::unique_ptr<X509_STORE, decltype(&X509_STORE_free)> store(X509_STORE_new(), X509_STORE_free);
    X509_STORE_add_cert(store.get(), authority);
    const std::unique_ptr<X509_STORE_CTX, decltype(&X509_STORE_CTX_free)> context(X509_STORE_CTX_new(),
                                                                                  X509_STORE_CTX_free);
    X509_STORE_CTX_init(context.get(), store.get(), certificate, nullptr);
    X509_STORE_CTX_set_purpose(context.get(), purpose);
    X509_STORE_CTX_set_time(context.get(), 0, at);
    X509_verify_cert(context.get());
    return X509_STORE_CTX_get_error(context.get());
}

std::string encryptedPem(EVP_PKEY* key, const std::string& password) {
    const BioPtr bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_PKCS8PrivateKey(bio.get(), key, EVP_aes_256_cbc(), password.data(), static_cast<int>(password.size()),
                                  nullptr, nullptr);
    return textOf(bio.get());
}

} // namespace

class TlsTest : public QObject {
    Q_OBJECT

private slots:
    void init() { m_now = std::time(nullptr); }

    void anAuthorityVouchesForItsServers() {
        const auto authority = Authority::make(m_now).value();
        const auto server =
            authority.serverIdentity({"localhost", "127.0.0.1", "::1", "desk.example.org"}, m_now).value();
        auto* leaf = server.chain.front().get();
        QCOMPARE(verdictOf(leaf, authority.certificate(), m_now, X509_PURPOSE_SSL_SERVER), X509_V_OK);
        QVERIFY(verdictOf(leaf, authority.certificate(), m_now, X509_PURPOSE_SSL_CLIENT) != X509_V_OK);
        QVERIFY(verdictOf(leaf, Authority::make(m_now)->certificate(), m_now, X509_PURPOSE_SSL_SERVER) != X509_V_OK);
        for (const auto* host : {"localhost", "desk.example.org"}) {
            QCOMPARE(X509_check_host(leaf, host, 0, 0, nullptr), 1);
        }
        for (const auto* address : {"127.0.0.1", "::1"}) {
            QCOMPARE(X509_check_ip_asc(leaf, address, 0), 1);
        }
        QCOMPARE(X509_check_host(leaf, "elsewhere", 0, 0, nullptr), 0);
        QCOMPARE(EVP_PKEY_get_bits(server.key.get()), 256);
    }

    void aHostNameAddsNoFurtherNames() {
        const auto authority = Authority::make(m_now).value();
        const auto server = authority.serverIdentity({"localhost", "a,DNS:bank.example"}, m_now).value();
        QCOMPARE(X509_check_host(server.chain.front().get(), "bank.example", 0, 0, nullptr), 0);
        QVERIFY(!authority.serverIdentity({"a b"}, m_now));
    }

    void itSignsClientsToo() {
        const auto authority = Authority::make(m_now).value();
        const auto client = authority.clientIdentity("Jörg, orders", m_now).value();
        auto* leaf = client.chain.front().get();
        QCOMPARE(subjectName(leaf), std::string("CN=Jörg\\, orders"));
        QCOMPARE(verdictOf(leaf, authority.certificate(), m_now, X509_PURPOSE_SSL_CLIENT), X509_V_OK);
        QVERIFY(!authority.clientIdentity("", m_now));
        QVERIFY(!authority.clientIdentity(std::string(65, 'x'), m_now));
    }

    void itSurvivesItsFiles() {
        const auto made = Authority::make(m_now).value();
        const auto read = Authority::read(made.certificatePem(), made.keyPem(), "the authority").value();
        const auto server = read.serverIdentity({"localhost"}, m_now).value();
        QCOMPARE(verdictOf(server.chain.front().get(), made.certificate(), m_now, X509_PURPOSE_SSL_SERVER), X509_V_OK);
        const auto other = Authority::make(m_now).value();
        const auto mixed = Authority::read(made.certificatePem(), other.keyPem(), "The authority");
        QVERIFY(!mixed);
        QCOMPARE(mixed.error().message,
                 std::string("The authority has a private key that isn't its first certificate's."));
    }

    void aRenewedAuthorityIsTrustedAsTheOldOne() {
        auto authority = Authority::make(m_now).value();
        const auto old = certificatesIn(authority.certificatePem(), "x").value();
        QVERIFY(!authority.isEnding(m_now + 8 * 365 * kDay));
        const auto late = m_now + 9 * 365 * kDay + kDay;
        QVERIFY(authority.isEnding(late));
        const auto lastOfOld = authority.serverIdentity({"localhost"}, late).value();
        QVERIFY(endOf(lastOfOld.chain.front().get()) <= endOf(old.front().get()));
        QVERIFY(authority.renew(late).has_value());
        QVERIFY(!authority.isEnding(late));
        const auto server = authority.serverIdentity({"localhost"}, late).value();
        for (auto* trusted : {old.front().get(), authority.certificate()}) {
            QCOMPARE(verdictOf(server.chain.front().get(), trusted, late, X509_PURPOSE_SSL_SERVER), X509_V_OK);
        }
        QVERIFY(endOf(server.chain.front().get()) > late + 300 * kDay);
    }

    void keysAndCertificatesAreReadFromText() {
        const auto authority = Authority::make(m_now).value();
        const auto server = authority.serverIdentity({"localhost"}, m_now).value();
        const auto key = encryptedPem(server.key.get(), "open sesame");
        const auto chain = pemOf(server.chain.front().get()) + authority.certificatePem();
        const auto read = identityIn(key, "words before\n" + chain, "open sesame", "the store");
        QVERIFY(read);
        QCOMPARE(read->chain.size(), std::size_t{2});
        for (const auto& [password, hint] : {std::pair("", "needs ssl.key.password"), std::pair("guess", "right")}) {
            const auto refused = identityIn(key, chain, password, "the store");
            QVERIFY(!refused);
            QVERIFY2(refused.error().message.find(hint) != std::string::npos, refused.error().message.c_str());
            QVERIFY(refused.error().message.find("guess") == std::string::npos);
        }
        QVERIFY(!identityIn("", chain, "", "the store"));
        QVERIFY(!identityIn(pemOf(server.key.get()), "", "", "the store"));
        QVERIFY(!certificatesIn(chain.substr(0, chain.size() - 40), "the store"));
        QVERIFY(!certificatesIn("nothing", "the store"));
    }

    void aContextWithoutSenseIsRefused() {
        const auto authority = Authority::make(m_now).value();
        const auto server = authority.serverIdentity({"localhost"}, m_now).value();
        ServerSettings settings;
        settings.identity = &server;
        QVERIFY(ServerContext::make(settings));
        settings.clientAuth = ClientAuth::Required;
        const auto nobody = ServerContext::make(settings);
        QVERIFY(!nobody && nobody.error().message.find("ssl.truststore") != std::string::npos);
        settings.trusted = {authority.certificate()};
        QVERIFY(ServerContext::make(settings));
        settings.tls12 = settings.tls13 = false;
        QVERIFY(!ServerContext::make(settings));
    }

    void aRuleThatCannotBeUsedSaysWhy() {
        const auto refused = PrincipalRules::parse("RULE:^CN=(?!x)(.*)$/$1/");
        QVERIFY(!refused);
        QVERIFY2(refused.error().message.find("(?!x)") != std::string::npos, refused.error().message.c_str());
    }

    void longNamesTakeNoTime() {
        // A pattern that backtracks would need 2^n steps for it.
        const auto rules = PrincipalRules::parse("RULE:^CN=((a+)+)b$/$1/,DEFAULT").value();
        const auto name = "CN=" + std::string(20'000, 'a');
        QCOMPARE(rules.principalOf(name), std::optional(name));
    }

    void whatIsNoUtf8IsReplaced() {
        QCOMPARE(utf8Of(codePointsOf("a\xff\xc3(\xe2\x82z\xf0\x9f\x98\x80")), std::string("a\ufffd\ufffd(\ufffdz😀"));
        QCOMPARE(inCase("ÄÖx😀", LetterCase::Lower), std::string("äöx😀"));
    }

private:
    std::time_t m_now = 0;
};

QTEST_GUILESS_MAIN(TlsTest)
#include "tls_test.moc"
