// SPDX-License-Identifier: Apache-2.0
// Acknowledged means synced; and what happens when the disk fails or is full.
#include "fault_file_system.h"
#include "log_fixture.h"

#include "log/sync_queue.h"
#include "record/batch_check.h"

#include <condition_variable>
#include <thread>

using namespace meshbone;
using namespace meshbone::backbone;
using namespace meshbone::backbone::test;

class DurabilityTest : public QObject {
    Q_OBJECT

private slots:
    void everyAckFindsItsBytesSynced() {
        std::mt19937 random(runSeed());
        for (int round = 0; round < 40; ++round) {
            FaultFileSystem disk;
            Fixture fixture;
            fixture.files = &disk;
            fixture.config.segmentBytes = round % 4 < 2 ? 500 : 5'000; // rolls all the time, or lets the journal work
            MB_OK(fixture.open());
            std::map<TopicPartition, std::int64_t> acked;
            const unsigned partitions = round % 2 == 0 ? 4 : 24; // few logs at a time, or many
            // The sync thread runs beside these appends; each ack that arrives is one that a producer would get.
            for (unsigned i = 0, count = 1 + random() % 60; i < count; ++i) {
                const TopicPartition name{"t", Partition(static_cast<int>(random() % partitions))};
                auto batch = makeBatch(1 + static_cast<int>(random() % partitions));
                MB_OK(fixture.log(name).append(batch, AppendOrigin::Client, 2'000));
                if (random() % partitions < 4) {
                    fixture.directory->endTurn();
                }
                if (random() % 3 == 0) {
                    fixture.directory->applyArrived();
                }
            }
            fixture.directory->applyArrived();
            for (const auto* log : fixture.directory->all()) {
                acked[log->name()] = log->highWatermark().value();
            }
            disk.stopAfter(0); // a sync in progress must not help
            fixture.directory.reset();
            disk.losePower(random, true); // the worst: nothing survives but what was synced
            MB_OK(fixture.open());
            for (const auto& [name, offset] : acked) {
                auto* log = fixture.directory->find(name);
                QVERIFY(log != nullptr);
                QVERIFY(log->highWatermark().value() >= offset);
                QVERIFY(static_cast<std::int64_t>(readAll(*log, Offset(0)).size()) >= offset);
            }
        }
    }

    void aSyncTakesTheEndBeforeTheFiles() {
        // Two threads on one SyncSet: an end offset that was taken must have its file taken with it or before.
        struct Counted final : File {
            Result<std::size_t> readAt(std::uint64_t, std::span<char>) const override { return 0; }
            Status writeAt(std::uint64_t, std::string_view) override { return {}; }
            Status truncate(std::uint64_t) override { return {}; }
            Status sync() override { return {}; }
            Result<std::uint64_t> sizeBytes() const override { return 0; }
            std::int64_t number = 0;
        };
        SyncSet set;
        constexpr std::int64_t kRounds = 20'000;
        std::thread writer([&] {
            for (std::int64_t i = 1; i <= kRounds; ++i) {
                auto file = std::make_shared<Counted>();
                file->number = i;
                set.addFile(std::move(file));
                set.publish(Offset(i));
            }
        });
        std::int64_t seen = 0;
        bool right = true;
        for (std::int64_t end = 0; end < kRounds;) {
            const auto taken = set.take();
            for (const auto& file : taken.files) {
                seen = std::max(seen, static_cast<const Counted&>(*file).number);
            }
            end = taken.end.value();
            right = right && seen >= end;
        }
        writer.join();
        QVERIFY(right);
    }

    void aFailedSyncStopsTheLogForGood() {
        FaultFileSystem disk;
        Fixture fixture;
        fixture.files = &disk;
        MB_OK(fixture.open());
        MB_OK(fixture.append(makeBatch(2)));
        fixture.directory->drain();
        disk.failNextSync(".log");
        MB_OK(fixture.append(makeBatch(2)));
        fixture.directory->drain();
        auto& log = fixture.log();
        QVERIFY(log.failure().has_value());
        QCOMPARE(fixture.failures, 1);
        QCOMPARE(log.highWatermark().value(), 2); // never acknowledged
        QCOMPARE(fixture.append(makeBatch(2)).error().kafkaCode, kafka_error::kStorageError);
        QVERIFY(!fixture.directory->close()); // no clean marker
        MB_OK(fixture.open());
        QVERIFY(!fixture.directory->startedClean());
        QVERIFY(!fixture.log().failure());
    }

    void amongManyLogsOnlyTheOneThatFailedFails() {
        FaultFileSystem disk;
        Fixture fixture;
        fixture.files = &disk;
        MB_OK(fixture.open());
        const auto each = [&](auto visit) {
            for (int i = 0; i < 20; ++i) {
                visit(fixture.log({"t", Partition(i)}));
            }
        };
        const auto appendTo = [](PartitionLog& log) {
            auto batch = makeBatch(2);
            QVERIFY(log.append(batch, AppendOrigin::Client, 2'000).has_value());
        };
        each(appendTo);
        fixture.directory->drain();
        each([](PartitionLog& log) { QCOMPARE(log.highWatermark().value(), 2); });
        disk.failNextSync("t-7/00000000000000000000.log");
        each(appendTo);
        fixture.directory->drain();
        each([](PartitionLog& log) {
            const bool bad = log.name().partition == Partition(7);
            QCOMPARE(log.failure().has_value(), bad);
            QCOMPARE(log.highWatermark().value(), bad ? 2 : 4);
        });
    }

    void manyLogsAreClosedTogetherAndAllOfThemAreOnTheDisk() {
        FaultFileSystem disk;
        Fixture fixture;
        fixture.files = &disk;
        MB_OK(fixture.open());
        constexpr int kLogs = 300;
        for (int i = 0; i < kLogs; ++i) {
            auto batch = makeBatch(2);
            MB_OK(fixture.log({"t", Partition(i)}).append(batch, AppendOrigin::Client, 2'000));
        }
        fixture.directory->drain();
        const auto changesBefore = disk.changes();
        MB_OK(fixture.directory->close());
        // Two indexes and a snapshot are written for each; syncing each by itself would be four changes more.
        QVERIFY(disk.changes() - changesBefore < std::int64_t{kLogs} * 6);
        fixture.directory.reset();
        std::mt19937 random(1);
        disk.losePower(random, true);
        MB_OK(fixture.open());
        QVERIFY(fixture.directory->startedClean());
        for (int i = 0; i < kLogs; ++i) {
            QCOMPARE(readAll(fixture.log({"t", Partition(i)}), Offset(0)).size(), std::size_t{2});
        }
    }

    void aSyncThatFailsWhileClosingLeavesNoMark() {
        FaultFileSystem disk;
        Fixture fixture;
        fixture.files = &disk;
        MB_OK(fixture.open());
        for (int i = 0; i < 20; ++i) {
            auto batch = makeBatch(2);
            MB_OK(fixture.log({"t", Partition(i)}).append(batch, AppendOrigin::Client, 2'000));
        }
        fixture.directory->drain();
        disk.failNextSync("t-7/00000000000000000000.timeindex");
        QVERIFY(!fixture.directory->close());
        MB_OK(fixture.open());
        QVERIFY(!fixture.directory->startedClean());
        QCOMPARE(readAll(fixture.log({"t", Partition(7)}), Offset(0)).size(), std::size_t{2});
    }

    void aFullDiskRefusesAndGoesOnWhenThereIsRoom() {
        FaultFileSystem disk;
        Fixture fixture;
        fixture.files = &disk;
        fixture.config.segmentBytes = 2'000;
        MB_OK(fixture.open());
        MB_OK(fixture.append(makeBatch(5)));
        fixture.directory->drain();
        for (std::uint64_t room = 0; room < 3'000; room += 150) {
            disk.setCapacity(disk.usedBytes() + room);
            int accepted = 0;
            Result<AppendInfo> info;
            while ((info = fixture.append(makeBatch(5)))) {
                ++accepted;
            }
            QCOMPARE(info.error().code, ErrorCode::Exhausted);
            QCOMPARE(info.error().kafkaCode, kafka_error::kStorageError);
            disk.setCapacity(std::nullopt);
            MB_OK(fixture.append(makeBatch(5)));
            fixture.directory->drain();
            auto& log = fixture.log();
            QVERIFY(!log.failure());
            QCOMPARE(readAll(log, Offset(0)).size(), static_cast<std::size_t>(log.logEndOffset().value()));
        }
        const auto end = fixture.log().logEndOffset();
        MB_OK(fixture.crash());
        QCOMPARE(fixture.log().logEndOffset(), end);
        QVERIFY(fixture.sentences.empty());
    }

    void aReadOnlyDirectoryIsRefusedWithASentence() {
        FaultFileSystem disk;
        Fixture fixture;
        fixture.files = &disk;
        disk.stopAfter(0);
        const auto opened = fixture.open();
        QCOMPARE(opened.error().code, ErrorCode::Io);
    }

    void theMarkerGoesBeforeTheFirstAppend() {
        std::mt19937 random(runSeed());
        FaultFileSystem disk;
        Fixture fixture;
        fixture.files = &disk;
        MB_OK(fixture.open());
        MB_OK(fixture.append(makeBatch(3)));
        MB_OK(fixture.reopen());
        MB_OK(fixture.append(makeBatch(3)));
        fixture.directory->drain();
        fixture.directory.reset();
        disk.losePower(random, true);
        MB_OK(fixture.open());
        QVERIFY(!fixture.directory->startedClean());
        QCOMPARE(fixture.log().highWatermark().value(), 6);
    }

    void postsArriveOnTheLoop() {
        std::mutex mutex;
        std::condition_variable changed;
        std::vector<std::move_only_function<void()>> posted;
        Fixture fixture;
        auto options = fixture.options();
        options.post = [&](std::move_only_function<void()> call) {
            const std::lock_guard lock(mutex);
            posted.push_back(std::move(call));
            changed.notify_all();
        };
        fixture.directory = LogDirectory::open(std::move(options)).value();
        MB_OK(fixture.append(makeBatch(3)));
        fixture.directory->endTurn();
        while (fixture.log().highWatermark() < Offset(3)) {
            std::unique_lock lock(mutex);
            QVERIFY(changed.wait_for(lock, std::chrono::seconds(20), [&] { return !posted.empty(); }));
            auto calls = std::move(posted);
            posted.clear();
            lock.unlock();
            for (auto& call : calls) {
                call();
            }
        }
        QVERIFY(!fixture.moved.empty());
        fixture.directory.reset();
        for (auto& call : posted) {
            call(); // a post that arrives after the end does nothing
        }
    }
};

QTEST_GUILESS_MAIN(DurabilityTest)
#include "durability_test.moc"
