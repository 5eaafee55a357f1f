// SPDX-License-Identifier: Apache-2.0
#include "record/batch_builder.h"
#include "record/batch_check.h"
#include "record/batch_stamp.h"
#include "record/compression.h"
#include "record/crc32c.h"
#include "record/record_cursor.h"

#include <QtTest>

#include <random>
#include <zlib.h>

using namespace meshbone;
using namespace meshbone::backbone;

namespace {

Record makeRecord(std::optional<Bytes> key, std::optional<Bytes> value, TimestampMs timestampMs = 1'000) {
    Record record;
    record.key = std::move(key);
    record.value = std::move(value);
    record.timestampMs = timestampMs;
    return record;
}

std::vector<Record> everyKindOfRecord() {
    auto plain = makeRecord("key", "value", 1'000);
    auto nulls = makeRecord(std::nullopt, std::nullopt, 900);
    auto empties = makeRecord("", "", 1'500);
    empties.headers = {{"twice", "a"}, {"twice", ""}, {"null", std::nullopt}, {"", "no name"}};
    return {plain, nulls, empties, makeRecord("big", std::string(5'000, 'x'), 1'200)};
}

Result<std::vector<Record>> readAll(const BatchView& batch, std::size_t maxBytes = kMaxUnfoldedBytes) {
    auto cursor = RecordCursor::open(batch, maxBytes);
    if (!cursor) {
        return std::unexpected(cursor.error());
    }
    std::vector<Record> records;
    for (;;) {
        const auto more = cursor->next();
        if (!more) {
            return std::unexpected(more.error());
        }
        if (!*more) {
            return records;
        }
        records.push_back(toRecord(cursor->record(), batch.timestampType()));
    }
}

std::string built(std::span<const Record> records, BatchMeta meta = {}) {
    auto batch = buildBatch(records, meta);
    return batch.value();
}

unsigned seed() {
    static const unsigned value = [] {
        const auto given = qEnvironmentVariableIntValue("MESHBONE_SEED");
        const unsigned chosen = given != 0 ? static_cast<unsigned>(given) : std::random_device{}();
        qInfo("MESHBONE_SEED=%u", chosen);
        return chosen;
    }();
    return value;
}

} // namespace

class RecordTest : public QObject {
    Q_OBJECT

private slots:
    void crcHasTheKnownValues() {
        // RFC 3720, B.4.
        QCOMPARE(crc32c(std::string(32, '\0')), 0x8A9136AAU);
        QCOMPARE(crc32c(std::string(32, '\xFF')), 0x62A8AB43U);
        QCOMPARE(crc32c("123456789"), 0xE3069283U);
        QCOMPARE(crc32c(""), 0U);
    }

    void bothWaysOfTheCrcAgree() {
        std::mt19937 random(seed());
        for (const std::size_t size : {0, 1, 7, 8, 9, 100, 2'047, 6'143, 6'144, 6'145, 12'288, 100'003}) {
            std::string bytes(size, '\0');
            std::ranges::generate(bytes, [&] { return static_cast<char>(random()); });
            QCOMPARE(crc32c(bytes), crc32cSoftware(bytes));
        }
    }

    void recordsComeBackFromEveryCodec() {
        for (const auto codec : {Codec::None, Codec::Gzip, Codec::Snappy, Codec::Lz4, Codec::Zstd}) {
            BatchMeta meta;
            meta.baseOffset = Offset(42);
            meta.codec = codec;
            const auto records = everyKindOfRecord();
            const auto bytes = built(records, meta);
            const auto batch = batchAt(bytes);
            QVERIFY(batch && batch->crcMatches());
            QCOMPARE(*batch->codec(), codec);
            QCOMPARE(batch->lastOffset().value(), 45);
            QCOMPARE(batch->maxTimestampMs(), 1'500);
            const auto read = readAll(*batch);
            QVERIFY(read);
            QCOMPARE(read->size(), records.size());
            for (std::size_t i = 0; i < records.size(); ++i) {
                auto expected = records[i];
                expected.offset = Offset(42 + static_cast<std::int64_t>(i));
                QVERIFY((*read)[i] == expected);
            }
        }
    }

    void snappyIsReadBareAndFramed() {
        const std::string text(100'000, 'm');
        const auto framed = compress(Codec::Snappy, text);
        QVERIFY(framed && framed->starts_with("\x82SNAPPY"));
        QVERIFY(decompress(Codec::Snappy, *framed).value() == text);
        // One bare block of a literal, as librdkafka may write it: length 3, literal of 3 bytes.
        QCOMPARE(decompress(Codec::Snappy, std::string("\x03\x08"
                                                       "abc",
                                                       5))
                     .value(),
                 std::string("abc"));
    }

    void aBombIsRefusedWithoutUnfolding() {
        const std::string zeros(4U << 20, '\0');
        for (const auto codec : {Codec::Gzip, Codec::Snappy, Codec::Lz4, Codec::Zstd}) {
            const auto packed = compress(codec, zeros).value();
            const auto refused = decompress(codec, packed, 1U << 20);
            QVERIFY(!refused);
            QCOMPARE(refused.error().code, ErrorCode::Exhausted);
            QVERIFY(decompress(codec, packed, zeros.size()).has_value());
        }
    }

    void everyCutOfACompressedBlockIsRefused() {
        for (const auto codec : {Codec::Gzip, Codec::Snappy, Codec::Lz4, Codec::Zstd}) {
            const auto packed = compress(codec, "some records that are not very long, but long enough").value();
            for (std::size_t size = 0; size < packed.size(); ++size) {
                const auto cut = decompress(codec, packed.substr(0, size));
                // A snappy frame may end after its header: that is an empty one.
                QVERIFY(!cut || (codec == Codec::Snappy && cut->empty()));
            }
        }
    }

    void aBatchIsCheckedAsKafkaDoes() {
        const auto good = built(everyKindOfRecord());
        QVERIFY(checkClientBatch(*batchAt(good)));
        const auto verdict = [&](std::size_t at, auto value, bool sum = true) -> std::int16_t {
            auto bytes = good;
            storeBigEndian(bytes.data() + at, value);
            if (sum) {
                stampCrc(bytes);
            }
            const auto batch = batchAt(bytes);
            const auto status = batch ? checkClientBatch(*batch) : Status(std::unexpected(batch.error()));
            return status ? std::int16_t{0} : status.error().kafkaCode;
        };
        using namespace batch_field;
        QCOMPARE(verdict(kMaxTimestamp, std::int64_t{5}, false), kafka_error::kCorruptMessage);
        QCOMPARE(verdict(kMagic, std::int8_t{1}), kafka_error::kUnsupportedForMessageFormat);
        QCOMPARE(verdict(kLength, std::int32_t{48}), kafka_error::kCorruptMessage);
        QCOMPARE(verdict(kLength, std::int32_t{-1}), kafka_error::kCorruptMessage);
        QCOMPARE(verdict(kLength, std::int32_t{INT32_MAX}), kafka_error::kCorruptMessage);
        QCOMPARE(verdict(kRecordCount, std::int32_t{3}), kafka_error::kInvalidRecord);
        QCOMPARE(verdict(kRecordCount, std::int32_t{0}), kafka_error::kInvalidRecord);
        QCOMPARE(verdict(kRecordCount, std::int32_t{INT32_MAX}), kafka_error::kInvalidRecord);
        QCOMPARE(verdict(kLastOffsetDelta, std::int32_t{4}), kafka_error::kInvalidRecord);
        QCOMPARE(verdict(kAttributes, std::int16_t{5}), kafka_error::kUnsupportedCompression);
        QCOMPARE(verdict(kAttributes, std::int16_t{0x20}), kafka_error::kInvalidRecord);
        QCOMPARE(verdict(kAttributes, std::int16_t{0x10}), kafka_error::kInvalidRecord); // transactional, no producer
        QCOMPARE(verdict(kProducerId, std::int64_t{7}), kafka_error::kInvalidRecord);    // no epoch
        QCOMPARE(verdict(kRecords, std::int8_t{0x7E}), kafka_error::kInvalidRecord);     // a record's length
    }

    void positionIsStampedOutsideTheSum() {
        auto bytes = built(everyKindOfRecord());
        stampPosition(bytes, Offset(1'000'000), LeaderEpoch(7));
        const auto batch = batchAt(bytes);
        QVERIFY(batch->crcMatches());
        QCOMPARE(batch->baseOffset().value(), 1'000'000);
        QCOMPARE(batch->leaderEpoch().value(), 7);
    }

    void logAppendTimeIsEveryRecordsTime() {
        auto bytes = built(everyKindOfRecord());
        stampLogAppendTime(bytes, 77'777);
        const auto batch = batchAt(bytes);
        QVERIFY(batch->crcMatches());
        QCOMPARE(batch->timestampType(), TimestampType::LogAppendTime);
        const auto records = readAll(*batch).value();
        for (const auto& record : records) {
            QCOMPARE(record.timestampMs, 77'777);
        }
    }

    void compactionKeepsOffsetsAndEmptyBatches() {
        BatchMeta meta;
        meta.baseOffset = Offset(10);
        meta.producerId = ProducerId(5);
        meta.producerEpoch = ProducerEpoch(1);
        meta.baseSequence = 100;
        const auto original = built(everyKindOfRecord(), meta);
        BatchBuilder builder(BatchMeta::of(*batchAt(original)));
        builder.add(Offset(12), 1'500, "", "");
        const auto bytes = builder.build().value();
        const auto batch = batchAt(bytes);
        QCOMPARE(batch->baseOffset().value(), 10);
        QCOMPARE(batch->lastOffset().value(), 13);
        QCOMPARE(batch->lastSequence(), 103);
        const auto records = readAll(*batch).value();
        QCOMPARE(records.size(), std::size_t{1});
        QCOMPARE(records[0].offset.value(), 12);
        const auto empty = BatchBuilder(BatchMeta::of(*batchAt(original))).build().value();
        QCOMPARE(batchAt(empty)->lastOffset().value(), 13);
        QVERIFY(readAll(*batchAt(empty)).value().empty());
    }

    void sequencesWrap() {
        QCOMPARE(addToSequence(INT32_MAX, 1), 0);
        QCOMPARE(addToSequence(INT32_MAX - 1, 3), 1);
        QCOMPARE(addToSequence(5, 0), 5);
    }

    void randomDamageNeverCrashes() {
        std::mt19937 random(seed());
        for (int round = 0; round < 3'000; ++round) {
            BatchMeta meta;
            meta.codec = static_cast<Codec>(random() % 5);
            auto bytes = built(everyKindOfRecord(), meta);
            for (unsigned i = 0; i <= random() % 4; ++i) {
                bytes[random() % bytes.size()] = static_cast<char>(random());
            }
            bytes.resize(bytes.size() - random() % 3);
            if (const auto batch = batchAt(bytes)) {
                (void)checkClientBatch(*batch);
                (void)readAll(*batch, 1U << 20);
            }
        }
    }
};

QTEST_GUILESS_MAIN(RecordTest)
#include "record_test.moc"
