// SPDX-License-Identifier: Apache-2.0
#include "broker/group/group_offsets.h"
#include "unit/backbone/broker_group/group_bench.h"

#include <QtTest>

using namespace meshbone;
using namespace meshbone::backbone::broker;
using namespace std::chrono_literals;

namespace {
const TopicPartition kAt{"flights", Partition(2)};

GroupOffset at(std::int64_t offset, TimestampMs committedAtMs = 0, std::string metadata = {}) {
    return {.offset = Offset(offset), .metadata = std::move(metadata), .committedAtMs = committedAtMs};
}
} // namespace

class GroupOffsetsTest : public QObject {
    Q_OBJECT

private slots:
    void aCommitIsSeenOnceItIsDurable() {
        GroupOffsets offsets;
        offsets.stage(kAt, 1);
        QVERIFY(offsets.find("flights", 2) == nullptr);
        QVERIFY(!offsets.none());
        const auto durable = at(7);
        offsets.settle(kAt, 1, &durable);
        QCOMPARE(offsets.find("flights", 2)->offset.value(), 7);
        QVERIFY(offsets.find("flights", 3) == nullptr);
        QVERIFY(offsets.find("quakes", 2) == nullptr);
    }

    void aCommitThatFailsChangesNothing() {
        GroupOffsets offsets;
        offsets.restore(kAt, at(5));
        offsets.stage(kAt, 1);
        offsets.settle(kAt, 1, nullptr);
        QCOMPARE(offsets.find("flights", 2)->offset.value(), 5);
        QVERIFY(offsets.forget(kAt).has_value());
        QVERIFY(offsets.none());
    }

    void forgettingVoidsWhatIsUnderWay() {
        GroupOffsets offsets;
        offsets.stage(kAt, 1);
        offsets.stage(kAt, 2);
        offsets.forget(kAt);
        const auto first = at(1), second = at(2), third = at(3);
        offsets.settle(kAt, 1, &first);
        QVERIFY(offsets.none());
        offsets.stage(kAt, 3);
        offsets.settle(kAt, 2, &second); // older than the tombstone
        QVERIFY(offsets.find("flights", 2) == nullptr);
        offsets.settle(kAt, 3, &third);
        QCOMPARE(offsets.find("flights", 2)->offset.value(), 3);
    }

    void sizesAddUpAndGoBackToNothing() {
        GroupOffsets offsets;
        offsets.restore(kAt, at(1, 0, "short"));
        const auto before = offsets.sizeBytes();
        offsets.restore(kAt, at(2, 0, "rather longer than that"));
        QVERIFY(offsets.sizeBytes() > before);
        offsets.restore({"quakes", Partition(0)}, at(1));
        for (const auto& partition : offsets.partitions()) {
            offsets.forget(partition);
        }
        QCOMPARE(offsets.sizeBytes(), std::size_t{0});
    }

    void offsetsOfAnEmptyGroupExpireAfterItsLastActivity() {
        GroupBench bench;
        bench.joinTwo();
        bench.leave("a");
        bench.leave("b");
        bench.advance(61s);
        QVERIFY(bench.group.is(GroupState::Empty));
        const auto emptySince = bench.group.stateSinceMs();
        GroupOffsets offsets;
        offsets.restore(kAt, at(1, emptySince - 10'000));
        offsets.restore({"quakes", Partition(0)}, at(1, emptySince + 5'000)); // an admin moved it later
        QVERIFY(offsets.expired(bench.group, emptySince + 59'999, 60s).empty());
        QCOMPARE(offsets.expired(bench.group, emptySince + 60'000, 60s), std::vector{kAt});
        QCOMPARE(offsets.expired(bench.group, emptySince + 65'000, 60s).size(), std::size_t{2});
    }

    void aRunningGroupKeepsWhatItReads() {
        const Bytes flights("\x00\x00\x00\x00\x00\x01\x00\x07"
                            "flights\xff\xff\xff\xff",
                            19);
        GroupBench bench;
        bench.join(bench.joinOf("", "a", flights));
        bench.advance(1ms);
        GroupOffsets offsets;
        offsets.restore(kAt, at(1, 0));
        offsets.restore({"quakes", Partition(0)}, at(1, 0));
        QVERIFY(offsets.expired(bench.group, 1'000'000, 60s).empty()); // between two generations nothing expires
        bench.sync(bench.syncOf("a", 1));
        QVERIFY(bench.group.is(GroupState::Stable));
        const auto gone = offsets.expired(bench.group, 1'000'000, 60s);
        QCOMPARE(gone.size(), std::size_t{1});
        QCOMPARE(gone[0].topic, std::string("quakes"));
    }

    void aGroupThatOnlyStoresExpiresByCommit() {
        GroupBench bench;
        GroupOffsets offsets;
        offsets.restore(kAt, at(1, 100'000));
        QVERIFY(offsets.expired(bench.group, 159'999, 60s).empty());
        QCOMPARE(offsets.expired(bench.group, 160'000, 60s).size(), std::size_t{1});
        auto brief = at(1, 100'000);
        brief.expiresAtMs = 101'000;
        offsets.restore(kAt, brief);
        QCOMPARE(offsets.expired(bench.group, 101'000, 60s).size(), std::size_t{1});
        offsets.stage(kAt, 1);
        QVERIFY(offsets.expired(bench.group, 101'000, 60s).empty()); // a new one is on its way
    }
};

QTEST_GUILESS_MAIN(GroupOffsetsTest)
#include "group_offsets_test.moc"
