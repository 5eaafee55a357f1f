// SPDX-License-Identifier: Apache-2.0
#include <QtTest>

#ifndef Q_MOC_RUN // moc 6.4 can't read C++23's <chrono>
#include "record/batch_stamp.h"
#include "support/broker_fixture.h"
#include "support/requests.h"
#include "wire/messages/init_producer_id.h"
#endif

using namespace meshbone;
using namespace meshbone::backbone;
using namespace meshbone::testing;
using namespace meshbone::backbone::wire;

namespace {

/// Refuses records whose value is "bad".
class NoBadRecords final : public WriteCheck {
public:
    bool guards(std::string_view topic) const override { return isKnown && topic == "guarded"; }
    bool isReady(std::string_view topic) const override {
        if (!isKnown && topic == "guarded") {
            ++asked;
            return false;
        }
        return true;
    }
    void appended(Offset base) override { appendedAt.push_back(base); }
    std::vector<RefusedRecord> check(const ClientIdentity& client, std::string_view topic,
                                     std::span<const Record> records, std::int32_t first) override {
        lastPrincipal = client.principal;
        std::vector<RefusedRecord> refused;
        for (std::size_t i = 0; i < records.size(); ++i) {
            if (records[i].topic != topic || records[i].value == "bad") {
                refused.push_back({first + static_cast<std::int32_t>(i), "A bad record is in the batch."});
            }
        }
        return refused;
    }
    std::string lastPrincipal;
    std::vector<Offset> appendedAt;
    std::atomic<bool> isKnown = true;
    mutable std::atomic<int> asked = 0;
};

BatchMeta idempotent(std::int64_t id, std::int32_t sequence, std::int16_t epoch = 0) {
    BatchMeta meta;
    meta.producerId = ProducerId(id);
    meta.producerEpoch = ProducerEpoch(epoch);
    meta.baseSequence = sequence;
    return meta;
}

std::string keyless(const std::vector<std::string>& values) {
    auto records = recordsOf(values, nowMs());
    records.back().key.reset();
    return buildBatch(records).value();
}

} // namespace

class ProduceTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        auto options = BrokerFixture::insecureOptions({});
        options.writeCheck = &m_check;
        m_fixture = std::make_unique<BrokerFixture>(options);
        RawClient client(m_fixture->port());
        QCOMPARE(createTopic(client, "plain"), KafkaCode::None);
        QCOMPARE(createTopic(client, "relaxed", 1, {{"flush.ms", "1000"}}), KafkaCode::None);
        QCOMPARE(createTopic(client, "compacted", 1, {{"cleanup.policy", "compact"}}), KafkaCode::None);
        QCOMPARE(createTopic(client, "guarded"), KafkaCode::None);
        QCOMPARE(createTopic(client, "small", 1, {{"max.message.bytes", "500"}}), KafkaCode::None);
        QCOMPARE(createTopic(client, "stamped", 1, {{"message.timestamp.type", "LogAppendTime"}}), KafkaCode::None);
        QCOMPARE(createTopic(client, "replicated", 1, {{"min.insync.replicas", "2"}}), KafkaCode::None);
    }
    void cleanupTestCase() { m_fixture.reset(); }

    void everyVersionAndAcks() {
        RawClient client(m_fixture->port());
        std::int64_t expected = 0;
        for (Version version = 3; version <= 11; ++version) {
            for (const std::int16_t acks : {std::int16_t(-1), std::int16_t(1)}) {
                const auto answer = produce(client, "plain", 0, batchOf({"x"}), acks, version);
                QCOMPARE(answer.errorCode, KafkaCode::None);
                QCOMPARE(answer.baseOffset, Offset(expected++));
                QCOMPARE(answer.logAppendTimeMs, TimestampMs(-1));
            }
        }
        const auto relaxed = produce(client, "relaxed", 0, batchOf({"x"}));
        QCOMPARE(relaxed.errorCode, KafkaCode::None);
        QCOMPARE(fetch(client, "relaxed", 0, 0).highWatermark, Offset(1));
    }

    void acksZeroHasNoAnswer() {
        RawClient client(m_fixture->port());
        const auto before = produce(client, "plain", 0, batchOf({"first"})).baseOffset + 1;
        client.send(produceRequest("plain", 0, batchOf({"silent"}), 0), 9);
        // The next answer is that of the next request, in order; with acks=all it also waits for the batch before it.
        const auto after = produce(client, "plain", 0, batchOf({"loud"}));
        QCOMPARE(after.baseOffset, before + 1);
    }

    void acksZeroClosesOnAnError() {
        RawClient client(m_fixture->port());
        client.send(produceRequest("nowhere", 0, batchOf({"x"}), 0), 9);
        QVERIFY(client.isClosed());
    }

    void otherAcksAreRefused() {
        RawClient client(m_fixture->port());
        QCOMPARE(produce(client, "plain", 0, batchOf({"x"}), 2).errorCode, KafkaCode::InvalidRequiredAcks);
    }

    void unknownTopicsAndPartitions() {
        RawClient client(m_fixture->port());
        const auto batch = batchOf({"x"});
        QCOMPARE(produce(client, "nowhere", 0, batch).errorCode, KafkaCode::UnknownTopicOrPartition);
        QCOMPARE(produce(client, "plain", 1, batch).errorCode, KafkaCode::UnknownTopicOrPartition);
        QCOMPARE(produce(client, "plain", -1, batch).errorCode, KafkaCode::UnknownTopicOrPartition);
    }

    void damagedBatchesAreRefusedAndLeaveNoTrace() {
        RawClient client(m_fixture->port());
        const auto before = produce(client, "plain", 0, batchOf({"first"})).baseOffset + 1;
        const auto good = batchOf({"value"});
        auto flipped = good;
        flipped.back() = static_cast<char>(flipped.back() ^ 1);
        QCOMPARE(produce(client, "plain", 0, flipped).errorCode, KafkaCode::CorruptMessage);
        QCOMPARE(produce(client, "plain", 0, good.substr(0, 30)).errorCode, KafkaCode::CorruptMessage);
        QCOMPARE(produce(client, "plain", 0, good + good).errorCode, KafkaCode::InvalidRecord);
        QCOMPARE(produce(client, "plain", 0, "").errorCode, KafkaCode::InvalidRecord);
        QCOMPARE(produce(client, "plain", 0, good).baseOffset, before);
    }

    void tooLargeBatchesAreRefused() {
        RawClient client(m_fixture->port());
        QCOMPARE(produce(client, "small", 0, batchOf({std::string(600, 'x')})).errorCode, KafkaCode::MessageTooLarge);
        QCOMPARE(produce(client, "small", 0, batchOf({std::string(300, 'x')})).errorCode, KafkaCode::None);
    }

    void compactedTopicsNeedKeys() {
        RawClient client(m_fixture->port());
        const auto answer = produce(client, "compacted", 0, keyless({"a", "b", "c"}));
        QCOMPARE(answer.errorCode, KafkaCode::InvalidRecord);
        QCOMPARE(answer.recordErrors.size(), std::size_t{1});
        QCOMPARE(answer.recordErrors[0].batchIndex, 2);
        QVERIFY(answer.errorMessage.has_value());
        QCOMPARE(produce(client, "compacted", 0, batchOf({"a"})).errorCode, KafkaCode::None);
    }

    void logAppendTimeComesFromTheBroker() {
        RawClient client(m_fixture->port());
        const auto before = nowMs();
        const auto answer = produce(client, "stamped", 0, batchOf({"a"}, before - 100'000));
        QVERIFY(answer.logAppendTimeMs >= before);
        const auto fetched = fetch(client, "stamped", 0, 0);
        const auto batch = batchAt(fetched.records->bytes);
        QVERIFY(batch.has_value());
        QVERIFY(batch->crcMatches());
        QVERIFY(batch->hasLogAppendTime());
        QCOMPARE(batch->maxTimestampMs(), answer.logAppendTimeMs);
    }

    void theTopicsCodecIsKept() {
        RawClient client(m_fixture->port());
        const std::vector<std::pair<std::string, Codec>> types{{"uncompressed", Codec::None}, {"gzip", Codec::Gzip},
                                                               {"snappy", Codec::Snappy},     {"lz4", Codec::Lz4},
                                                               {"zstd", Codec::Zstd},         {"producer", Codec::Lz4}};
        for (const auto& [type, codec] : types) {
            QCOMPARE(createTopic(client, "as-" + type, 1, {{"compression.type", type}}), KafkaCode::None);
            BatchMeta meta;
            meta.codec = Codec::Lz4;
            const std::vector<std::string> values{"one", "two", std::string(5'000, 'x')};
            QCOMPARE(produce(client, "as-" + type, 0, batchOf(values, nowMs(), meta)).errorCode, KafkaCode::None);
            const auto answer = fetch(client, "as-" + type, 0, 0);
            QVERIFY(batchAt(answer.records->bytes)->crcMatches());
            QVERIFY(batchAt(answer.records->bytes)->codec() == codec);
            QCOMPARE(valuesIn(answer.records->bytes), values);
        }
        // What can't be unfolded is damaged, though nobody looks into it where it is stored as it came.
        auto damaged = batchOf({"some value"}, nowMs(), {});
        damaged[batch_field::kAttributes + 1] = static_cast<char>(Codec::Gzip);
        stampCrc(damaged);
        QCOMPARE(produce(client, "as-zstd", 0, damaged).errorCode, KafkaCode::InvalidRecord);
        QCOMPARE(valuesIn(fetch(client, "as-zstd", 0, 0).records->bytes).size(), std::size_t{3});
    }

    void timestampsTooFarAheadAreRefused() {
        RawClient client(m_fixture->port());
        QCOMPARE(produce(client, "plain", 0, batchOf({"a"}, nowMs() + 7'200'000)).errorCode,
                 KafkaCode::InvalidTimestamp);
    }

    void zstdNeedsVersionSeven() {
        RawClient client(m_fixture->port());
        BatchMeta meta;
        meta.codec = Codec::Zstd;
        const auto batch = batchOf({"zzzz"}, nowMs(), meta);
        QCOMPARE(produce(client, "plain", 0, batch, -1, 6).errorCode, KafkaCode::UnsupportedCompressionType);
        QCOMPARE(produce(client, "plain", 0, batch, -1, 7).errorCode, KafkaCode::None);
    }

    void retriesOfAnIdempotentProducerAreNotAppendedTwice() {
        RawClient client(m_fixture->port());
        const auto id = client.call<InitProducerIdResponse>(InitProducerIdRequest{}, 4).producerId.value();
        const auto first = produce(client, "plain", 0, batchOf({"1", "2"}, nowMs(), idempotent(id, 0)));
        QCOMPARE(first.errorCode, KafkaCode::None);
        const auto again = produce(client, "plain", 0, batchOf({"1", "2"}, nowMs(), idempotent(id, 0)));
        QCOMPARE(again.errorCode, KafkaCode::None);
        QCOMPARE(again.baseOffset, first.baseOffset);
        const auto gap = produce(client, "plain", 0, batchOf({"9"}, nowMs(), idempotent(id, 9)));
        QCOMPARE(gap.errorCode, KafkaCode::OutOfOrderSequenceNumber);
        const auto next = produce(client, "plain", 0, batchOf({"3"}, nowMs(), idempotent(id, 2)));
        QCOMPARE(next.baseOffset, first.baseOffset + 2);
    }

    void producerIdsAreNeverGivenTwice() {
        std::int64_t last = -1;
        for (int round = 0; round < 2; ++round) {
            RawClient client(m_fixture->port());
            for (int i = 0; i < 3; ++i) {
                const auto answer = client.call<InitProducerIdResponse>(InitProducerIdRequest{}, 5);
                QVERIFY(answer.producerId.value() > last);
                QCOMPARE(answer.producerEpoch, ProducerEpoch(0));
                last = answer.producerId.value();
            }
            m_fixture->restart();
        }
        RawClient client(m_fixture->port());
        InitProducerIdRequest transactional;
        transactional.transactionalId = "tx";
        QCOMPARE(client.call<InitProducerIdResponse>(transactional, 4).errorCode,
                 KafkaCode::TransactionalIdAuthorizationFailed);
    }

    void theWriteCheckIsAsked() {
        RawClient client(m_fixture->port());
        QCOMPARE(produce(client, "guarded", 0, batchOf({"good"})).errorCode, KafkaCode::None);
        QCOMPARE(m_check.lastPrincipal, std::string("User:ANONYMOUS"));
        const auto refused = produce(client, "guarded", 0, batchOf({"good", "bad"}));
        QCOMPARE(refused.errorCode, KafkaCode::InvalidRecord);
        QCOMPARE(refused.errorMessage.value_or(""), std::string("A bad record is in the batch."));
        QCOMPARE(refused.recordErrors.size(), 1U);
        QCOMPARE(refused.recordErrors.front().batchIndex, 1);
        const auto again = produce(client, "guarded", 0, batchOf({"good"}));
        QVERIFY(m_check.appendedAt.size() >= 2); // not the refused one, not those of other topics
        QCOMPARE(m_check.appendedAt.back(), again.baseOffset);
        QCOMPARE(produce(client, "plain", 0, batchOf({"bad"})).errorCode, KafkaCode::None);
    }

    void whatIsntKnownYetWaits() {
        RawClient first(m_fixture->port()), second(m_fixture->port());
        m_check.isKnown = false;
        m_check.asked = 0;
        const auto good = batchOf({"good"}), bad = batchOf({"bad"});
        const auto heldGood = first.send(produceRequest("guarded", 0, good), 9);
        const auto heldBad = first.send(produceRequest("guarded", 0, bad), 9);
        QTRY_VERIFY_WITH_TIMEOUT(m_check.asked > 4, 10'000); // both wait, and are looked at again
        QCOMPARE(produce(second, "plain", 0, batchOf({"x"})).errorCode, KafkaCode::None); // others don't
        m_check.isKnown = true;
        const auto answerTo = [&](std::int32_t id) {
            return first.receive<ProduceResponse>(9, id).responses.at(0).partitionResponses.at(0);
        };
        QCOMPARE(answerTo(heldGood).errorCode, KafkaCode::None);
        QCOMPARE(answerTo(heldBad).errorCode, KafkaCode::InvalidRecord);
    }

    void whatStaysUnknownIsTriedAgain() {
        RawClient client(m_fixture->port());
        m_check.isKnown = false;
        QElapsedTimer waited;
        waited.start();
        const auto answer = produce(client, "guarded", 0, batchOf({"bad"}));
        QCOMPARE(answer.errorCode, KafkaCode::NotEnoughReplicas);
        QVERIFY(answer.errorMessage->find("just started") != std::string::npos);
        QVERIFY(waited.elapsed() > 1'000 && waited.elapsed() < 9'000);
        // What also writes elsewhere doesn't wait: the other topic would.
        auto both = produceRequest("guarded", 0, {});
        const auto bad = batchOf({"bad"}), good = batchOf({"good"});
        both.topicData = {{"guarded", {{Partition(0), bad}}}, {"plain", {{Partition(0), good}}}};
        waited.restart();
        const auto response = client.call<ProduceResponse>(both, 9);
        QVERIFY(waited.elapsed() < 1'000);
        QCOMPARE(response.responses.at(0).partitionResponses.at(0).errorCode, KafkaCode::NotEnoughReplicas);
        QCOMPARE(response.responses.at(1).partitionResponses.at(0).errorCode, KafkaCode::None);
        m_check.isKnown = true;
    }

    void aLargeBatchIsCheckedToItsEnd() {
        RawClient client(m_fixture->port());
        std::vector<std::string> values(1'000, "good");
        QCOMPARE(produce(client, "guarded", 0, batchOf(values)).errorCode, KafkaCode::None);
        values[300] = values[999] = "bad";
        const auto refused = produce(client, "guarded", 0, batchOf(values));
        QCOMPARE(refused.errorCode, KafkaCode::InvalidRecord);
        QCOMPARE(refused.recordErrors.size(), 2U);
        QCOMPARE(refused.recordErrors[0].batchIndex, 300);
        QCOMPARE(refused.recordErrors[1].batchIndex, 999);
        const auto many = produce(client, "guarded", 0, batchOf(std::vector<std::string>(1'000, "bad")));
        QVERIFY(many.recordErrors.size() >= 50);
        QVERIFY(many.recordErrors.size() < 1'000); // it gave up on the batch
    }

    void tooFewReplicasForAcksAll() {
        RawClient client(m_fixture->port());
        QCOMPARE(produce(client, "replicated", 0, batchOf({"x"})).errorCode, KafkaCode::NotEnoughReplicas);
        QCOMPARE(produce(client, "replicated", 0, batchOf({"x"}), 1).errorCode, KafkaCode::None);
    }

    void pipelinedRequestsAreAnsweredInOrder() {
        RawClient client(m_fixture->port());
        std::vector<std::int32_t> ids;
        for (int i = 0; i < 500; ++i) {
            const std::int16_t acks = i % 3 == 0 ? 1 : -1;
            ids.push_back(client.send(produceRequest("plain", 0, batchOf({std::to_string(i)}), acks), 9));
        }
        Offset last = kNoOffset;
        for (const auto id : ids) {
            const auto answer = client.receive<ProduceResponse>(9, id).responses.at(0).partitionResponses.at(0);
            QCOMPARE(answer.errorCode, KafkaCode::None);
            QVERIFY(last == kNoOffset || answer.baseOffset == last + 1);
            last = answer.baseOffset;
        }
    }

private:
    NoBadRecords m_check;
    std::unique_ptr<BrokerFixture> m_fixture;
};

QTEST_GUILESS_MAIN(ProduceTest)
#include "produce_test.moc"
