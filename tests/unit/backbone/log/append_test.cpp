// SPDX-License-Identifier: Apache-2.0
#include "log_fixture.h"

#include "log/log_names.h"
#include "record/batch_check.h"

#include <set>
#include <sys/stat.h>

using namespace meshbone;
using namespace meshbone::backbone;
using namespace meshbone::backbone::test;

class AppendTest : public QObject {
    Q_OBJECT

private slots:
    void whatIsAppendedIsReadAfterItsSync() {
        Fixture fixture;
        MB_OK(fixture.open());
        const auto info = fixture.append(makeBatch(3));
        MB_OK(info);
        QCOMPARE(info->baseOffset.value(), 0);
        QCOMPARE(info->endOffset.value(), 3);
        auto& log = fixture.log();
        QCOMPARE(log.logEndOffset().value(), 3);
        QCOMPARE(log.highWatermark().value(), 0); // durable: not before the disk has it
        std::string bytes;
        QCOMPARE(log.read(Offset(0), 1'000, true, bytes)->sizeBytes, std::size_t{0});
        fixture.directory->drain();
        QCOMPARE(log.highWatermark().value(), 3);
        QCOMPARE(fixture.moved.size(), std::size_t{1});
        QCOMPARE(readAll(log, Offset(0)).size(), std::size_t{3});
    }

    void jitterRollsSegmentsEarlierAndNotTogether() {
        std::set<std::int64_t> rolledAt;
        for (int partition = 0; partition < 12; ++partition) {
            Fixture fixture;
            fixture.config.segmentMs = 1'000;
            fixture.config.segmentJitterMs = 900;
            MB_OK(fixture.open());
            auto& log = fixture.log({"t", Partition(partition)});
            for (std::int64_t timeMs = 10'000;; timeMs += 10) { // one batch each 10 ms, until it rolls
                auto batch = makeBatch(1, timeMs);
                MB_OK(log.append(batch, AppendOrigin::Client, timeMs));
                const auto files = std::filesystem::directory_iterator(fixture.partition(log.name()));
                if (std::ranges::count_if(files, [](const auto& file) { return file.path().extension() == ".log"; }) >
                    1) {
                    QVERIFY(timeMs > 10'000 + 90 && timeMs <= 10'000 + 1'010);
                    rolledAt.insert(timeMs);
                    break;
                }
            }
        }
        QVERIFY(rolledAt.size() > 3);
    }

    void preallocateReservesASegmentAndGivesTheRestBack() {
        const auto blocksOf = [](const std::filesystem::path& path) {
            struct stat info {};
            return ::stat(path.c_str(), &info) == 0 ? info.st_blocks * 512 : -1;
        };
        Fixture fixture;
        fixture.config.preallocate = true;
        fixture.config.segmentBytes = 1 << 20;
        MB_OK(fixture.open());
        MB_OK(fixture.append(makeBatch(3)));
        const auto first = fixture.partition() / offsetFileName(Offset(0), log_name::kLog);
        if (blocksOf(first) < 1 << 20) {
            QSKIP("This file system reserves nothing.");
        }
        QVERIFY(std::filesystem::file_size(first) < 1'000);
        MB_OK(fixture.log().roll());
        QVERIFY(blocksOf(first) < 64 << 10);
        QVERIFY(blocksOf(fixture.partition() / offsetFileName(Offset(3), log_name::kLog)) >= 1 << 20);
        MB_OK(fixture.append(makeBatch(3)));
        MB_OK(fixture.crash());
        QCOMPARE(readAll(fixture.log(), Offset(0)).size(), std::size_t{6});
    }

    void relaxedLogsShowAtOnce() {
        Fixture fixture;
        fixture.config.flushMessages = 10;
        MB_OK(fixture.open());
        MB_OK(fixture.append(makeBatch(4)));
        QCOMPARE(fixture.log().highWatermark().value(), 4);
        fixture.directory->drain();
        QCOMPARE(fixture.log().syncedOffset().value(), 0);
        MB_OK(fixture.append(makeBatch(6)));
        fixture.directory->drain();
        QCOMPARE(fixture.log().syncedOffset().value(), 10); // flush.messages
    }

    void flushMsSyncsWhenItsTimeHasCome() {
        Fixture fixture;
        fixture.config.flushMs = 500;
        MB_OK(fixture.open());
        MB_OK(fixture.append(makeBatch(4), 2'000));
        fixture.directory->tick(2'400);
        fixture.directory->drain();
        QCOMPARE(fixture.log().syncedOffset().value(), 0);
        fixture.directory->tick(2'500);
        fixture.directory->drain();
        QCOMPARE(fixture.log().syncedOffset().value(), 4);
    }

    void aMidBatchOffsetGivesTheWholeBatch() {
        Fixture fixture;
        MB_OK(fixture.open());
        MB_OK(fixture.append(makeBatch(5)));
        MB_OK(fixture.append(makeBatch(5)));
        fixture.directory->drain();
        std::string bytes;
        const auto info = fixture.log().read(Offset(7), 10, true, bytes);
        MB_OK(info);
        QCOMPARE(info->nextOffset.value(), 10);
        const auto records = recordsIn(bytes);
        QCOMPARE(records.front().offset.value(), 5);
        QCOMPARE(records.size(), std::size_t{5});
        bytes.clear();
        QCOMPARE(fixture.log().read(Offset(7), 10, false, bytes)->sizeBytes, std::size_t{0}); // does not fit
    }

    void offsetsOutsideAreRefused() {
        Fixture fixture;
        MB_OK(fixture.open());
        MB_OK(fixture.append(makeBatch(5)));
        fixture.directory->drain();
        std::string bytes;
        QCOMPARE(fixture.log().read(Offset(6), 10, true, bytes).error().kafkaCode, kafka_error::kOffsetOutOfRange);
        QCOMPARE(fixture.log().read(Offset(-1), 10, true, bytes).error().kafkaCode, kafka_error::kOffsetOutOfRange);
        QCOMPARE(fixture.log().read(Offset(5), 10, true, bytes)->sizeBytes, std::size_t{0});
    }

    void refusedBatchesLeaveNoTrace() {
        Fixture fixture;
        fixture.config.maxMessageBytes = 1'000;
        MB_OK(fixture.open());
        QCOMPARE(fixture.append(makeBatch(1, 1'000, {}, 2'000)).error().kafkaCode, kafka_error::kMessageTooLarge);
        QCOMPARE(fixture.append(makeBatch(1) + makeBatch(1)).error().kafkaCode, kafka_error::kInvalidRecord);
        QCOMPARE(fixture.append("short").error().kafkaCode, kafka_error::kCorruptMessage);
        auto damaged = makeBatch(1);
        damaged.back() ^= 1;
        QCOMPARE(fixture.append(damaged).error().kafkaCode, kafka_error::kCorruptMessage);
        QCOMPARE(fixture.append(makeBatch(1, 10'000'000'000)).error().kafkaCode, kafka_error::kInvalidTimestamp);
        QCOMPARE(fixture.log().logEndOffset().value(), 0);
        QCOMPARE(fixture.log().sizeBytes().value(), std::uint64_t{0});
    }

    void aCompactedTopicWantsKeys() {
        Fixture fixture;
        fixture.config.cleanupCompact = true;
        MB_OK(fixture.open());
        for (const auto codec : {Codec::None, Codec::Zstd}) {
            BatchMeta meta;
            meta.codec = codec;
            const std::vector<Record> keyless{makeRecord("k", "v", 1), makeRecord(std::nullopt, "v", 1)};
            QCOMPARE(fixture.append(buildBatch(keyless, meta).value()).error().kafkaCode, kafka_error::kInvalidRecord);
        }
        MB_OK(fixture.append(makeBatch(2)));
    }

    void logAppendTimeIsStampedAndTold() {
        Fixture fixture;
        fixture.config.timestampType = TimestampType::LogAppendTime;
        MB_OK(fixture.open());
        QCOMPARE(fixture.append(makeBatch(2), 5'555)->logAppendTimeMs, 5'555);
        fixture.directory->drain();
        QCOMPARE(readAll(fixture.log(), Offset(0)).back().timestampMs, 5'555);
    }

    void segmentsRollBySizeTimeAndIndex() {
        const auto segmentsAfter = [](auto configure, TimestampMs stepMs) {
            Fixture fixture;
            configure(fixture.config);
            (void)fixture.open();
            for (int i = 0; i < 20; ++i) {
                (void)fixture.append(makeBatch(10, 1'000 + i * stepMs), 1'000 + i * stepMs);
            }
            fixture.directory->drain();
            int segments = 0;
            for (const auto& entry : std::filesystem::directory_iterator(fixture.partition())) {
                segments += entry.path().extension() == ".log" ? 1 : 0;
            }
            return readAll(fixture.log(), Offset(0)).size() == 200 ? segments : -1;
        };
        QCOMPARE(segmentsAfter([](LogConfig&) {}, 10), 1);
        QVERIFY(segmentsAfter([](LogConfig& config) { config.segmentBytes = 1'000; }, 10) > 5);
        QCOMPARE(segmentsAfter([](LogConfig& config) { config.segmentMs = 999; }, 100), 2);
        QVERIFY(segmentsAfter(
                    [](LogConfig& config) {
                        config.indexIntervalBytes = 1;
                        config.segmentIndexBytes = 24;
                    },
                    10) > 5);
    }

    void aCleanStopKeepsEverythingWithoutOpeningLogs() {
        Fixture fixture;
        MB_OK(fixture.open());
        MB_OK(fixture.append(makeBatch(7)));
        const auto id = fixture.log().topicId();
        MB_OK(fixture.reopen());
        QVERIFY(fixture.directory->startedClean());
        QVERIFY(!std::filesystem::exists(fixture.root() / log_name::kCleanShutdown));
        auto& log = fixture.log();
        QCOMPARE(log.logEndOffset().value(), 7);
        QCOMPARE(log.highWatermark().value(), 7);
        QVERIFY(log.topicId() == id);
        QCOMPARE(readAll(log, Offset(0)).size(), std::size_t{7});
        QCOMPARE(fixture.append(makeBatch(1))->baseOffset.value(), 7);
        QVERIFY(fixture.sentences.empty());
    }

    void afterAKillEverythingWrittenIsThere() {
        Fixture fixture;
        MB_OK(fixture.open());
        MB_OK(fixture.append(makeBatch(7)));
        MB_OK(fixture.append(makeBatch(7)));
        MB_OK(fixture.crash());
        QVERIFY(!fixture.directory->startedClean());
        QCOMPARE(fixture.log().highWatermark().value(), 14); // by the sync that follows recovery
        QCOMPARE(readAll(fixture.log(), Offset(0)).size(), std::size_t{14});
        QCOMPARE(fixture.log().leaderEpoch().value(), 0);
        QVERIFY(fixture.sentences.empty());
    }

    void aRemovedLogIsGoneAndItsNameIsFree() {
        Fixture fixture;
        MB_OK(fixture.open());
        MB_OK(fixture.append(makeBatch(7)));
        MB_OK(fixture.directory->remove(kName));
        QVERIFY(fixture.directory->find(kName) == nullptr);
        QCOMPARE(fixture.append(makeBatch(1))->baseOffset.value(), 0);
        fixture.directory->drain();
        QCOMPARE(readAll(fixture.log(), Offset(0)).size(), std::size_t{1});
        int directories = 0;
        for (const auto& entry : std::filesystem::directory_iterator(fixture.root())) {
            directories += entry.is_directory() ? 1 : 0;
        }
        QCOMPARE(directories, 1);
    }

    void fewOpenFilesAreEnough() {
        Fixture fixture;
        fixture.config.segmentBytes = 500;
        auto options = fixture.options();
        options.maxOpenFiles = 3;
        fixture.directory = LogDirectory::open(std::move(options)).value();
        for (int i = 0; i < 30; ++i) {
            MB_OK(fixture.append(makeBatch(5)));
        }
        fixture.directory->drain();
        QCOMPARE(readAll(fixture.log(), Offset(0)).size(), std::size_t{150});
    }
};

QTEST_GUILESS_MAIN(AppendTest)
#include "append_test.moc"
