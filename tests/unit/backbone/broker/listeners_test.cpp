// SPDX-License-Identifier: Apache-2.0
// Listeners and their security: what is listened on, certificates that are made or given, and who a client is by its
// own.
#include <QtTest>

#ifndef Q_MOC_RUN // moc 6.4 can't read C++23's <chrono>
#include "broker/listeners/listener_spec.h"
#include "broker/listeners/tls_keys.h"
#include "net/log_line.h"
#include "support/logged_in.h"
#include "support/requests.h"
#include "support/tls_client.h"
#include "wire/messages/describe_cluster.h"
#include "wire/messages/describe_configs.h"
#include "wire/messages/find_coordinator.h"
#include "wire/messages/metadata.h"

#include <openssl/pem.h>
#include <openssl/x509v3.h>
#endif

#include <fstream>
#include <mutex>
#include <set>
#include <sstream>
#include <sys/stat.h>

using namespace meshbone;
using namespace meshbone::backbone;
using namespace meshbone::testing;
using wire::KafkaCode;

namespace {

using Properties = std::map<std::string, std::string>;

std::string contentOf(const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

unsigned modeOf(const std::filesystem::path& path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 ? status.st_mode & 0777U : 0;
}

std::uint16_t portOf(const BrokerFixture& fixture, std::string_view protocol) {
    for (const auto& listener : const_cast<BrokerFixture&>(fixture).broker().listeners()) {
        if (listener.protocol == protocol) {
            return static_cast<std::uint16_t>(std::stoi(listener.bootstrap.substr(listener.bootstrap.rfind(':') + 1)));
        }
    }
    throw std::runtime_error("no such listener");
}

BrokerOptions optionsOf(Properties properties) {
    BrokerOptions options;
    options.properties = std::move(properties);
    return options;
}

/// Who the broker takes its clients for.
class Names final : public BrokerObserver {
public:
    void observed(const Observation& observation) override {
        const std::lock_guard lock(m_lock);
        m_last = observation.client->principal;
    }
    std::string last() {
        const std::lock_guard lock(m_lock);
        return m_last;
    }

private:
    std::mutex m_lock;
    std::string m_last;
};

wire::MetadataResponse metadataOf(RawClient& client) {
    wire::MetadataRequest request;
    request.topics.emplace().emplace_back().name = "any";
    return client.call<wire::MetadataResponse>(request, 8);
}

tls::Identity identityOf(const ClientCertificate& certificate) {
    return tls::identityIn(certificate.keyPem, certificate.certificatePem, {}, "the test's").value();
}

/// Why the broker doesn't start with these properties.
std::string refusalOf(Properties properties) {
    const QTemporaryDir folder;
    auto options = optionsOf(std::move(properties));
    options.dataDirectory = folder.path().toStdString();
    options.port = 0;
    const auto started = EmbeddedBroker::start(options);
    return started ? "it started" : started.error().message;
}

} // namespace

class ListenersTest : public QObject {
    Q_OBJECT

private slots:
    void certificatesAreMadeOnTheFirstStart();
    void theAuthorityStaysAndTheServersKeyDoesNot();
    void aDamagedAuthorityIsNotReplaced();
    void certificatesAreMadeAnewInTime();
    void eachListenerNamesItself();
    void loginOverTls();
    void whoAClientIsByItsCertificate_data();
    void whoAClientIsByItsCertificate();
    void aNameThatNoRuleFitsIsNobody();
    void certificatesMayBeGiven();
    void whatCannotBeMeantIsRefused_data();
    void whatCannotBeMeantIsRefused();
    void secretsAreNotShown();
    void certificatesForClientsNeedAnAuthority();
};

void ListenersTest::certificatesAreMadeOnTheFirstStart() {
    BrokerOptions options;
    options.tls = options.insecure = true;
    BrokerFixture fixture(options);
    const auto ca = fixture.broker().caFile();
    QCOMPARE(ca, std::filesystem::path(fixture.dataDirectory()) / "tls/ca.pem");
    QCOMPARE(modeOf(ca), 0644U);
    QCOMPARE(modeOf(ca.parent_path() / "ca.key"), 0600U);
    TlsWishes wishes;
    wishes.trustedPem = contentOf(ca);
    TlsClient client(fixture.port(), wishes); // checks the address too
    QCOMPARE(metadataOf(client).brokers.size(), std::size_t{1});
    const tls::CertificatePtr own(SSL_get1_peer_certificate(client.ssl()));
    char host[256] = {};
    ::gethostname(host, sizeof host - 1);
    for (const auto* name : {"localhost", static_cast<const char*>(host)}) {
        QCOMPARE(X509_check_host(own.get(), name, 0, 0, nullptr), 1);
    }
    QCOMPARE(X509_check_ip_asc(own.get(), "::1", 0), 1);
    RawClient plain(fixture.port());
    plain.send(wire::MetadataRequest{}, 8);
    QVERIFY(plain.readFrame() != std::string()); // an alert, if anything
    QVERIFY(plain.isClosed());
}

void ListenersTest::theAuthorityStaysAndTheServersKeyDoesNot() {
    BrokerOptions options;
    options.tls = options.insecure = true;
    BrokerFixture fixture(options);
    const auto ca = contentOf(fixture.broker().caFile());
    TlsWishes wishes;
    wishes.trustedPem = ca;
    std::set<std::string> seen;
    for (int start = 0; start < 2; ++start) {
        TlsClient client(fixture.port(), wishes);
        const tls::CertificatePtr own(SSL_get1_peer_certificate(client.ssl()));
        seen.insert(tls::pemOf(own.get()));
        fixture.restart();
    }
    QCOMPARE(contentOf(fixture.broker().caFile()), ca);
    QCOMPARE(seen.size(), std::size_t{2});
}

void ListenersTest::aDamagedAuthorityIsNotReplaced() {
    BrokerOptions options;
    options.tls = options.insecure = true;
    BrokerFixture fixture(options);
    const auto key = fixture.broker().caFile().parent_path() / "ca.key";
    auto where = fixture.options();
    where.dataDirectory = fixture.dataDirectory();
    fixture.stop();
    std::ofstream(key) << "-----BEGIN PRIVATE KEY-----\nnonsense\n-----END PRIVATE KEY-----\n";
    const auto refused = EmbeddedBroker::start(where);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Corrupt);
    QVERIFY(refused.error().message.find("remove it") != std::string::npos);
}

void ListenersTest::certificatesAreMadeAnewInTime() {
    const QTemporaryDir folder;
    const auto at = std::filesystem::path(folder.path().toStdString()) / "tls";
    const auto config = broker::BrokerConfig::fromProperties({}).value();
    constexpr std::time_t kDay = 24 * 3600;
    const auto now = std::time(nullptr);
    auto keys = broker::TlsKeys::open(realFileSystem(), at, config, {}, now).value();
    const auto ca = contentOf(at / "ca.pem");
    const auto first = keys->context(false);
    QVERIFY(keys->renewWhenDue(now + 330 * kDay).has_value());
    QCOMPARE(keys->context(false), first);
    QVERIFY(keys->renewWhenDue(now + 336 * kDay).has_value());
    QVERIFY(keys->context(false) != first);
    QCOMPARE(contentOf(at / "ca.pem"), ca);
    std::vector<std::string> said;
    net::setLogSink([&](net::Severity, std::string_view line) { said.emplace_back(line); });
    QVERIFY(keys->renewWhenDue(now + 9 * 365 * kDay + 10 * kDay).has_value());
    net::setLogSink(nullptr);
    QVERIFY(contentOf(at / "ca.pem") != ca);
    QVERIFY(said.size() == 1 && said[0].find("ca.pem within a year") != std::string::npos);
}

void ListenersTest::eachListenerNamesItself() {
    BrokerFixture fixture(optionsOf({{"listeners", "PLAINTEXT://127.0.0.1:0, SSL://localhost:0,sasl_ssl://[::1]:0"}}));
    const auto all = fixture.broker().listeners();
    QCOMPARE(all.size(), std::size_t{3});
    QCOMPARE(all[2].protocol, std::string("SASL_SSL"));
    QVERIFY(all[2].bootstrap.starts_with("[::1]:"));
    QCOMPARE(fixture.bootstrap(), all[0].bootstrap);
    RawClient plain(portOf(fixture, "PLAINTEXT"));
    TlsClient secure(portOf(fixture, "SSL"), {});
    for (const auto& [client, protocol, host] :
         {std::tuple<RawClient*, const char*, const char*>{&plain, "PLAINTEXT", "127.0.0.1"},
          {&secure, "SSL", "localhost"}}) {
        const auto port = portOf(fixture, protocol);
        const auto metadata = metadataOf(*client);
        QCOMPARE(metadata.brokers.at(0).port, std::int32_t{port});
        QCOMPARE(metadata.brokers.at(0).host, std::string(host));
        const auto cluster = client->call<wire::DescribeClusterResponse>(wire::DescribeClusterRequest{}, 1);
        QCOMPARE(cluster.brokers.at(0).port, std::int32_t{port});
        wire::FindCoordinatorRequest find;
        find.key = "g";
        QCOMPARE(client->call<wire::FindCoordinatorResponse>(find, 1).port, std::int32_t{port});
    }
}

void ListenersTest::loginOverTls() {
    BrokerOptions options;
    options.tls = true;
    BrokerFixture fixture(options);
    UserClient::know(fixture, "alice");
    QCOMPARE(fixture.broker().listeners().at(0).protocol, std::string("SASL_SSL"));
    TlsWishes wishes;
    wishes.trustedPem = contentOf(fixture.broker().caFile());
    TlsClient alice(fixture.port(), wishes);
    QVERIFY(logIn(alice, "alice", "alice-secret"));
    QCOMPARE(metadataOf(alice).brokers.size(), std::size_t{1});
    TlsClient wrong(fixture.port(), wishes);
    QVERIFY(!logIn(wrong, "alice", "guess"));
    TlsClient early(fixture.port(), wishes);
    early.send(wire::MetadataRequest{}, 8);
    QVERIFY(early.isClosed());
}

void ListenersTest::whoAClientIsByItsCertificate_data() {
    QTest::addColumn<QString>("rules");
    QTest::addColumn<QString>("principal");
    QTest::newRow("default") << "DEFAULT"
                             << "User:CN=Orders";
    QTest::newRow("its common name") << "RULE:^CN=([^,]+).*$/$1/,DEFAULT"
                                     << "User:Orders";
    QTest::newRow("in lower case") << "RULE:^CN=(.*)$/svc-$1/L"
                                   << "User:svc-orders";
}

void ListenersTest::whoAClientIsByItsCertificate() {
    QFETCH(QString, rules);
    QFETCH(QString, principal);
    Names names;
    auto options = optionsOf({{"ssl.client.auth", "requested"}, {"ssl.principal.mapping.rules", rules.toStdString()}});
    options.tls = options.insecure = true;
    options.observers = {&names};
    BrokerFixture fixture(options);
    const auto certificate = issueClientCertificate(fixture.dataDirectory(), "Orders").value();
    QCOMPARE(certificate.subject, std::string("CN=Orders"));
    const auto identity = identityOf(certificate);
    TlsWishes wishes;
    wishes.identity = &identity;
    TlsClient named(fixture.port(), wishes);
    metadataOf(named);
    QCOMPARE(names.last(), principal.toStdString());
    TlsClient anonymous(fixture.port(), {});
    metadataOf(anonymous);
    QCOMPARE(names.last(), std::string("User:ANONYMOUS"));
}

void ListenersTest::aNameThatNoRuleFitsIsNobody() {
    std::mutex lock;
    std::string said;
    auto options = optionsOf({{"ssl.client.auth", "required"}, {"ssl.principal.mapping.rules", "RULE:^OU=(.*)$/$1/"}});
    options.tls = options.insecure = true;
    BrokerFixture fixture(options);
    net::setLogSink([&](net::Severity, std::string_view line) {
        const std::lock_guard guard(lock);
        said += line;
    });
    const auto identity = identityOf(issueClientCertificate(fixture.dataDirectory(), "orders").value());
    TlsWishes wishes;
    wishes.identity = &identity;
    TlsClient client(fixture.port(), wishes);
    QVERIFY(client.isClosed());
    fixture.stop();
    net::setLogSink(nullptr);
    QVERIFY2(said.find("No rule of ssl.principal.mapping.rules fits its certificate's subject 'CN=orders'") !=
                 std::string::npos,
             said.c_str());
}

void ListenersTest::certificatesMayBeGiven() {
    const auto now = std::time(nullptr);
    const auto authority = tls::Authority::make(now).value();
    const auto server = authority.serverIdentity({"127.0.0.1"}, now).value();
    const auto chain = tls::pemOf(server.chain.front().get()) + authority.certificatePem();
    const QTemporaryDir folder;
    const auto store = folder.filePath("store.pem").toStdString();
    const tls::BioPtr encrypted(BIO_new(BIO_s_mem()));
    PEM_write_bio_PKCS8PrivateKey(encrypted.get(), server.key.get(), EVP_aes_256_cbc(), "sesame", 6, nullptr, nullptr);
    std::ofstream(store) << tls::textOf(encrypted.get()) << chain;
    const auto clients = tls::Authority::make(now).value();
    const auto client = clients.clientIdentity("orders", now).value();
    for (const auto& given :
         {Properties{{"ssl.keystore.location", store}, {"ssl.key.password", "sesame"}},
          Properties{{"ssl.keystore.key", tls::pemOf(server.key.get())}, {"ssl.keystore.certificate.chain", chain}}}) {
        auto options = optionsOf(given);
        options.tls = options.insecure = true;
        options.properties["ssl.client.auth"] = "required";
        options.properties["ssl.truststore.certificates"] = clients.certificatePem();
        BrokerFixture fixture(options);
        QVERIFY(fixture.broker().caFile().empty());
        QVERIFY(!std::filesystem::exists(fixture.dataDirectory() + "/tls"));
        TlsWishes wishes;
        wishes.trustedPem = authority.certificatePem();
        wishes.identity = &client;
        TlsClient known(fixture.port(), wishes);
        QCOMPARE(metadataOf(known).brokers.size(), std::size_t{1});
    }
    QVERIFY(refusalOf({{"listeners", "SSL://127.0.0.1:0"}, {"ssl.keystore.location", store}})
                .find("needs ssl.key.password") != std::string::npos);
}

void ListenersTest::whatCannotBeMeantIsRefused_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("hint");
    QTest::newRow("no protocol") << "listeners"
                                 << "127.0.0.1:9092"
                                 << "no protocol";
    QTest::newRow("protocol") << "listeners"
                              << "TLS://127.0.0.1:9092"
                              << "unknown protocol";
    QTest::newRow("port") << "listeners"
                          << "SSL://127.0.0.1:99999"
                          << "no port";
    QTest::newRow("twice") << "listeners"
                           << "SSL://127.0.0.1:0,SSL://127.0.0.1:0"
                           << "another listener";
    QTest::newRow("one port") << "listeners"
                              << "SSL://127.0.0.1:9093,PLAINTEXT://127.0.0.1:9093"
                              << "another listener";
    QTest::newRow("elsewhere") << "listeners"
                               << "SSL://0.0.0.0:0"
                               << "loopback";
    QTest::newRow("form") << "ssl.keystore.type"
                          << "JKS"
                          << "PEM";
    QTest::newRow("client auth") << "ssl.client.auth"
                                 << "maybe"
                                 << "required";
    QTest::newRow("version") << "ssl.enabled.protocols"
                             << "TLSv1"
                             << "TLSv1.2";
    QTest::newRow("rules") << "ssl.principal.mapping.rules"
                           << "RULE:x"
                           << "no rule";
    QTest::newRow("no file") << "ssl.keystore.location"
                             << "/nowhere/store.pem"
                             << "/nowhere/store.pem";
    QTest::newRow("half a store") << "ssl.keystore.key"
                                  << "x"
                                  << "belong together";
    QTest::newRow("no certificate") << "ssl.truststore.certificates"
                                    << "x"
                                    << "no certificate";
}

void ListenersTest::whatCannotBeMeantIsRefused() {
    QFETCH(QString, name);
    QFETCH(QString, value);
    QFETCH(QString, hint);
    Properties properties{{"listeners", "SSL://127.0.0.1:0"}};
    properties[name.toStdString()] = value.toStdString();
    const auto refusal = refusalOf(properties);
    QVERIFY2(refusal.find(hint.toStdString()) != std::string::npos, refusal.c_str());
}

void ListenersTest::secretsAreNotShown() {
    const auto now = std::time(nullptr);
    const auto authority = tls::Authority::make(now).value();
    const auto server = authority.serverIdentity({"127.0.0.1"}, now).value();
    BrokerFixture fixture(optionsOf({{"listeners", "PLAINTEXT://127.0.0.1:0,SSL://127.0.0.1:0"},
                                     {"ssl.keystore.key", tls::pemOf(server.key.get())},
                                     {"ssl.keystore.certificate.chain", tls::pemOf(server.chain.front().get())},
                                     {"ssl.key.password", "sesame"}}));
    RawClient client(fixture.port());
    wire::DescribeConfigsRequest request;
    request.resources.push_back({4, "1", std::nullopt});
    request.includeSynonyms = true;
    const auto answer = client.call<wire::DescribeConfigsResponse>(request, 4);
    int secrets = 0;
    for (const auto& config : answer.results.at(0).configs) {
        if (config.isSensitive) {
            ++secrets;
            QCOMPARE(config.configType, std::int8_t{9});
            QVERIFY2(!config.value, config.name.c_str());
            for (const auto& synonym : config.synonyms) {
                QVERIFY(!synonym.value);
            }
        }
    }
    QCOMPARE(secrets, 4);
}

void ListenersTest::certificatesForClientsNeedAnAuthority() {
    BrokerFixture fixture;
    const auto none = issueClientCertificate(fixture.dataDirectory(), "orders");
    QVERIFY(!none);
    QCOMPARE(none.error().code, ErrorCode::NotFound);
}

QTEST_GUILESS_MAIN(ListenersTest)
#include "listeners_test.moc"
