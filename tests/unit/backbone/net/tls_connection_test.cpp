// SPDX-License-Identifier: Apache-2.0
// Connections in TLS over a server whose sink sends each frame back, with a client that may do anything.
#include <QtTest>

#ifndef Q_MOC_RUN // moc 6.4 can't read C++23's <chrono>
#include "net/log_line.h"
#include "net/server.h"
#include "net/tls_transport.h"
#include "support/tls_client.h"
#include "tls/authority.h"

#include <netinet/tcp.h>

#include <atomic>
#include <mutex>
#include <thread>
#endif

using namespace meshbone;
using namespace meshbone::backbone;
using namespace meshbone::backbone::net;
using meshbone::testing::RawClient;
using meshbone::testing::TlsClient;
using meshbone::testing::TlsWishes;

namespace {

std::string framed(std::string_view content) {
    const auto size = htonl(static_cast<std::uint32_t>(content.size()));
    std::string bytes(reinterpret_cast<const char*>(&size), 4);
    return bytes.append(content);
}

/// Sends each frame back; "many" gets 8 MiB. Tells the name in the client's certificate for "who".
class Echo final : public FrameSink {
public:
    explicit Echo(Connection& connection)
        : m_connection(connection) {}
    void frame(std::span<char> bytes) override {
        std::string content(bytes.data(), bytes.size());
        if (content == "many") {
            content.assign(8U << 20, 'm');
        } else if (content == "who") {
            content = m_connection.peerName().value_or("nobody");
        }
        Reply(m_connection.expectAnswer(Overlap::Yes), 0, 0).sendFrame({framed(content), {}});
    }

private:
    Connection& m_connection;
};

/// A server on a thread of its own.
class Served {
public:
    using MakeTransport = std::function<std::unique_ptr<Transport>(int)>;
    explicit Served(const tls::ServerSettings& settings, ServerOptions options = {})
        : Served([context = tls::ServerContext::make(settings).value()](
                     int descriptor) { return tlsTransport(context, descriptor); },
                 options) {}
    explicit Served(MakeTransport makeTransport, ServerOptions options = {})
        : m_loop(EventLoop::create().value()) {
        Listening listening;
        listening.sockets = listenOnLoopback("127.0.0.1", 0).value();
        m_port = listening.sockets.port;
        listening.makeSink = [](Connection& connection) { return std::make_unique<Echo>(connection); };
        listening.makeTransport = std::move(makeTransport);
        std::vector<Listening> all;
        all.push_back(std::move(listening));
        m_server = std::make_unique<Server>(*m_loop, options, std::move(all));
        setLogSink([this](Severity, std::string_view sentence) {
            const std::lock_guard lock(m_lock);
            m_said.emplace_back(sentence);
        });
        if (!m_server->start()) {
            qFatal("The server does not start.");
        }
        m_thread = std::thread([this] { m_loop->run(); });
    }
    ~Served() {
        m_loop->stop();
        m_thread.join();
        setLogSink(nullptr);
    }
    [[nodiscard]] std::uint16_t port() const { return m_port; }
    std::size_t connections() {
        std::promise<std::size_t> count;
        m_loop->post([&] { count.set_value(m_server->connectionCount()); });
        return count.get_future().get();
    }
    bool said(std::string_view part) {
        const std::lock_guard lock(m_lock);
        return std::ranges::any_of(m_said, [&](const auto& line) { return line.find(part) != std::string::npos; });
    }
    std::size_t lines() {
        const std::lock_guard lock(m_lock);
        return m_said.size();
    }

private:
    std::unique_ptr<EventLoop> m_loop;
    std::unique_ptr<Server> m_server;
    std::uint16_t m_port = 0;
    std::thread m_thread;
    std::mutex m_lock;
    std::vector<std::string> m_said; ///< guarded by m_lock
};

/// A transport whose handshake is done at once, and which has taken a client's first frame off the socket by then.
class Held final : public Transport {
public:
    explicit Held(int descriptor)
        : m_socket(plainTransport(descriptor)) {}
    Move receive(std::span<char> into) override {
        const auto count = std::min(into.size(), m_held.size());
        std::copy_n(m_held.begin(), count, into.begin());
        m_held.erase(0, count);
        return count > 0 ? Move{Outcome::Moved, count} : m_socket->receive(into);
    }
    Move send(std::span<const iovec> pieces) override { return m_socket->send(pieces); }
    [[nodiscard]] bool mayHoldMore() const override { return !m_held.empty(); }
    bool isGone() override { return m_socket->isGone(); }

private:
    std::unique_ptr<Transport> m_socket;
    std::string m_held = framed("early");
};

/// The first bytes of a handshake, as a client would send them.
std::string clientHello() {
    const tls::ContextPtr context(SSL_CTX_new(TLS_client_method()));
    const tls::SslPtr ssl(SSL_new(context.get()));
    auto* out = BIO_new(BIO_s_mem());
    SSL_set_bio(ssl.get(), BIO_new(BIO_s_mem()), out);
    SSL_connect(ssl.get());
    return tls::textOf(out);
}

std::string refusalOf(std::uint16_t port, const TlsWishes& wishes) {
    try {
        TlsClient client(port, wishes);
        client.sendBytes(framed("x"));
        return client.readFrame() ? "let in" : client.lastWord();
    } catch (const std::runtime_error& error) {
        return error.what();
    }
}

} // namespace

class TlsConnectionTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        const auto now = std::time(nullptr);
        m_authority = tls::Authority::make(now).value();
        m_server = m_authority->serverIdentity({"localhost", "127.0.0.1"}, now).value();
        m_client = m_authority->clientIdentity("orders", now).value();
    }

    void framesComeWholeHoweverTheyAreCut() {
        Served served(settings());
        TlsClient client(served.port(), trusting());
        for (const char byte : framed("in small records")) {
            client.sendBytes({&byte, 1});
        }
        QCOMPARE(client.readFrame().value_or("closed"), std::string("in small records"));
        client.sendBytes(framed("one") + framed("two") + framed("three"));
        for (const auto* word : {"one", "two", "three"}) {
            QCOMPARE(client.readFrame().value_or("closed"), std::string(word));
        }
    }

    void longFramesAndWhatIsBehindThemInOneRecord() {
        Served served(settings());
        TlsClient client(served.port(), trusting());
        std::string all;
        std::vector<std::string> sent;
        for (const std::size_t size : {70'000, 1, 16'385, 300'001, 0, 16'384, 65'532, 7}) {
            sent.emplace_back(size, static_cast<char>('a' + sent.size()));
            all += framed(sent.back());
        }
        std::thread writer([&] { client.sendBytes(all); });
        for (const auto& content : sent) {
            const auto back = client.readFrame();
            QVERIFY(back == content);
        }
        writer.join();
    }

    void ciphertextMayComeByteByByte() {
        Served served(settings());
        TlsClient client(served.port(), trusting());
        const int yes = 1;
        ::setsockopt(client.descriptor(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        // The connection's own records, caught in memory and sent on a byte at a time.
        auto* caught = BIO_new(BIO_s_mem());
        SSL_set0_wbio(client.ssl(), caught);
        client.sendBytes(framed("byte by byte"));
        for (const char byte : tls::textOf(caught)) {
            QCOMPARE(::send(client.descriptor(), &byte, 1, MSG_NOSIGNAL), ssize_t{1});
        }
        QCOMPARE(client.readFrame().value_or("closed"), std::string("byte by byte"));
    }

    void whatTheTransportHoldsNeedsNoEvent() {
        Served served([](int descriptor) { return std::make_unique<Held>(descriptor); });
        RawClient client(served.port());
        QCOMPARE(client.readFrame().value_or("closed"), std::string("early"));
    }

    void largeAnswersComeWholeToASlowReader() {
        for (const int newest : {TLS1_2_VERSION, TLS1_3_VERSION}) {
            Served served(settings());
            auto wishes = trusting();
            wishes.newest = newest;
            TlsClient client(served.port(), wishes);
            for (int i = 0; i < 4; ++i) {
                client.sendBytes(framed("many"));
            }
            client.sendBytes(framed("last"));
            for (int i = 0; i < 4; ++i) {
                const auto answer = client.readFrame();
                QVERIFY(answer && answer->size() == 8U << 20);
                QVERIFY(answer->find_first_not_of('m') == std::string::npos);
            }
            QCOMPARE(client.readFrame().value_or("closed"), std::string("last"));
        }
    }

    void renegotiationIsRefused() {
        Served served(settings());
        auto wishes = trusting();
        wishes.newest = TLS1_2_VERSION;
        TlsClient client(served.port(), wishes);
        SSL_renegotiate(client.ssl());
        QVERIFY(SSL_do_handshake(client.ssl()) != 1 || SSL_num_renegotiations(client.ssl()) == 0);
        QVERIFY(refusalOf(served.port(), trusting()) == "let in");
    }

    void aHandshakeThatTakesTooLongIsCut() {
        ServerOptions options;
        options.handshakeTimeout = std::chrono::milliseconds(50);
        Served served(settings(), options);
        RawClient silent(served.port());
        QVERIFY(silent.isClosed());
        RawClient halfway(served.port());
        halfway.sendBytes(clientHello().substr(0, 20));
        QVERIFY(halfway.isClosed());
        QTRY_COMPARE(served.connections(), std::size_t{0});
        QVERIFY(served.said("did not finish its TLS handshake in 50 ms"));
        TlsClient client(served.port(), trusting()); // whose end of patience must not come later
        client.sendBytes(framed("x"));
        QCOMPARE(client.readFrame().value_or("closed"), std::string("x"));
    }

    void aHandshakeWithoutAnEndIsCut() {
        Served served(settings());
        RawClient client(served.port());
        // A ClientHello that claims 16 MB, in records of 16 KiB.
        std::string record("\x16\x03\x01\x40\x00", 5);
        record += std::string("\x01\xff\xff\xff", 4) + std::string(16'380, 'x');
        try {
            for (int i = 0; i < 100; ++i) {
                client.sendBytes(record);
            }
        } catch (const std::runtime_error&) { // it hung up while we were at it
        }
        QTRY_COMPARE(served.connections(), std::size_t{0});
        QCOMPARE(served.lines(), std::size_t{1});
    }

    void aClientMayGoAtAnyPointOfTheHandshake() {
        Served served(settings());
        const auto hello = clientHello();
        for (std::size_t sent = 0; sent <= hello.size(); sent += 23) {
            RawClient client(served.port());
            client.sendBytes(std::string_view(hello).substr(0, sent));
        }
        QTRY_COMPARE(served.connections(), std::size_t{0});
        QCOMPARE(served.lines(), std::size_t{0}); // that somebody went is no news
        QCOMPARE(refusalOf(served.port(), trusting()), std::string("let in"));
    }

    void halfOpenHandshakesCount() {
        ServerOptions options;
        options.maxConnections = 2;
        Served served(settings(), options);
        RawClient first(served.port());
        RawClient second(served.port());
        QTRY_COMPARE(served.connections(), std::size_t{2});
        RawClient third(served.port());
        QVERIFY(third.isClosed());
        QVERIFY(served.said("max.connections"));
    }

    void whoDoesNotSpeakTlsIsTold() {
        Served served(settings());
        RawClient plain(served.port());
        plain.sendBytes(framed(std::string(60, '\0')));
        QTRY_VERIFY(served.said("It does not speak TLS"));
        RawClient browser(served.port());
        browser.sendBytes("GET / HTTP/1.1\r\n\r\n");
        QTRY_VERIFY(served.said("It speaks HTTP"));
        QCOMPARE(served.lines(), std::size_t{2});
    }

    void versionsThatAreOffAreRefused() {
        auto modern = settings();
        modern.tls12 = false;
        Served served(modern);
        auto wishes = trusting();
        QCOMPARE(refusalOf(served.port(), wishes), std::string("let in"));
        wishes.newest = TLS1_2_VERSION;
        QVERIFY(refusalOf(served.port(), wishes) != "let in");
        QTRY_VERIFY(served.said("no version of TLS that is enabled here (TLSv1.3)"));
    }

    void aClientThatDoesNotTrustUsIsNamed() {
        Served served(settings());
        const auto other = tls::Authority::make(std::time(nullptr)).value();
        TlsWishes wishes;
        wishes.trustedPem = other.certificatePem();
        QVERIFY(refusalOf(served.port(), wishes).find("certificate verify failed") != std::string::npos);
        QTRY_VERIFY(served.said("It did not accept this broker's certificate"));
    }

    void certificatesNameClients() {
        auto asking = settings();
        asking.trusted = {m_authority->certificate()};
        asking.clientAuth = tls::ClientAuth::Requested;
        Served served(asking);
        auto wishes = trusting();
        TlsClient nobody(served.port(), wishes);
        nobody.sendBytes(framed("who"));
        QCOMPARE(nobody.readFrame().value_or("closed"), std::string("nobody"));
        wishes.identity = &m_client;
        for (const int newest : {TLS1_2_VERSION, TLS1_3_VERSION}) {
            wishes.newest = newest;
            TlsClient named(served.port(), wishes);
            named.sendBytes(framed("who"));
            QCOMPARE(named.readFrame().value_or("closed"), std::string("CN=orders"));
        }
    }

    void whoShowsNoneOrAnothersIsRefused() {
        auto asking = settings();
        asking.trusted = {m_authority->certificate()};
        asking.clientAuth = tls::ClientAuth::Required;
        Served served(asking);
        auto wishes = trusting();
        QVERIFY(refusalOf(served.port(), wishes) != "let in");
        QTRY_VERIFY(served.said("It showed no certificate"));
        const auto now = std::time(nullptr);
        const auto strangers = tls::Authority::make(now).value();
        const auto stranger = strangers.clientIdentity("orders", now).value();
        wishes.identity = &stranger;
        QVERIFY(refusalOf(served.port(), wishes) != "let in");
        QTRY_VERIFY(served.said("Its certificate was not accepted: unable to get local issuer certificate"));
        const auto old = m_authority->clientIdentity("orders", now - 2 * 365 * 24 * 3'600LL).value();
        wishes.identity = &old;
        QVERIFY(refusalOf(served.port(), wishes) != "let in");
        QTRY_VERIFY(served.said("certificate has expired"));
        wishes.identity = &m_server; // a server's certificate is nobody's login
        QVERIFY(refusalOf(served.port(), wishes) != "let in");
        wishes.identity = &m_client;
        QCOMPARE(refusalOf(served.port(), wishes), std::string("let in"));
    }

    void aGoodbyeEndsTheConnection() {
        Served served(settings());
        TlsClient client(served.port(), trusting());
        client.sendBytes(framed("x"));
        QVERIFY(client.readFrame());
        SSL_shutdown(client.ssl()); // without closing the socket
        QVERIFY(client.isClosed());
        QTRY_COMPARE(served.connections(), std::size_t{0});
        QCOMPARE(served.lines(), std::size_t{0});
    }

    void nonsenseAfterTheHandshakeIsTheEnd() {
        Served served(settings());
        TlsClient client(served.port(), trusting());
        const std::string nonsense = std::string("\x17\x03\x03\x00\x30", 5) + std::string(48, 'x');
        QCOMPARE(::send(client.descriptor(), nonsense.data(), nonsense.size(), MSG_NOSIGNAL),
                 static_cast<ssize_t>(nonsense.size()));
        QVERIFY(client.isClosed());
        QTRY_VERIFY(served.said("It broke the rules of TLS"));
    }

    void manyHandshakesAtOnce() {
        Served served(settings());
        std::vector<std::thread> threads;
        std::atomic<int> good = 0;
        for (int i = 0; i < 8; ++i) {
            threads.emplace_back([&] {
                for (int n = 0; n < 10; ++n) {
                    good += refusalOf(served.port(), trusting()) == "let in" ? 1 : 0;
                }
            });
        }
        for (auto& thread : threads) {
            thread.join();
        }
        QCOMPARE(good.load(), 80);
        QTRY_COMPARE(served.connections(), std::size_t{0});
    }

private:
    tls::ServerSettings settings() {
        tls::ServerSettings settings;
        settings.identity = &m_server;
        return settings;
    }
    TlsWishes trusting() {
        TlsWishes wishes;
        wishes.trustedPem = m_authority->certificatePem();
        return wishes;
    }

    std::optional<tls::Authority> m_authority;
    tls::Identity m_server, m_client;
};

QTEST_GUILESS_MAIN(TlsConnectionTest)
#include "tls_connection_test.moc"
