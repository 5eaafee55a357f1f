// SPDX-License-Identifier: Apache-2.0
#include "fault_file_system.h"
#include "log_fixture.h"

#include "log/producer_state.h"
#include "record/batch_check.h"
#include "record/crc32c.h"

using namespace meshbone;
using namespace meshbone::backbone;
using namespace meshbone::backbone::test;

class ProducerTest : public QObject {
    Q_OBJECT

private slots:
    void aRetryIsRecognizedAmongTheLastFive() {
        Fixture fixture;
        MB_OK(fixture.open());
        for (int i = 0; i < 6; ++i) {
            QCOMPARE(fixture.append(makeBatch(10, 1'000, producerMeta(7, 0, i * 10)))->baseOffset.value(), i * 10);
        }
        for (int i = 1; i < 6; ++i) {
            const auto again = fixture.append(makeBatch(10, 1'000, producerMeta(7, 0, i * 10)));
            MB_OK(again);
            QVERIFY(again->duplicate);
            QCOMPARE(again->baseOffset.value(), i * 10);
            QCOMPARE(again->endOffset.value(), i * 10 + 10);
        }
        QCOMPARE(fixture.append(makeBatch(10, 1'000, producerMeta(7, 0, 0))).error().kafkaCode,
                 kafka_error::kOutOfOrderSequence); // forgotten: the sixth back
        QCOMPARE(fixture.log().logEndOffset().value(), 60);
    }

    void gapsAndOldEpochsAreRefused() {
        Fixture fixture;
        MB_OK(fixture.open());
        const auto code = [&](std::int16_t epoch, std::int32_t sequence) {
            const auto info = fixture.append(makeBatch(2, 1'000, producerMeta(7, epoch, sequence)));
            return info ? std::int16_t{0} : info.error().kafkaCode;
        };
        QCOMPARE(code(3, 100), std::int16_t{0}); // unknown: may start anywhere
        QCOMPARE(code(3, 104), kafka_error::kOutOfOrderSequence);
        QCOMPARE(code(3, 101), kafka_error::kOutOfOrderSequence); // overlaps, but is no retry
        QCOMPARE(code(2, 0), kafka_error::kInvalidProducerEpoch);
        QCOMPARE(code(4, 5), kafka_error::kOutOfOrderSequence); // a new epoch starts at 0
        QCOMPARE(code(4, 0), std::int16_t{0});
        QCOMPARE(code(3, 102), kafka_error::kInvalidProducerEpoch);
        QCOMPARE(fixture.log().logEndOffset().value(), 4);
    }

    void sequencesWrapAround() {
        Fixture fixture;
        MB_OK(fixture.open());
        MB_OK(fixture.append(makeBatch(2, 1'000, producerMeta(7, 0, INT32_MAX - 1))));
        MB_OK(fixture.append(makeBatch(2, 1'000, producerMeta(7, 0, 0))));
        MB_OK(fixture.append(makeBatch(2, 1'000, producerMeta(7, 0, 2))));
        QVERIFY(fixture.append(makeBatch(2, 1'000, producerMeta(7, 0, INT32_MAX - 1)))->duplicate);
    }

    void retriesAreRecognizedAfterEveryKindOfRestart() {
        for (const bool clean : {true, false}) {
            Fixture fixture;
            fixture.config.segmentBytes = 600; // several rolls, so that snapshots are used
            MB_OK(fixture.open());
            for (int i = 0; i < 12; ++i) {
                MB_OK(fixture.append(makeBatch(5, 1'000, producerMeta(7, 1, i * 5))));
                MB_OK(fixture.append(makeBatch(1, 1'000, producerMeta(1'000 + i, 0, 0))));
            }
            MB_OK(clean ? fixture.reopen() : fixture.crash());
            for (int i = 7; i < 12; ++i) {
                const auto again = fixture.append(makeBatch(5, 1'000, producerMeta(7, 1, i * 5)));
                MB_OK(again);
                QVERIFY(again->duplicate);
                QCOMPARE(again->baseOffset.value(), i * 6);
            }
            QVERIFY(fixture.append(makeBatch(1, 1'000, producerMeta(1'000, 0, 0)))->duplicate);
            QVERIFY(!fixture.append(makeBatch(5, 1'000, producerMeta(7, 1, 60)))->duplicate);
            QVERIFY(fixture.sentences.empty());
        }
    }

    // The segment that has the producer's batch is deleted; from then on only a snapshot tells of it.
    void aRetryIsRecognizedWhenItsSegmentIsGoneAndThePowerGoesToo() {
        for (const bool inTime : {false, true}) {
            FaultFileSystem disk;
            std::mt19937 random(1);
            Fixture fixture;
            fixture.files = &disk;
            MB_OK(fixture.open());
            MB_OK(fixture.append(makeBatch(5, 1'000, producerMeta(7, 0, 0))));
            fixture.directory->drain();
            MB_OK(fixture.log().roll());
            MB_OK(fixture.append(makeBatch(3, 1'000)));
            const auto segment = fixture.partition() / "00000000000000000000.log";
            if (inTime) {
                fixture.directory->drain();
            }
            MB_OK(fixture.log().deleteRecordsBefore(Offset(5)));
            QCOMPARE(disk.exists(segment), !inTime); // it waits for the snapshot
            if (!inTime) {
                fixture.directory->drain();
                MB_OK(fixture.log().applyRetention(1'000));
                QVERIFY(!disk.exists(segment));
            }
            fixture.directory.reset();
            disk.losePower(random);
            MB_OK(fixture.open());
            const auto again = fixture.append(makeBatch(5, 1'000, producerMeta(7, 0, 0)));
            MB_OK(again);
            QVERIFY(again->duplicate);
            QCOMPARE(again->baseOffset.value(), 0);
        }
    }

    void whatWaitsIsDroppedByTheUpkeepOfAnEmptyLogToo() {
        Fixture fixture;
        MB_OK(fixture.open());
        MB_OK(fixture.append(makeBatch(5, 1'000, producerMeta(7, 0, 0))));
        MB_OK(fixture.log().roll());
        MB_OK(fixture.append(makeBatch(5, 1'000, producerMeta(7, 0, 5))));
        fixture.directory->drain();
        MB_OK(fixture.reopen()); // whether the snapshot is on the disk isn't known any more
        MB_OK(fixture.log().deleteRecordsBefore(kNoOffset));
        QCOMPARE(fixture.log().logStartOffset(), fixture.log().logEndOffset());
        const auto segment = fixture.partition() / "00000000000000000000.log";
        QVERIFY(std::filesystem::exists(segment));
        QVERIFY(fixture.log().wantsRetention());
        fixture.directory->drain();
        MB_OK(fixture.log().applyRetention(1'000));
        QVERIFY(!std::filesystem::exists(segment));
        QVERIFY(!fixture.log().wantsRetention());
    }

    void aSnapshotComesBackWhole() {
        ProducerStateManager state;
        for (int i = 0; i < 8; ++i) {
            const auto bytes =
                makeBatch(3, 1'000 + i, producerMeta(i % 3, static_cast<std::int16_t>(i % 3), i / 3 * 3));
            state.stored(*batchAt(bytes));
        }
        const auto bytes = state.toSnapshot();
        const auto back = ProducerStateManager::fromSnapshot(bytes);
        MB_OK(back);
        QVERIFY(back->toSnapshot().size() == bytes.size());
        QCOMPARE(back->size(), std::size_t{3});
        for (const auto& [id, entry] : state.producers()) {
            const auto& other = back->producers().at(id);
            QCOMPARE(other.count, entry.count);
            QCOMPARE(other.epoch, entry.epoch);
            QCOMPARE(other.last()->lastSequence, entry.last()->lastSequence);
            QCOMPARE(other.batches[0].firstOffset, entry.batches[0].firstOffset);
        }
    }

    void aDamagedSnapshotIsRefused() {
        ProducerStateManager state;
        const auto batch = makeBatch(3, 1'000, producerMeta(1, 0, 0));
        state.stored(*batchAt(batch));
        const auto bytes = state.toSnapshot();
        for (std::size_t size = 0; size < bytes.size(); ++size) {
            QVERIFY(!ProducerStateManager::fromSnapshot(std::string_view(bytes).substr(0, size)));
        }
        for (std::size_t at = 0; at < bytes.size(); ++at) {
            auto damaged = bytes;
            damaged[at] ^= 0x40;
            QVERIFY(!ProducerStateManager::fromSnapshot(damaged));
        }
    }

    void kafkasOwnSnapshotIsUnderstood() {
        // One producer, no section of ours: as Kafka writes it.
        ProducerStateManager state;
        const auto batch = makeBatch(3, 1'000, producerMeta(9, 2, 40));
        state.stored(*batchAt(batch));
        auto bytes = state.toSnapshot();
        bytes.resize(bytes.find("MBP1"));
        storeBigEndian(bytes.data() + 2, crc32c(std::string_view(bytes).substr(6)));
        const auto back = ProducerStateManager::fromSnapshot(bytes);
        MB_OK(back);
        const auto& entry = back->producers().at(9);
        QCOMPARE(entry.last()->firstSequence, 40);
        QCOMPARE(entry.last()->lastSequence, 42);
        QCOMPARE(entry.epoch.value(), std::int16_t{2});
    }
};

QTEST_GUILESS_MAIN(ProducerTest)
#include "producer_test.moc"
