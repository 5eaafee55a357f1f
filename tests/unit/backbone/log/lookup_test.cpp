// SPDX-License-Identifier: Apache-2.0
#include "log_fixture.h"

#include "log/log_names.h"

using namespace meshbone;
using namespace meshbone::backbone;
using namespace meshbone::backbone::test;

namespace {

std::string batchWithTimes(std::initializer_list<TimestampMs> times, Codec codec = Codec::None) {
    std::vector<Record> records;
    for (const auto time : times) {
        records.push_back(makeRecord("k", "v", time));
    }
    BatchMeta meta;
    meta.codec = codec;
    return buildBatch(records, meta).value();
}

std::int64_t offsetAt(PartitionLog& log, TimestampMs timestampMs) {
    const auto found = log.firstAtOrAfter(timestampMs);
    if (!found) {
        qFatal("%s", found.error().message.c_str());
    }
    return *found ? (*found)->offset.value() : -1;
}

} // namespace

class LookupTest : public QObject {
    Q_OBJECT

private slots:
    void theFirstRecordInTimeIsFoundInsideABatch() {
        for (const auto codec : {Codec::None, Codec::Zstd}) {
            Fixture fixture;
            MB_OK(fixture.open());
            MB_OK(fixture.append(batchWithTimes({100, 110, 120}, codec)));
            MB_OK(fixture.append(batchWithTimes({130, 105, 140}, codec)));
            fixture.directory->drain();
            auto& log = fixture.log();
            QCOMPARE(offsetAt(log, 0), 0);
            QCOMPARE(offsetAt(log, 101), 1);
            QCOMPARE(offsetAt(log, 120), 2);
            QCOMPARE(offsetAt(log, 121), 3);
            QCOMPARE(offsetAt(log, 131), 5);
            QCOMPARE(offsetAt(log, 141), -1);
            QCOMPARE(log.maxTimestamp().value()->offset.value(), 5);
        }
    }

    void disorderedTimesAcrossSegmentsAreFoundRight() {
        Fixture fixture;
        fixture.config.segmentBytes = 400;
        fixture.config.indexIntervalBytes = 1;
        MB_OK(fixture.open());
        std::mt19937 random(runSeed());
        std::vector<TimestampMs> times;
        for (int i = 0; i < 120; ++i) {
            const auto first = static_cast<TimestampMs>(1'000 + random() % 500);
            const auto second = static_cast<TimestampMs>(1'000 + random() % 500);
            MB_OK(fixture.append(batchWithTimes({first, second}), 5'000));
            times.insert(times.end(), {first, second});
        }
        fixture.directory->drain();
        auto& log = fixture.log();
        for (TimestampMs time = 990; time < 1'510; ++time) {
            const auto found = std::ranges::find_if(times, [&](auto other) { return other >= time; });
            const auto expected = found == times.end() ? -1 : found - times.begin();
            QCOMPARE(offsetAt(log, time), expected);
        }
        const auto largest = std::ranges::max_element(times);
        QCOMPARE(log.maxTimestamp().value()->offset.value(), largest - times.begin());
        QCOMPARE(log.maxTimestamp().value()->timestampMs, *largest);
        MB_OK(log.deleteRecordsBefore(Offset(101)));
        const auto rest = std::max_element(times.begin() + 101, times.end());
        QCOMPARE(log.maxTimestamp().value()->offset.value(), rest - times.begin());
    }

    void nothingPastTheHighWatermarkIsFound() {
        Fixture fixture;
        fixture.config.indexIntervalBytes = 1;
        MB_OK(fixture.open());
        MB_OK(fixture.append(batchWithTimes({100, 110})));
        MB_OK(fixture.append(batchWithTimes({105, 106})));
        fixture.directory->drain();
        MB_OK(fixture.append(batchWithTimes({200, 210})));
        auto& log = fixture.log();
        QCOMPARE(offsetAt(log, 150), -1);
        QCOMPARE(log.maxTimestamp().value()->offset.value(), 1);
        fixture.directory->drain();
        QCOMPARE(offsetAt(log, 150), 4);
        QCOMPARE(log.maxTimestamp().value()->offset.value(), 5);
    }

    void anEmptyLogHasNoTimes() {
        Fixture fixture;
        MB_OK(fixture.open());
        QCOMPARE(offsetAt(fixture.log(), 0), -1);
        QVERIFY(!fixture.log().maxTimestamp().value());
    }

    void timesAreRightAfterACleanRestart() {
        Fixture fixture;
        MB_OK(fixture.open());
        MB_OK(fixture.append(batchWithTimes({100, 500})));
        MB_OK(fixture.append(batchWithTimes({300})));
        MB_OK(fixture.reopen());
        QCOMPARE(offsetAt(fixture.log(), 400), 1);
        QCOMPARE(fixture.log().maxTimestamp().value()->timestampMs, 500);
    }

    void deletedRecordsAreGoneAlsoAfterARestart() {
        for (const bool clean : {true, false}) {
            Fixture fixture;
            fixture.config.segmentBytes = 300;
            MB_OK(fixture.open());
            for (int i = 0; i < 10; ++i) {
                MB_OK(fixture.append(makeBatch(5, 1'000 + i)));
            }
            fixture.directory->drain();
            QCOMPARE(fixture.log().deleteRecordsBefore(Offset(51)).error().kafkaCode, std::int16_t{1});
            QCOMPARE(fixture.log().deleteRecordsBefore(Offset(23))->value(), 23);
            std::string bytes;
            QCOMPARE(fixture.log().read(Offset(22), 100, true, bytes).error().kafkaCode, std::int16_t{1});
            if (clean) {
                MB_OK(fixture.reopen());
            } else { // the checkpoint has been written meanwhile
                fixture.directory->tick(0);
                fixture.directory->tick(60'000);
                fixture.directory->drain();
                MB_OK(fixture.crash());
            }
            QCOMPARE(fixture.log().logStartOffset().value(), 23);
            QCOMPARE(readAll(fixture.log(), Offset(23)).size(), std::size_t{27});
            QCOMPARE(fixture.log().deleteRecordsBefore(kNoOffset)->value(), 50);
            QVERIFY(readAll(fixture.log(), Offset(50)).empty());
        }
    }

    void retentionDropsWhatIsTooOldOrTooMuch() {
        Fixture fixture;
        fixture.config.segmentBytes = 300;
        fixture.config.retentionMs = 10'000;
        MB_OK(fixture.open());
        for (int i = 0; i < 10; ++i) {
            MB_OK(fixture.append(makeBatch(5, i * 1'000), i * 1'000));
        }
        fixture.directory->drain();
        auto& log = fixture.log();
        QCOMPARE(log.applyRetention(9'000).value(), 0);
        QVERIFY(log.applyRetention(14'500).value() > 0);
        QVERIFY(log.logStartOffset().value() >= 20 && log.logStartOffset().value() <= 25);
        QVERIFY(log.applyRetention(1'000'000).value() > 0); // the active segment too: rolled, then dropped
        QCOMPARE(log.logStartOffset().value(), 50);
        QCOMPARE(log.logEndOffset().value(), 50);

        auto config = fixture.config;
        config.retentionMs = -1;
        config.retentionBytes = 700;
        log.setConfig(std::make_shared<const LogConfig>(config));
        for (int i = 0; i < 20; ++i) {
            MB_OK(fixture.append(makeBatch(5, i)));
        }
        fixture.directory->drain();
        MB_OK(log.applyRetention(1'000'000));
        QVERIFY(log.sizeBytes().value() >= 700 && log.sizeBytes().value() < 1'200);
        fixture.directory->drain();
        QCOMPARE(readAll(log, log.logStartOffset()).back().offset.value(), 149);
        for (const auto& entry : std::filesystem::directory_iterator(fixture.partition())) {
            QVERIFY(entry.path().extension() != ".deleted"); // removed in the background
        }
    }
};

QTEST_GUILESS_MAIN(LookupTest)
#include "lookup_test.moc"
