// SPDX-License-Identifier: Apache-2.0
#include <QtTest>

#ifndef Q_MOC_RUN // moc 6.4 can't read C++23's <chrono>
#include "net/log_line.h"
#include "support/broker_fixture.h"
#include "support/requests.h"
#include "wire/messages/api_versions.h"
#include "wire/messages/metadata.h"

#include <mutex>
#include <random>
#endif

using namespace meshbone;
using namespace meshbone::backbone;
using namespace meshbone::testing;
using namespace meshbone::backbone::wire;

namespace {

std::mutex logLock;
std::string logged;

bool wasLogged(std::string_view what) {
    const std::lock_guard lock(logLock);
    return logged.find(what) != std::string::npos;
}

std::string bigEndian(std::uint32_t value) {
    return {static_cast<char>(value >> 24), static_cast<char>(value >> 16), static_cast<char>(value >> 8),
            static_cast<char>(value)};
}

/// kB of memory that this process (the broker is in it) has resident.
long residentKb() {
    QFile status("/proc/self/status");
    status.open(QIODevice::ReadOnly);
    for (const auto& line : status.readAll().split('\n')) {
        if (line.startsWith("VmRSS:")) {
            return line.mid(6).trimmed().split(' ').front().toLong();
        }
    }
    return 0;
}

} // namespace

/// Whatever a client sends: the protocol's error or a closed connection, and the broker serves on.
class HostileTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        net::setLogSink([](net::Severity, std::string_view sentence) {
            const std::lock_guard lock(logLock);
            logged.append(sentence).append("\n");
        });
        m_fixture = std::make_unique<BrokerFixture>(
            BrokerFixture::insecureOptions({{"connections.max.idle.ms", "400"}, {"max.connections", "60"}}));
        RawClient client(m_fixture->port());
        QCOMPARE(createTopic(client, "t"), KafkaCode::None);
    }
    void cleanupTestCase() {
        m_fixture.reset();
        net::setLogSink(nullptr);
    }
    void cleanup() { // after each: it still serves
        RawClient client(m_fixture->port());
        QCOMPARE(produce(client, "t", 0, batchOf({"alive"})).errorCode, KafkaCode::None);
    }

    void strangersAreToldApart() {
        for (const auto& [bytes, said] : {std::pair(std::string("\x16\x03\x01\x02\x00\x01\x00\x01", 8), "TLS"),
                                          std::pair(std::string("GET / HTTP/1.1\r\n\r\n"), "HTTP"),
                                          std::pair(std::string("\xff\xff\xff\xff"), "negative"),
                                          std::pair(std::string("\x7f\xff\xff\xff"), "limit")}) {
            RawClient client(m_fixture->port());
            client.sendBytes(bytes);
            QVERIFY(client.isClosed());
            QVERIFY2(wasLogged(said), said);
        }
    }

    void giantFramesThatNeverComeCostNothing() {
        const auto before = residentKb();
        std::vector<std::unique_ptr<RawClient>> clients;
        for (int i = 0; i < 40; ++i) {
            clients.push_back(std::make_unique<RawClient>(m_fixture->port()));
            clients.back()->sendBytes(bigEndian(100'000'000) + std::string("\0\0\0\x09\0\0\0\x01", 8));
        }
        RawClient client(m_fixture->port());
        QCOMPARE(produce(client, "t", 0, batchOf({"x"})).errorCode, KafkaCode::None);
        QVERIFY2(residentKb() - before < 50'000, qPrintable(QString::number(residentKb() - before)));
    }

    void halfFramesAreClosedWhenTheyStayHalf() {
        RawClient client(m_fixture->port());
        client.sendBytes(bigEndian(100) + "half");
        QVERIFY(client.isClosed()); // by the idle timeout
    }

    void aFrameMayComeByteByByte() {
        RawClient client(m_fixture->port());
        ApiVersionsRequest request;
        request.clientSoftwareName = "slow";
        request.clientSoftwareVersion = "1";
        const auto bytes = encodeRequest(5, "slow", request, 3).flatten();
        for (const char byte : bytes) {
            client.sendBytes({&byte, 1});
        }
        QCOMPARE(client.receive<ApiVersionsResponse>(3, 5).errorCode, KafkaCode::None);
    }

    void randomBytes() {
        const auto fromEnvironment = qEnvironmentVariableIntValue("MESHBONE_SEED");
        const auto seed = fromEnvironment != 0 ? static_cast<unsigned>(fromEnvironment) : std::random_device{}();
        qInfo("MESHBONE_SEED=%u", seed);
        std::mt19937 random(seed);
        for (int round = 0; round < 300; ++round) {
            RawClient client(m_fixture->port());
            std::string body(random() % 200 + 8, '\0');
            for (auto& byte : body) {
                byte = static_cast<char>(random());
            }
            const auto& api = kApis[random() % kApis.size()]; // a header that gets it to a handler
            const auto version = api.served.min + static_cast<int>(random() % (api.served.max - api.served.min + 1));
            body[0] = 0;
            body[1] = static_cast<char>(api.key);
            body[2] = 0;
            body[3] = static_cast<char>(version);
            if (body.size() > 11) {
                body[8] = body[9] = '\xff'; // no client id
                body[10] = 0;
            }
            try {
                client.sendBytes(bigEndian(static_cast<std::uint32_t>(body.size())) + body);
                ::shutdown(client.descriptor(), SHUT_WR);
                while (client.readFrame()) {
                }
            } catch (const std::runtime_error&) {
                continue; // closed while we sent
            }
        }
    }

    void truncatedRequestsCloseTheConnection() {
        const auto batch = batchOf({"x"});
        const auto whole = encodeRequest(1, "c", produceRequest("t", 0, batch), 9).flatten().substr(4);
        for (std::size_t size = 0; size < whole.size(); size += 3) {
            RawClient client(m_fixture->port());
            client.sendBytes(bigEndian(static_cast<std::uint32_t>(size)) + whole.substr(0, size));
            QVERIFY2(client.isClosed(), qPrintable(QString::number(size)));
        }
    }

    void aClientThatDoesNotReadIsHeldBack() {
        RawClient filler(m_fixture->port());
        QCOMPARE(createTopic(filler, "big"), KafkaCode::None);
        for (int i = 0; i < 8; ++i) {
            QCOMPARE(produce(filler, "big", 0, batchOf({std::string(900'000, 'x')})).errorCode, KafkaCode::None);
        }
        const auto before = residentKb();
        RawClient lazy(m_fixture->port());
        auto request = fetchRequest("big", 0, 0);
        request.topics[0].partitions[0].partitionMaxBytes = 50 << 20;
        const auto bytes = encodeRequest(1, "lazy", request, 11).flatten();
        std::string many;
        for (int i = 0; i < 500; ++i) { // 3.6 GB of answers, if they were all made
            many += bytes;
        }
        lazy.sendBytes(many);
        RawClient other(m_fixture->port());
        for (int i = 0; i < 50; ++i) {
            QCOMPARE(produce(other, "t", 0, batchOf({"x"})).errorCode, KafkaCode::None);
        }
        QVERIFY2(residentKb() - before < 100'000, qPrintable(QString::number(residentKb() - before)));
        QVERIFY(lazy.readFrame().has_value()); // and it goes on where it was
        QVERIFY(lazy.readFrame().has_value());
    }

    void idleConnectionsAreClosed() {
        RawClient client(m_fixture->port());
        QElapsedTimer timer;
        timer.start();
        QVERIFY(client.isClosed());
        QVERIFY(timer.elapsed() >= 300);
    }

    void connectionsAreBounded() {
        std::vector<std::unique_ptr<RawClient>> clients;
        for (int i = 0; i < 61; ++i) {
            clients.push_back(std::make_unique<RawClient>(m_fixture->port()));
        }
        QVERIFY(clients.back()->isClosed());
        QVERIFY(wasLogged("max.connections"));
        clients.clear();
        QTRY_VERIFY([&] { // once the broker has seen them go
            try {
                RawClient client(m_fixture->port());
                return produce(client, "t", 0, batchOf({"x"})).errorCode == KafkaCode::None;
            } catch (const std::runtime_error&) {
                return false;
            }
        }());
    }

    void bothLoopbackAddressesAnswer() {
        std::unique_ptr<RawClient> v6;
        try {
            v6 = std::make_unique<RawClient>(m_fixture->port(), true);
        } catch (const std::runtime_error&) {
            QSKIP("This machine has no ::1.");
        }
        MetadataRequest request;
        request.topics.emplace();
        QCOMPARE(v6->call<MetadataResponse>(request, 4).brokers.size(), std::size_t{1});
    }

    void aPortInUseAndABusyDirectoryAreSaid() {
        QTemporaryDir other;
        BrokerOptions options = BrokerFixture::insecureOptions({});
        options.dataDirectory = other.path().toStdString();
        options.port = m_fixture->port();
        const auto port = EmbeddedBroker::start(options);
        QVERIFY(!port.has_value());
        QCOMPARE(port.error().code, ErrorCode::Locked);
        QVERIFY(port.error().message.find(std::to_string(options.port)) != std::string::npos);
        options.port = 0;
        options.dataDirectory = m_fixture->dataDirectory();
        const auto directory = EmbeddedBroker::start(options);
        QVERIFY(!directory.has_value());
        QCOMPARE(directory.error().code, ErrorCode::Locked);
        options.dataDirectory = other.path().toStdString();
        options.host = "0.0.0.0";
        QCOMPARE(EmbeddedBroker::start(options).error().code, ErrorCode::InvalidArgument);
        options.host = "127.0.0.1";
        options.properties = {{"no.such.property", "1"}};
        QCOMPARE(EmbeddedBroker::start(options).error().code, ErrorCode::InvalidArgument);
        options.properties = {{"num.partitions", "many"}};
        QCOMPARE(EmbeddedBroker::start(options).error().code, ErrorCode::InvalidArgument);
    }

private:
    std::unique_ptr<BrokerFixture> m_fixture;
};

QTEST_GUILESS_MAIN(HostileTest)
#include "hostile_test.moc"
