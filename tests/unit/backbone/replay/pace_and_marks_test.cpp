// SPDX-License-Identifier: Apache-2.0
#include "replay/digest.h"
#include "replay/markers.h"
#include "replay/pacer.h"
#include "replay/selector.h"
#include "replay/target_partition.h"

#include <QtTest>

using namespace meshbone;
using namespace meshbone::backbone;
using namespace std::chrono_literals;

class PaceAndMarksTest : public QObject {
    Q_OBJECT

private:
    static RecordView record(TimestampMs timestampMs, std::span<const HeaderView> headers = {}) {
        RecordView view;
        view.partition = Partition(1);
        view.offset = Offset(7);
        view.timestampMs = timestampMs;
        view.key = "key";
        view.value = "value";
        view.headers = headers;
        return view;
    }

private slots:
    void originalPaceKeepsTheGaps() {
        const Pacer::Clock::time_point start{};
        Pacer pacer({Pace::Kind::Original, 1}, start);
        QVERIFY(pacer.byTime());
        QVERIFY(pacer.due(10'000) == start);
        QVERIFY(pacer.due(12'500) == start + 2'500ms);
        QVERIFY(pacer.due(11'000) == start + 2'500ms); // an earlier time is due at once, not in the past
        pacer.pausedFor(10s);
        QVERIFY(pacer.due(13'000) == start + 13s);
    }

    void aFactorShortensThem() {
        const Pacer::Clock::time_point start{};
        Pacer pacer({Pace::Kind::Factor, 10}, start);
        QVERIFY(pacer.due(1'000) == start);
        QVERIFY(pacer.due(11'000) == start + 1s);
    }

    void aRateSpacesThemEvenly() {
        const Pacer::Clock::time_point start{};
        Pacer pacer({Pace::Kind::RecordsPerSecond, 200}, start);
        QVERIFY(!pacer.byTime());
        for (int i = 0; i < 5; ++i) {
            QVERIFY(pacer.due(99) == start + i * 5ms);
        }
    }

    void markersNameTheOrigin() {
        Markers markers("r1", "orders");
        const auto added = markers.of(record(123));
        QCOMPARE(added.size(), kMarkerCount);
        QVERIFY(isReplayed(added));
        std::vector<HeaderView> all{{"own", std::nullopt}};
        all.insert(all.end(), added.begin(), added.end());
        const auto origin = originOf(all, "r1");
        QVERIFY(origin);
        QCOMPARE(origin->partition.value(), 1);
        QCOMPARE(origin->offset.value(), 7);
        QVERIFY(!originOf(all, "r2"));
        QVERIFY(!originOf({}, "r1"));
        all[3].value = "x"; // the partition is no number
        QVERIFY(!originOf(all, "r1"));
    }

    void theWindowIsHalfOpen() {
        ReplayRequest request;
        request.window = TimeWindow{100, 200};
        const Selector selector(request);
        QVERIFY(selector.judge(record(99)) == Selector::Verdict::OutsideWindow);
        QVERIFY(selector.judge(record(100)) == Selector::Verdict::Replay);
        QVERIFY(selector.judge(record(199)) == Selector::Verdict::Replay);
        QVERIFY(selector.judge(record(200)) == Selector::Verdict::OutsideWindow);
    }

    void offsetsNamePartitions() {
        ReplayRequest request;
        request.window = OffsetWindow{{{Partition(1), {Offset(7), Offset(8)}}}};
        const Selector selector(request);
        QVERIFY(selector.judge(record(5)) == Selector::Verdict::Replay);
        auto other = record(5);
        other.offset = Offset(8);
        QVERIFY(selector.judge(other) == Selector::Verdict::OutsideWindow);
        other = record(5);
        other.partition = Partition(0);
        QVERIFY(selector.judge(other) == Selector::Verdict::OutsideWindow);
    }

    void filtersTellNullFromEmpty() {
        ReplayRequest request;
        request.window = TimeWindow{0, 1'000};
        request.filter.keyEquals = "";
        auto view = record(5);
        QVERIFY(Selector(request).judge(view) == Selector::Verdict::Filter);
        view.key = "";
        QVERIFY(Selector(request).judge(view) == Selector::Verdict::Replay);
        view.key = std::nullopt;
        QVERIFY(Selector(request).judge(view) == Selector::Verdict::Filter);
        request.filter = {};
        request.filter.headerName = "h";
        request.filter.headerEquals = "2";
        const std::vector<HeaderView> headers{{"h", "1"}, {"h", std::nullopt}, {"h", "2"}};
        QVERIFY(Selector(request).judge(record(5, headers)) == Selector::Verdict::Replay);
        QVERIFY(Selector(request).judge(record(5, std::span(headers).first(2))) == Selector::Verdict::Filter);
    }

    void whatWasReplayedIsLeftOutUnlessAskedFor() {
        ReplayRequest request;
        request.window = TimeWindow{0, 1'000};
        Markers markers("r1", "orders");
        const auto added = markers.of(record(5));
        QVERIFY(Selector(request).judge(record(5, added)) == Selector::Verdict::Replayed);
        request.includeReplayed = true;
        QVERIFY(Selector(request).judge(record(5, added)) == Selector::Verdict::Replay);
    }

    void timestampZeroCannotBeWrittenAgain() {
        ReplayRequest request;
        request.window = OffsetWindow{{{Partition(1), {Offset(0), Offset(100)}}}};
        QVERIFY(Selector(request).judge(record(0)) == Selector::Verdict::Timestamp);
        QVERIFY(Selector(request).judge(record(-1)) == Selector::Verdict::Timestamp);
        QVERIFY(Selector(request).judge(record(1)) == Selector::Verdict::Replay);
    }

    void keysHashAsKafkaHashesThem() { // the values of Apache Kafka's own test of its murmur2
        QCOMPARE(static_cast<std::int32_t>(murmur2("21")), -973932308);
        QCOMPARE(static_cast<std::int32_t>(murmur2("foobar")), -790332482);
        QCOMPARE(static_cast<std::int32_t>(murmur2("a-little-bit-long-string")), -985981536);
        QCOMPARE(static_cast<std::int32_t>(murmur2("a-little-bit-longer-string")), -1486304829);
        QCOMPARE(static_cast<std::int32_t>(murmur2("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8")), -58897971);
        QCOMPARE(static_cast<std::int32_t>(murmur2("abc")), 479470107);
    }

    void recordsGoToTheirPartitionOrByKey() {
        auto view = record(5); // of partition 1
        QCOMPARE(targetPartition(view, 4, true).value(), 1);
        const auto byKey = targetPartition(view, 4, false).value();
        QCOMPARE(byKey, static_cast<std::int32_t>((murmur2("key") & 0x7fffffff) % 4));
        view.partition = Partition(9); // the target has no such partition
        QCOMPARE(targetPartition(view, 4, true).value(), byKey);
        view.key = std::nullopt;
        QCOMPARE(targetPartition(view, 4, true).value(), 1);
    }

    void digestsTellRecordsApart() {
        const auto digestOf = [](const RecordView& view) {
            Sha256 digest;
            addRecord(digest, view, view.headers);
            return digest.hex();
        };
        const auto plain = record(5);
        auto other = plain;
        other.key = "keyv";
        other.value = "alue"; // the same octets, split elsewhere
        QVERIFY(digestOf(plain) != digestOf(other));
        other = plain;
        other.value = std::nullopt;
        auto empty = plain;
        empty.value = "";
        QVERIFY(digestOf(other) != digestOf(empty));
        const std::vector<HeaderView> null{{"h", std::nullopt}}, blank{{"h", ""}};
        QVERIFY(digestOf(record(5, null)) != digestOf(record(5, blank)));
        QVERIFY(digestOf(record(5)) != digestOf(record(6)));
        QCOMPARE(sha256Hex("abc"), std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
        const std::string large(5'000, 'x');
        auto wide = plain;
        wide.value = large;
        QVERIFY(digestOf(wide) != digestOf(plain));
    }
};

QTEST_GUILESS_MAIN(PaceAndMarksTest)
#include "pace_and_marks_test.moc"
