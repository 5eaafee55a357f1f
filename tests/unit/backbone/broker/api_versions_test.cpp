// SPDX-License-Identifier: Apache-2.0
#include <QtTest>

#ifndef Q_MOC_RUN // moc 6.4 can't read C++23's <chrono>
#include "support/broker_fixture.h"
#include "support/requests.h"
#include "wire/messages/api_versions.h"
#include "wire/messages/metadata.h"
#endif

using namespace meshbone;
using namespace meshbone::testing;
using namespace meshbone::backbone::wire;

namespace {

ApiVersionsRequest named(std::string_view name, std::string_view version) {
    ApiVersionsRequest request;
    request.clientSoftwareName = name;
    request.clientSoftwareVersion = version;
    return request;
}

} // namespace

class ApiVersionsTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { m_fixture = std::make_unique<BrokerFixture>(); }
    void cleanupTestCase() { m_fixture.reset(); }

    void everyServedApiIsAdvertised() {
        RawClient client(m_fixture->port());
        for (Version version = 0; version <= 4; ++version) {
            const auto answer = client.call<ApiVersionsResponse>(named("raw", "1.0"), version);
            QCOMPARE(answer.errorCode, KafkaCode::None);
            QCOMPARE(answer.apiKeys.size(), kApis.size());
        }
    }

    void produceShowsZeroButRefusesIt() {
        RawClient client(m_fixture->port());
        const auto answer = client.call<ApiVersionsResponse>(named("raw", "1.0"), 3);
        QCOMPARE(answer.apiKeys.front().apiKey, ApiKey::Produce);
        QCOMPARE(answer.apiKeys.front().minVersion, std::int16_t{0});
        client.sendBytes(std::string("\0\0\0\x12\0\0\0\x02\0\0\0\x07\0\0\0\x01\0\0\0\x01\0\0", 22));
        QVERIFY(client.isClosed());
    }

    void anUnknownVersionGetsTheOldestBodyAndHeader() {
        RawClient client(m_fixture->port());
        // Key 18, version 9, correlation id 7, and a body that no version has.
        client.sendBytes(std::string("\0\0\0\x0c\0\x12\0\x09\0\0\0\x07\xff\xff\xff\xff", 16));
        const auto frame = client.readFrame();
        QVERIFY(frame.has_value());
        QCOMPARE(frame->substr(0, 6), std::string("\0\0\0\x07\0\x23", 6)); // header v0, UNSUPPORTED_VERSION
        const auto answer = decodeBody<ApiVersionsResponse>(std::string_view(*frame).substr(4), 0);
        QVERIFY(answer.has_value());
        const auto own =
            std::ranges::find(answer->apiKeys, ApiKey::ApiVersions, &ApiVersionsResponse::ApiVersion::apiKey);
        QVERIFY(own != answer->apiKeys.end());
        QCOMPARE(own->maxVersion, std::int16_t{4});
        // The connection goes on.
        QCOMPARE(client.call<ApiVersionsResponse>(named("raw", "1.0"), 0).errorCode, KafkaCode::None);
    }

    void clientSoftwareMustFollowItsPattern() {
        RawClient client(m_fixture->port());
        for (const auto* bad : {"", "-lib", "lib-", "li b", "lib\n", "lib/1"}) {
            QCOMPARE(client.call<ApiVersionsResponse>(named(bad, "1.0"), 3).errorCode, KafkaCode::InvalidRequest);
            QCOMPARE(client.call<ApiVersionsResponse>(named("lib", bad), 3).errorCode, KafkaCode::InvalidRequest);
        }
        for (const auto* good : {"a", "librdkafka", "apache-kafka-java", "2.15.1-RC1"}) {
            QCOMPARE(client.call<ApiVersionsResponse>(named(good, good), 3).errorCode, KafkaCode::None);
        }
    }

    void metadataWorksBeforeNegotiation() {
        RawClient client(m_fixture->port());
        for (const Version version : {Version(0), Version(1)}) {
            MetadataRequest request;
            request.topics.emplace();
            const auto answer = client.call<MetadataResponse>(request, version);
            QCOMPARE(answer.brokers.size(), std::size_t{1});
            QCOMPARE(answer.brokers[0].port, static_cast<std::int32_t>(m_fixture->port()));
        }
    }

    void unservedApisCloseTheConnection() {
        for (const auto key : {char(24), char(99)}) {
            RawClient client(m_fixture->port());
            std::string frame("\0\0\0\x0a\0?\0\0\0\0\0\x01\xff\xff", 14);
            frame[5] = key;
            client.sendBytes(frame);
            QVERIFY(client.isClosed());
        }
    }

private:
    std::unique_ptr<BrokerFixture> m_fixture;
};

QTEST_GUILESS_MAIN(ApiVersionsTest)
#include "api_versions_test.moc"
