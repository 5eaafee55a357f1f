// SPDX-License-Identifier: Apache-2.0
#include "fault_file_system.h"
#include "log_fixture.h"

#include "log/log_compaction.h"
#include "log/log_names.h"

using namespace meshbone;
using namespace meshbone::backbone;
using namespace meshbone::backbone::test;

namespace {

constexpr TimestampMs kNow = 1'000'000;

struct Compacted : Fixture {
    std::map<std::string, std::optional<Bytes>> latest; // what must be found
    std::int64_t end = 0;

    Compacted() {
        config.cleanupCompact = true;
        config.cleanupDelete = false;
        config.segmentBytes = 600;
        config.indexIntervalBytes = 100;
        config.minCleanableDirtyRatio = 0.01;
    }
    void put(const std::string& key, std::optional<Bytes> value, BatchMeta meta = {}) {
        const std::vector<Record> records{makeRecord(key, value, kNow - 1'000)};
        const auto info = append(buildBatch(records, meta).value(), kNow);
        if (!info) {
            qFatal("%s", info.error().message.c_str());
        }
        latest[key] = std::move(value);
        end = info->endOffset.value();
    }
    void compact(TimestampMs nowMs = kNow) {
        directory->drain();
        (void)log().roll();
        directory->drain();
        for (int i = 1; i <= 3; ++i) {
            directory->tick(nowMs + i * 15'000);
            directory->drain();
        }
    }
    std::map<std::string, std::optional<Bytes>> folded() {
        std::map<std::string, std::optional<Bytes>> values;
        Offset last = kNoOffset;
        for (const auto& record : readAll(log(), log().logStartOffset())) {
            if (record.offset <= last) {
                qFatal("offsets went back");
            }
            last = record.offset;
            values[*record.key] = record.value;
        }
        return values;
    }
    std::size_t count() { return readAll(log(), log().logStartOffset()).size(); }
};

} // namespace

class CompactionTest : public QObject {
    Q_OBJECT

private slots:
    void eachKeyStandsOnceWithItsOffset() {
        for (const auto codec : {Codec::None, Codec::Lz4}) {
            Compacted log;
            MB_OK(log.open());
            BatchMeta meta;
            meta.codec = codec;
            for (int i = 0; i < 100; ++i) {
                log.put("key" + std::to_string(i % 7), "value" + std::to_string(i), meta);
            }
            log.compact();
            QCOMPARE(log.count(), std::size_t{7});
            QVERIFY(log.folded() == log.latest);
            const auto records = readAll(log.log(), Offset(0));
            QCOMPARE(records.front().offset.value(), 93);
            QCOMPARE(records.back().offset.value(), 99);
            QCOMPARE(log.log().logEndOffset().value(), 100);
            QCOMPARE(readAll(log.log(), Offset(50)).size(), std::size_t{7}); // from inside the gap
            MB_OK(log.reopen());
            QVERIFY(log.folded() == log.latest);
            MB_OK(log.crash());
            QVERIFY(log.folded() == log.latest);
            QVERIFY(log.sentences.empty());
        }
    }

    void partOfABatchGoesAndTheRestKeepsItsOffsets() {
        Compacted log;
        MB_OK(log.open());
        const std::vector<Record> first{makeRecord("a", "1", 5'000), makeRecord("b", "1", 4'000),
                                        makeRecord("c", "1", 6'000)};
        MB_OK(log.append(buildBatch(first).value(), kNow));
        log.put("a", "2");
        log.put("c", "2");
        log.compact();
        const auto records = readAll(log.log(), Offset(0));
        QCOMPARE(records.size(), std::size_t{3});
        QCOMPARE(records[0].offset.value(), 1);
        QCOMPARE(records[0].timestampMs, 4'000);
        QCOMPARE(*records[0].value, Bytes("1"));
    }

    void aTombstoneStaysForItsTimeAndThenGoes() {
        Compacted log;
        log.config.deleteRetentionMs = 100'000;
        MB_OK(log.open());
        log.put("gone", "value");
        log.put("here", "value");
        log.put("gone", std::nullopt);
        log.compact();
        QCOMPARE(log.count(), std::size_t{2});
        QVERIFY(!log.folded().at("gone"));
        log.put("other", "1"); // something dirty
        log.compact(kNow + 60'000);
        QVERIFY(log.folded().contains("gone")); // not yet
        log.put("other", "2");
        log.compact(kNow + 200'000);
        QVERIFY(!log.folded().contains("gone"));
        QVERIFY(log.folded().at("here"));
        MB_OK(log.crash());
        QVERIFY(!log.folded().contains("gone"));
    }

    void freshRecordsWaitForTheLag() {
        Compacted log;
        log.config.minCompactionLagMs = 500'000;
        MB_OK(log.open());
        for (int i = 0; i < 50; ++i) {
            log.put("key", std::to_string(i));
        }
        log.compact();
        QCOMPARE(log.count(), std::size_t{50});
        log.compact(kNow + 500'000);
        QCOMPARE(log.count(), std::size_t{1});
    }

    void aCleanLogIsLeftAlone() {
        Compacted log;
        log.config.minCleanableDirtyRatio = 0.5;
        MB_OK(log.open());
        for (int i = 0; i < 60; ++i) {
            log.put("key" + std::to_string(i), std::string(50, 'v'));
        }
        log.compact();
        QCOMPARE(log.count(), std::size_t{60});
        log.put("key0", "new");
        log.compact(kNow + 100'000);
        QCOMPARE(log.count(), std::size_t{61}); // a small dirty part does not pay yet
        auto config = log.config;
        config.maxCompactionLagMs = 10'000;
        log.log().setConfig(std::make_shared<const LogConfig>(config));
        log.compact(kNow + 200'000);
        QCOMPARE(log.count(), std::size_t{60}); // unless it has waited too long
    }

    void aSmallMapTakesSeveralRounds() {
        Compacted log;
        auto options = log.options();
        options.compactionMemoryBytes = 16 * OffsetMap::kSlotBytes;
        log.directory = LogDirectory::open(std::move(options)).value();
        for (int i = 0; i < 120; ++i) {
            log.put("key" + std::to_string(i % 40), std::to_string(i));
        }
        for (int round = 0; round < 12; ++round) {
            log.compact(kNow + round * 100'000);
            QVERIFY(log.folded() == log.latest);
        }
        QCOMPARE(log.count(), std::size_t{40});
    }

    void theProducersLastSequenceSurvives() {
        Compacted log;
        MB_OK(log.open());
        for (int i = 0; i < 10; ++i) {
            log.put("a", std::to_string(i), producerMeta(5, 0, i));
        }
        for (int i = 0; i < 10; ++i) {
            log.put("a", std::to_string(i));
        }
        log.compact();
        for (const auto& entry : std::filesystem::directory_iterator(log.partition())) {
            if (entry.path().extension() == ".snapshot") {
                std::filesystem::remove(entry.path()); // so that only the batches tell
            }
        }
        MB_OK(log.crash());
        QCOMPARE(log.count(), std::size_t{1});
        const std::vector<Record> again{makeRecord("a", "9", kNow - 1'000)};
        QVERIFY(log.append(buildBatch(again, producerMeta(5, 0, 9)).value(), kNow)->duplicate);
    }

    void aPowerCutAtAnyPointLosesNoKey() {
        std::mt19937 random(runSeed());
        for (int cut = 0; cut < 80; cut += 3) {
            FaultFileSystem disk;
            Compacted log;
            log.files = &disk;
            MB_OK(log.open());
            for (int i = 0; i < 60; ++i) {
                log.put("key" + std::to_string(i % 9),
                        i % 13 == 0 ? std::nullopt : std::optional<Bytes>(std::to_string(i)));
            }
            log.directory->drain();
            (void)log.log().roll();
            log.directory->drain();
            disk.stopAfter(cut);
            log.directory->tick(kNow + 15'000);
            log.directory->drain();
            log.directory.reset();
            disk.losePower(random);
            MB_OK(log.open());
            QVERIFY(log.folded() == log.latest);
            QCOMPARE(log.log().logEndOffset().value(), 60);
        }
    }

    void aRemovedLogStopsItsCompaction() {
        Compacted log;
        MB_OK(log.open());
        for (int i = 0; i < 100; ++i) {
            log.put("key", std::to_string(i));
        }
        log.directory->drain();
        (void)log.log().roll();
        log.directory->drain();
        log.directory->tick(kNow + 15'000);
        MB_OK(log.directory->remove(kName));
        log.directory->drain();
        QVERIFY(log.directory->find(kName) == nullptr);
        QVERIFY(log.sentences.empty());
    }
};

QTEST_GUILESS_MAIN(CompactionTest)
#include "compaction_test.moc"
