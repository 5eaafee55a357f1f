// SPDX-License-Identifier: Apache-2.0
// Each case of the table in log/log_recovery.h, by its label.
#include "fault_file_system.h"
#include "log_fixture.h"

#include "log/log_names.h"
#include "log/log_recovery.h"

#include <fstream>

using namespace meshbone;
using namespace meshbone::backbone;
using namespace meshbone::backbone::test;

namespace {

std::string slurp(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void spit(const std::filesystem::path& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

// Ten batches of five records in segments of two batches, crashed; its files can be touched before reopen().
struct Crashed {
    Fixture fixture;
    std::filesystem::path folder;

    explicit Crashed(bool checkpointed = false) {
        fixture.config.segmentBytes = 2 * static_cast<std::int64_t>(makeBatch(5).size());
        fixture.config.indexIntervalBytes = 1;
        (void)fixture.open();
        for (int i = 0; i < 10; ++i) {
            (void)fixture.append(makeBatch(5, 1'000 + i * 10));
        }
        fixture.directory->drain();
        if (checkpointed) { // the recovery points get to the end
            fixture.directory->tick(0);
            fixture.directory->tick(60'000);
            fixture.directory->drain();
        }
        folder = fixture.partition();
        fixture.directory.reset();
    }
    [[nodiscard]] std::filesystem::path file(std::int64_t base, std::string_view suffix) const {
        return folder / offsetFileName(Offset(base), suffix);
    }
    PartitionLog& reopened() {
        if (auto opened = fixture.open(); !opened) {
            qFatal("%s", opened.error().message.c_str());
        }
        return fixture.log();
    }
};

} // namespace

class RecoveryTest : public QObject {
    Q_OBJECT

private slots:
    void r1LeftoversAreRemoved() {
        Crashed crashed;
        for (const auto name : {".log.deleted", ".log.cleaned", ".index.cleaned"}) {
            spit(crashed.file(0, name), "worthless");
        }
        QCOMPARE(readAll(crashed.reopened(), Offset(0)).size(), std::size_t{50});
        QVERIFY(!std::filesystem::exists(crashed.file(0, ".log.deleted")));
        QVERIFY(!std::filesystem::exists(crashed.file(0, ".log.cleaned")));
        QVERIFY(crashed.fixture.sentences.empty());
    }

    void r2ACompleteSwapIsFinished() {
        Crashed crashed;
        // A compacted segment for the first two (offsets 0 to 19) that keeps one record of each.
        std::string compacted;
        for (const std::int64_t base : {0, 10}) {
            BatchMeta meta;
            meta.baseOffset = Offset(base);
            meta.lastOffset = Offset(base + 9);
            BatchBuilder builder(meta);
            builder.add(Offset(base + 9), 1'000, "k", "last");
            compacted += builder.build().value();
        }
        spit(crashed.file(0, ".log.swap"), compacted);
        const auto records = readAll(crashed.reopened(), Offset(0));
        QCOMPARE(records.size(), std::size_t{32});
        QCOMPARE(records[0].offset.value(), 9);
        QCOMPARE(records[1].offset.value(), 19);
        QVERIFY(!std::filesystem::exists(crashed.file(10, ".log")));
        QVERIFY(!std::filesystem::exists(crashed.file(0, ".log.swap")));
    }

    void r2ADamagedSwapIsDropped() {
        Crashed crashed;
        spit(crashed.file(0, ".log.swap"), "not a batch at all, but long enough to be one if one did not look");
        QCOMPARE(readAll(crashed.reopened(), Offset(0)).size(), std::size_t{50});
    }

    void r3AnIndexWithoutItsLogIsRemoved() {
        Crashed crashed;
        spit(crashed.file(77, ".index"), std::string(8, '\1'));
        (void)crashed.reopened();
        QVERIFY(!std::filesystem::exists(crashed.file(77, ".index")));
    }

    void r4SegmentsBelowTheRecoveryPointAreNotRead() {
        Crashed crashed(true);
        auto bytes = slurp(crashed.file(10, ".log"));
        bytes[bytes.size() / 2] ^= 1; // bit rot in what was synced: found when it is read, not at the start
        spit(crashed.file(10, ".log"), bytes);
        const auto& log = crashed.reopened();
        QCOMPARE(log.logEndOffset().value(), 50);
        QVERIFY(crashed.fixture.sentences.empty());
    }

    void r5AMissingOrDamagedIndexIsMadeAgain() {
        for (const auto damage : {0, 1, 2, 3}) {
            Crashed crashed(true);
            const auto index = crashed.file(10, ".index");
            const auto times = crashed.file(20, ".timeindex");
            const auto before = slurp(index);
            const auto timesBefore = slurp(times);
            switch (damage) {
            case 0:
                std::filesystem::remove(index);
                std::filesystem::remove(times);
                break;
            case 1:
                spit(index, before.substr(0, before.size() - 3));
                spit(times, timesBefore.substr(0, timesBefore.size() - 3));
                break;
            case 2:
                spit(index, before + std::string(8, '\0'));
                spit(times, timesBefore + std::string(12, '\0'));
                break;
            default:
                spit(index, before + std::string(8, '\x7f'));
                spit(times, "");
            }
            auto& log = crashed.reopened();
            QCOMPARE(readAll(log, Offset(0)).size(), std::size_t{50});
            QCOMPARE(slurp(index), before);
            QCOMPARE(slurp(times), timesBefore);
            QCOMPARE(log.firstAtOrAfter(1'041).value()->offset.value(), 21);
        }
    }

    void r6WhatIsPastTheRecoveryPointIsKept() {
        Crashed crashed;
        auto& log = crashed.reopened();
        QCOMPARE(log.logEndOffset().value(), 50);
        QCOMPARE(log.highWatermark().value(), 50);
        QCOMPARE(log.leaderEpoch().value(), 0);
        QCOMPARE(log.firstAtOrAfter(1'041).value()->offset.value(), 21); // the time index was made anew, whole
    }

    void r7EveryTornTailIsCut() {
        const auto whole = makeBatch(5).size();
        for (std::size_t kept = 1; kept < whole; kept += 7) {
            Crashed crashed;
            const auto path = crashed.file(40, ".log");
            std::filesystem::resize_file(path, whole + kept);
            auto& log = crashed.reopened();
            QCOMPARE(log.logEndOffset().value(), 45);
            QCOMPARE(std::filesystem::file_size(path), whole);
            QCOMPARE(log.leaderEpoch().value(), 1); // clients may have seen what was cut
            QCOMPARE(log.endOfEpoch(LeaderEpoch(0))->endOffset.value(), 45);
            QVERIFY(!std::filesystem::exists(crashed.file(40, ".log.corrupt")));
            QVERIFY(crashed.fixture.said("cut"));
            QCOMPARE(crashed.fixture.append(makeBatch(2))->baseOffset.value(), 45);
            crashed.fixture.directory->drain();
            QCOMPARE(readAll(log, Offset(0)).size(), std::size_t{47});
        }
    }

    void r7AZeroFilledTailIsNoBatch() {
        Crashed crashed;
        const auto path = crashed.file(40, ".log");
        const auto size = std::filesystem::file_size(path);
        std::filesystem::resize_file(path, size + 100'000);
        QCOMPARE(crashed.reopened().logEndOffset().value(), 50);
        QCOMPARE(std::filesystem::file_size(path), size);
    }

    void r8DamageWithBatchesBehindItIsSetAside() {
        Crashed crashed;
        const auto path = crashed.file(40, ".log");
        auto bytes = slurp(path);
        bytes[100] ^= 1;
        spit(path, bytes);
        auto& log = crashed.reopened();
        QCOMPARE(log.logEndOffset().value(), 40);
        QVERIFY(log.leaderEpoch() > LeaderEpoch(0));
        QCOMPARE(slurp(crashed.file(40, ".log.corrupt")), bytes);
        QVERIFY(crashed.fixture.said("set aside"));
    }

    void r9LaterSegmentsAreRenamedNotRemoved() {
        Crashed crashed;
        const auto path = crashed.file(20, ".log");
        auto bytes = slurp(path);
        bytes[bytes.size() - 3] ^= 1;
        spit(path, bytes);
        const auto later = slurp(crashed.file(30, ".log"));
        auto& log = crashed.reopened();
        QCOMPARE(log.logEndOffset().value(), 25);
        QCOMPARE(readAll(log, Offset(0)).size(), std::size_t{25});
        QCOMPARE(slurp(crashed.file(30, ".log.corrupt")), later);
        QVERIFY(std::filesystem::exists(crashed.file(40, ".log.corrupt")));
        QVERIFY(crashed.fixture.said("renamed to .corrupt"));
    }

    void r9ASegmentThatLostItsEndIsTheLast() {
        for (const bool compact : {false, true}) {
            Crashed crashed;
            crashed.fixture.config.cleanupCompact = compact;
            std::filesystem::resize_file(crashed.file(20, ".log"), makeBatch(5).size()); // at a batch's end
            auto& log = crashed.reopened();
            QCOMPARE(log.logEndOffset().value(), compact ? 50 : 25); // compaction leaves such gaps
            QCOMPARE(readAll(log, Offset(0)).size(), std::size_t(compact ? 45 : 25));
            QCOMPARE(crashed.fixture.said("lost its end"), !compact);
            QCOMPARE(log.leaderEpoch() > LeaderEpoch(0), !compact);
        }
    }

    void r10DamageBelowTheRecoveryPointLeavesAGap() {
        Crashed crashed(true);
        const auto path = crashed.file(20, ".log");
        auto bytes = slurp(path);
        bytes[bytes.size() - 3] ^= 1;
        spit(path, bytes);
        std::filesystem::remove(crashed.file(20, ".index")); // so that the segment is read at all
        auto& log = crashed.reopened();
        QCOMPARE(log.logEndOffset().value(), 50);
        const auto records = readAll(log, Offset(0));
        QCOMPARE(records.size(), std::size_t{45});
        QCOMPARE(records[25].offset.value(), 30); // 25 to 29 are gone, and said to be
        QVERIFY(crashed.fixture.said("missing"));
        QCOMPARE(crashed.fixture.append(makeBatch(1))->baseOffset.value(), 50);
    }

    void r10AnOffsetThatWasSyncedIsNeverGivenAgain() {
        Crashed crashed(true);
        const auto path = crashed.file(40, ".log");
        auto bytes = slurp(path);
        bytes[100] ^= 1;
        spit(path, bytes);
        auto& log = crashed.reopened();
        QCOMPARE(log.logEndOffset().value(), 50);
        QCOMPARE(crashed.fixture.append(makeBatch(1))->baseOffset.value(), 50);
        crashed.fixture.directory->drain();
        QCOMPARE(readAll(log, Offset(0)).size(), std::size_t{41});
        QCOMPARE(slurp(crashed.file(40, ".log.corrupt")), bytes);
    }

    void r11ALogStartPastTheEndBeginsThere() {
        Crashed crashed;
        spit(crashed.fixture.root() / log_name::kLogStarts, "0\n1\norders 0 60\n");
        auto& log = crashed.reopened();
        QCOMPARE(log.logStartOffset().value(), 60);
        QCOMPARE(log.logEndOffset().value(), 60);
        QCOMPARE(crashed.fixture.append(makeBatch(1))->baseOffset.value(), 60);
    }

    void r12ALogWithoutSegmentsIsEmptyAtItsRecoveryPoint() {
        Crashed crashed(true);
        for (int base = 0; base < 50; base += 10) {
            std::filesystem::remove(crashed.file(base, ".log"));
        }
        auto& log = crashed.reopened();
        QCOMPARE(log.logEndOffset().value(), 50);
        QVERIFY(readAll(log, log.logStartOffset()).empty());
    }

    void r13SnapshotsThatAreDamagedOrMissingAreMadeFromTheBatches() {
        for (const bool remove : {true, false}) {
            Fixture fixture;
            fixture.config.segmentBytes = 600;
            MB_OK(fixture.open());
            for (int i = 0; i < 12; ++i) {
                MB_OK(fixture.append(makeBatch(5, 1'000, producerMeta(7, 1, i * 5))));
            }
            fixture.directory.reset();
            for (const auto& entry : std::filesystem::directory_iterator(fixture.partition())) {
                if (entry.path().extension() == ".snapshot") {
                    remove ? (void)std::filesystem::remove(entry.path()) : spit(entry.path(), "damaged");
                }
            }
            MB_OK(fixture.open());
            QVERIFY(fixture.append(makeBatch(5, 1'000, producerMeta(7, 1, 55)))->duplicate);
            QVERIFY(fixture.append(makeBatch(5, 1'000, producerMeta(7, 1, 35)))->duplicate);
        }
    }

    void r14LostEpochsComeBackFromTheBatches() {
        Crashed crashed;
        std::filesystem::resize_file(crashed.file(40, ".log"), makeBatch(5).size() + 20);
        QCOMPARE(crashed.reopened().leaderEpoch().value(), 1);
        MB_OK(crashed.fixture.append(makeBatch(5)));
        crashed.fixture.directory->drain();
        crashed.fixture.directory.reset();
        spit(crashed.folder / log_name::kEpochs, "nonsense");
        auto& log = crashed.reopened();
        QCOMPARE(log.leaderEpoch().value(), 1);
        QCOMPARE(log.endOfEpoch(LeaderEpoch(0))->endOffset.value(), 45);
    }

    void r15ASegmentThatOverlapsIsRenamed() {
        Crashed crashed;
        spit(crashed.file(13, ".log"), slurp(crashed.file(10, ".log")));
        auto& log = crashed.reopened();
        QCOMPARE(readAll(log, Offset(0)).size(), std::size_t{50});
        QVERIFY(std::filesystem::exists(crashed.file(13, ".log.corrupt")));
    }

    void aStaleCleanMarkerWithTouchedFilesIsNoticed() {
        Fixture fixture;
        MB_OK(fixture.open());
        MB_OK(fixture.append(makeBatch(5)));
        MB_OK(fixture.append(makeBatch(5)));
        MB_OK(fixture.directory->close());
        std::filesystem::resize_file(fixture.partition() / offsetFileName(Offset(0), ".log"), makeBatch(5).size() + 9);
        MB_OK(fixture.open());
        std::string bytes;
        MB_OK(fixture.log().read(Offset(0), 10'000, true, bytes));
        // Ten were closed cleanly, so offsets 5 to 9 had been promised and are not given again.
        QCOMPARE(fixture.append(makeBatch(1))->baseOffset.value(), 10);
        QVERIFY(fixture.said("checked again"));
    }

    void aDirectoryThatIsNotOursIsRefused() {
        Fixture fixture;
        std::filesystem::create_directories(fixture.root());
        spit(fixture.root() / "thesis.txt", "precious");
        QCOMPARE(fixture.open().error().code, ErrorCode::Corrupt);
        std::filesystem::remove(fixture.root() / "thesis.txt");
        spit(fixture.root() / log_name::kMetaProperties, "version=1\nnode.id=1\ncluster.id=abc\n");
        QCOMPARE(fixture.open().error().code, ErrorCode::Corrupt);
        spit(fixture.root() / log_name::kMetaProperties, "version=1\ncluster.id=abc\nmeshbone.version=99\n");
        const auto newer = fixture.open();
        QVERIFY(QString::fromStdString(newer.error().message).contains("newer"));
    }

    void anEarlierLogsCheckpointIsNotTakenForANewOnesOfItsName() {
        for (const bool knownAtOpen : {false, true}) {
            Fixture fixture;
            MB_OK(fixture.open());
            for (int i = 0; i < 10; ++i) {
                MB_OK(fixture.append(makeBatch(5)));
            }
            fixture.directory->drain();
            fixture.directory->tick(0);
            fixture.directory->tick(60'000); // the recovery point is 50 now
            fixture.directory->drain();
            MB_OK(fixture.directory->remove(kName));
            if (knownAtOpen) {
                MB_OK(fixture.crash());
            }
            MB_OK(fixture.append(makeBatch(3)));
            fixture.directory->drain();
            MB_OK(fixture.crash());
            QCOMPARE(fixture.log().logEndOffset().value(), 3);
            QCOMPARE(readAll(fixture.log(), Offset(0)).size(), 3U);
            QVERIFY(fixture.sentences.empty());
        }
    }

    void aDirectoryInUseIsLocked() {
        Fixture fixture;
        MB_OK(fixture.open());
        const auto second = LogDirectory::open(fixture.options());
        QCOMPARE(second.error().code, ErrorCode::Locked);
    }

    void aCrashDuringRecoveryIsSafe() {
        std::mt19937 random(runSeed());
        for (int cut = 0; cut < 60; ++cut) {
            FaultFileSystem disk;
            Fixture fixture;
            fixture.files = &disk;
            fixture.config.segmentBytes = 700;
            MB_OK(fixture.open());
            std::int64_t acked = 0;
            for (int i = 0; i < 8; ++i) {
                MB_OK(fixture.append(makeBatch(5, 1'000 + i)));
                if (i == 5) {
                    fixture.directory->drain();
                    acked = fixture.log().highWatermark().value();
                }
            }
            fixture.directory.reset();
            disk.losePower(random);
            disk.stopAfter(cut);
            (void)fixture.open(); // may fail anywhere
            fixture.directory.reset();
            disk.losePower(random);
            MB_OK(fixture.open());
            QVERIFY(fixture.log().highWatermark().value() >= acked);
            QCOMPARE(readAll(fixture.log(), Offset(0)).size(),
                     static_cast<std::size_t>(fixture.log().highWatermark().value()));
        }
    }
};

QTEST_GUILESS_MAIN(RecoveryTest)
#include "recovery_test.moc"
