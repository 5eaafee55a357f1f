// SPDX-License-Identifier: Apache-2.0
#include <QtTest>

#ifndef Q_MOC_RUN // moc 6.4 can't read C++23's <chrono>
#include "broker/config/broker_keys.h"
#include "broker/config/topic_keys.h"
#include "support/broker_fixture.h"
#include "support/requests.h"
#include "wire/messages/alter_configs.h"
#include "wire/messages/describe_configs.h"
#include "wire/messages/incremental_alter_configs.h"
#endif

using namespace meshbone;
using namespace meshbone::backbone::broker;
using namespace meshbone::testing;
using namespace meshbone::backbone::wire;

namespace {

constexpr std::int8_t kTopic = 2;
constexpr std::int8_t kBroker = 4;
using Shown = DescribeConfigsResponse::DescribeConfigsResourceResult;
using Change = IncrementalAlterConfigsRequest::AlterableConfig;

DescribeConfigsResponse::DescribeConfigsResult describe(RawClient& client, std::int8_t type, std::string_view name,
                                                        Version version = 4) {
    DescribeConfigsRequest request;
    request.resources = {{type, name, std::nullopt}};
    request.includeSynonyms = true;
    request.includeDocumentation = true;
    return client.call<DescribeConfigsResponse>(request, version).results.at(0);
}

Shown shown(RawClient& client, std::string_view key, std::int8_t type = kTopic, std::string_view name = "t") {
    for (auto& config : describe(client, type, name).configs) {
        if (config.name == key) {
            return config;
        }
    }
    throw std::runtime_error("not shown");
}

KafkaCode alter(RawClient& client, const std::vector<Change>& changes, std::int8_t type = kTopic,
                std::string_view name = "t", bool validateOnly = false) {
    IncrementalAlterConfigsRequest request;
    request.resources = {{type, name, changes}};
    request.validateOnly = validateOnly;
    return client.call<IncrementalAlterConfigsResponse>(request, 1).responses.at(0).errorCode;
}

} // namespace

class ConfigTest : public QObject {
    Q_OBJECT

private slots:
    void init() {
        m_fixture = std::make_unique<BrokerFixture>(BrokerFixture::insecureOptions({{"log.retention.hours", "2"}}));
        m_client = std::make_unique<RawClient>(m_fixture->port());
        QCOMPARE(createTopic(*m_client, "t"), KafkaCode::None);
    }
    void cleanup() {
        m_client.reset();
        m_fixture.reset();
    }

    void tablesAreSortedAndTheirDefaultsLegal() {
        QVERIFY(std::ranges::is_sorted(brokerKeys(), {}, &ConfigDefinition::name));
        QVERIFY(std::ranges::is_sorted(topicKeys(), {}, [](const TopicKey& key) { return key.definition.name; }));
        for (const auto& key : brokerKeys()) {
            QVERIFY2(key.defaultValue == nullptr || key.validate(key.defaultValue), key.name.data());
        }
        for (const auto& key : topicKeys()) {
            const bool empty = *key.definition.defaultValue == '\0';
            QVERIFY2(empty || key.definition.validate(key.definition.defaultValue), key.definition.name.data());
            for (const auto& synonym : key.synonyms) {
                QVERIFY2(synonym.name.empty() || findBrokerKey(synonym.name) != nullptr, synonym.name.data());
            }
        }
    }

    void allKeysAreDescribedInEveryVersion() {
        for (Version version = 1; version <= 4; ++version) {
            QCOMPARE(describe(*m_client, kTopic, "t", version).configs.size(), topicKeys().size());
            QCOMPARE(describe(*m_client, kBroker, "1", version).configs.size(), brokerKeys().size());
        }
        const auto type = shown(*m_client, "cleanup.policy");
        QCOMPARE(type.configType, std::int8_t{7});
        QCOMPARE(type.configSource, std::int8_t{5});
        QVERIFY(!type.documentation.value_or("").empty());
        QCOMPARE(describe(*m_client, kTopic, "nowhere").errorCode, KafkaCode::UnknownTopicOrPartition);
        QCOMPARE(describe(*m_client, kBroker, "7").errorCode, KafkaCode::InvalidRequest);
        QCOMPARE(describe(*m_client, 3, "x").errorCode, KafkaCode::InvalidRequest);
    }

    void aBrokersValueIsTheTopicsDefault() {
        const auto retention = shown(*m_client, "retention.ms");
        QCOMPARE(retention.value.value_or(""), std::string("7200000"));
        QCOMPARE(retention.configSource, std::int8_t{4}); // static broker
        QCOMPARE(retention.synonyms.at(0).name, std::string("log.retention.hours"));
    }

    void setAndDeleteAndBackAfterARestart() {
        QCOMPARE(alter(*m_client, {{"retention.ms", 0, "5000000"}, {"flush.ms", 0, "100"}}), KafkaCode::None);
        m_client.reset();
        m_fixture->restart();
        m_client = std::make_unique<RawClient>(m_fixture->port());
        const auto retention = shown(*m_client, "retention.ms");
        QCOMPARE(retention.value.value_or(""), std::string("5000000"));
        QCOMPARE(retention.configSource, std::int8_t{1});
        QCOMPARE(retention.synonyms.size(), std::size_t{3}); // its own, the broker's, the default
        QCOMPARE(alter(*m_client, {{"retention.ms", 1, std::nullopt}}), KafkaCode::None);
        QCOMPARE(shown(*m_client, "retention.ms").value.value_or(""), std::string("7200000"));
        QCOMPARE(shown(*m_client, "flush.ms").value.value_or(""), std::string("100"));
    }

    void wrongChangesChangeNothing() {
        QCOMPARE(alter(*m_client, {{"retention.ms", 0, "1"}, {"segment.bytes", 0, "tiny"}}), KafkaCode::InvalidConfig);
        QCOMPARE(alter(*m_client, {{"retention.ms", 0, "1"}, {"retention.ms", 0, "2"}}), KafkaCode::InvalidRequest);
        QCOMPARE(alter(*m_client, {{"no.such.key", 0, "1"}}), KafkaCode::InvalidConfig);
        QCOMPARE(alter(*m_client, {{"retention.ms", 2, "1"}}), KafkaCode::InvalidConfig); // append to a number
        QCOMPARE(alter(*m_client, {{"retention.ms", 9, "1"}}), KafkaCode::InvalidRequest);
        QCOMPARE(alter(*m_client, {{"retention.ms", 0, std::nullopt}}), KafkaCode::InvalidRequest);
        QCOMPARE(alter(*m_client, {{"cleanup.policy", 0, "compact,shred"}}), KafkaCode::InvalidConfig);
        QCOMPARE(alter(*m_client, {{"retention.ms", 0, "1"}}, kTopic, "t", true), KafkaCode::None); // validate only
        QCOMPARE(shown(*m_client, "retention.ms").configSource, std::int8_t{4});
    }

    void listsGrowAndShrink() {
        QCOMPARE(alter(*m_client, {{"cleanup.policy", 2, "compact"}}), KafkaCode::None);
        QCOMPARE(shown(*m_client, "cleanup.policy").value.value_or(""), std::string("delete,compact"));
        QCOMPARE(alter(*m_client, {{"cleanup.policy", 3, "delete"}}), KafkaCode::None);
        QCOMPARE(shown(*m_client, "cleanup.policy").value.value_or(""), std::string("compact"));
        // In force at once: a compacted topic refuses records without keys.
        auto records = recordsOf({"x"}, nowMs());
        records[0].key.reset();
        const auto batch = meshbone::backbone::buildBatch(records).value();
        QCOMPARE(produce(*m_client, "t", 0, batch).errorCode, KafkaCode::InvalidRecord);
    }

    void alterConfigsReplacesEverything() {
        QCOMPARE(alter(*m_client, {{"retention.ms", 0, "5000000"}}), KafkaCode::None);
        AlterConfigsRequest request;
        request.resources = {{kTopic, "t", {{"max.message.bytes", "2000"}}}};
        QCOMPARE(m_client->call<AlterConfigsResponse>(request, 1).responses.at(0).errorCode, KafkaCode::None);
        QCOMPARE(shown(*m_client, "retention.ms").configSource, std::int8_t{4});
        QCOMPARE(shown(*m_client, "max.message.bytes").value.value_or(""), std::string("2000"));
    }

    void dynamicBrokerConfigReachesTopics() {
        QCOMPARE(alter(*m_client, {{"message.max.bytes", 0, "700"}}, kBroker, ""), KafkaCode::None);
        QCOMPARE(shown(*m_client, "max.message.bytes").configSource, std::int8_t{3});
        QCOMPARE(alter(*m_client, {{"message.max.bytes", 0, "600"}}, kBroker, "1"), KafkaCode::None);
        QCOMPARE(shown(*m_client, "max.message.bytes").value.value_or(""), std::string("600"));
        QCOMPARE(produce(*m_client, "t", 0, batchOf({std::string(650, 'x')})).errorCode, KafkaCode::MessageTooLarge);
        QCOMPARE(alter(*m_client, {{"num.partitions", 0, "3"}}, kBroker, "1"), KafkaCode::InvalidRequest); // read-only
        m_client.reset();
        m_fixture->restart();
        m_client = std::make_unique<RawClient>(m_fixture->port());
        QCOMPARE(shown(*m_client, "max.message.bytes").value.value_or(""), std::string("600"));
        QCOMPARE(describe(*m_client, kBroker, "").configs.size(), std::size_t{1});
    }

private:
    std::unique_ptr<BrokerFixture> m_fixture;
    std::unique_ptr<RawClient> m_client;
};

QTEST_GUILESS_MAIN(ConfigTest)
#include "config_test.moc"
