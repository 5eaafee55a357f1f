// SPDX-License-Identifier: Apache-2.0
#include "capture/capture.h"
#include "capture/publisher.h"
#include "graph/derive.h"

#include <QtTest>

#include <thread>

using namespace meshbone;
using namespace meshbone::lineage;
using backbone::ClientIdentity;
using backbone::Observation;
using backbone::Operation;

namespace {
constexpr std::int64_t kHour = 3'600'000;

Observation write(const ClientIdentity& client, std::string_view topic, std::uint64_t records = 1) {
    return {&client, 0, Operation::Write, backbone::ResourceKind::Topic, topic, true, records, records * 10};
}

const Entry* findEntry(const std::vector<Entry>& entries, EntryKind kind) {
    const auto at = std::ranges::find(entries, kind, &Entry::kind);
    return at == entries.end() ? nullptr : &*at;
}

/// What the topic would hold: acknowledges everything that is collected.
std::vector<Entry> publishAll(Publisher& publisher, TimestampMs nowMs, bool onlyNews = false) {
    std::vector<Entry> out;
    for (const auto& record : publisher.collect(nowMs, onlyNews)) {
        out.push_back(parseEntry(record.json).value());
        publisher.acknowledged(record.key, record.version);
    }
    return out;
}
/// Told of "User:a", who wrote "t", before hours were kept.
Entry seenBeforeHours(TimestampMs untilMs) {
    Entry old;
    old.observer = "embedded";
    old.tuple.client.principal = "User:a";
    old.tuple.operation = Operation::Write;
    old.tuple.resource = "t";
    old.total = {40, 40, 400};
    old.spans = {{10, untilMs}};
    return old;
}

} // namespace

class CaptureTest : public QObject {
    Q_OBJECT

private slots:
    void equalTuplesAddUp() {
        TupleTable table;
        const ClientIdentity alice{"User:alice", "127.0.0.1", "a", "librdkafka", "2.15.0"};
        auto refused = write(alice, "quakes", 2);
        refused.granted = false;
        table.add(write(alice, "quakes", 3), 100);
        table.add(write(alice, "quakes", 4), 200);
        table.add(refused, 300);
        QCOMPARE(table.tuples().size(), std::size_t{2});
        for (const auto& [tuple, sight] : table.tuples()) {
            QCOMPARE(sight.total.requests, tuple.granted ? 2 : 1);
            QCOMPARE(sight.total.records, tuple.granted ? 7 : 2);
            QCOMPARE(sight.total.bytes, tuple.granted ? 70 : 20);
            QVERIFY((sight.seen == (tuple.granted ? Span{100, 200} : Span{300, 300})));
        }
    }

    void everyFieldTellsTuplesApart() {
        TupleTable table;
        const ClientIdentity base{"p", "h", "c", "s", "v"};
        auto variants = std::vector<ClientIdentity>(6, base);
        variants[1].principal = variants[2].host = variants[3].clientId = variants[4].softwareName =
            variants[5].softwareVersion = "x";
        for (const auto& client : variants) {
            table.add(write(client, "t"), 1);
        }
        auto other = write(base, "t");
        other.apiKey = 1;
        table.add(other, 1);
        other = write(base, "t");
        other.operation = Operation::Describe;
        table.add(other, 1);
        other = write(base, "t");
        other.resourceKind = backbone::ResourceKind::Group;
        table.add(other, 1);
        table.add(write(base, "u"), 1);
        QCOMPARE(table.tuples().size(), std::size_t{10});
    }

    void aFullTableCountsUnderOther() {
        TupleTable table(10, 4);
        for (int i = 0; i < 100; ++i) {
            const ClientIdentity client{"User:" + std::to_string(i), "", "", "", ""};
            table.add(write(client, "t" + std::to_string(i % 20)), i);
        }
        QCOMPARE(table.overflowed(), std::int64_t{90});
        QVERIFY(table.tuples().size() <= 10 + 4 + 1);
        std::int64_t sum = 0, named = 0, everything = 0;
        for (const auto& [tuple, sight] : table.tuples()) {
            sum += sight.total.records;
            named += tuple.client.principal == "(other)" && tuple.resource != "(other)" ? 1 : 0;
            everything += tuple.resource == "(other)" ? 1 : 0;
        }
        QCOMPARE(sum, std::int64_t{100}); // nothing is lost, it has less of a name
        QCOMPARE(named, std::int64_t{4});
        QCOMPARE(everything, std::int64_t{1});
    }

    void longNamesAreCut() {
        TupleTable table;
        const ClientIdentity client{std::string(10'000, 'p'), "", std::string(10'000, 'c'), "", ""};
        table.add(write(client, std::string(300, 't')), 1);
        table.add(write(client, std::string(300, 't')), 2);
        QCOMPARE(table.tuples().size(), std::size_t{1});
        QCOMPARE(table.tuples().begin()->first.client.principal.size(), kMaxNameBytes);
    }

    void drainingWhileOthersObserveLosesNothing() {
        BrokerCapture capture;
        constexpr int kEach = 20'000;
        const ClientIdentity client{"User:a", "", "", "", ""};
        std::jthread observing([&] {
            for (int i = 0; i < kEach; ++i) {
                capture.observer().observed(write(client, "t"));
            }
        });
        std::int64_t sum = 0;
        while (sum < kEach) { // ends only if every observation comes out
            const auto table = capture.drain();
            for (const auto& [tuple, sight] : table.tuples()) {
                sum += sight.total.requests;
            }
        }
        QCOMPARE(sum, std::int64_t{kEach});
    }

    void countersAreCumulativeAndSurviveARestart() {
        const ClientIdentity client{"User:a", "", "a", "", ""};
        std::vector<Entry> topic;
        {
            Publisher publisher("embedded", kHour);
            publisher.start({}, 1'000);
            for (int minute = 1; minute <= 2; ++minute) {
                TupleTable table;
                table.add(write(client, "t", 5), minute * 60'000 - 1);
                publisher.add(table, minute * 60'000);
                topic = publishAll(publisher, minute * 60'000);
            }
            QCOMPARE(findEntry(topic, EntryKind::Observed)->total.records, std::int64_t{10});
            QCOMPARE(findEntry(topic, EntryKind::Observed)->fromMs, TimestampMs{60'000});
            QCOMPARE(publishAll(publisher, 121'000).size(), std::size_t{1}); // nothing new but its own watch
        }
        Publisher again("embedded", kHour);
        again.start(topic, 200'000);
        TupleTable table;
        table.add(write(client, "t", 1), 210'000);
        again.add(table, 211'000);
        const auto after = publishAll(again, 211'000);
        const auto* entry = findEntry(after, EntryKind::Observed);
        QCOMPARE(entry->total.records, std::int64_t{11});
        QCOMPARE(entry->spans.size(), std::size_t{1});
        QCOMPARE(entry->spans.front().fromMs, TimestampMs{59'999});
    }

    void requestsAreCountedByTheHour() {
        const ClientIdentity client{"User:a", "", "a", "", ""};
        Publisher publisher("embedded", kHour);
        publisher.start({}, 1'000);
        TupleTable table; // nobody asks it for two hours
        for (const auto atMs : {kHour - 1, kHour, kHour + 1, 3 * kHour}) {
            table.add(write(client, "t"), atMs);
        }
        publisher.add(table, 3 * kHour + 1);
        TupleTable next;
        next.add(write(client, "t"), 3 * kHour + 2);
        publisher.add(next, 3 * kHour + 3);
        const auto topic = publishAll(publisher, 3 * kHour + 4);
        const auto* entry = findEntry(topic, EntryKind::Observed);
        QCOMPARE(entry->total.requests, std::int64_t{5});
        QVERIFY((entry->counts.spans() == std::vector<catalog::CountedSpan>{{0, 1, 1}, {1, 1, 2}, {3, 1, 2}}));
    }

    void whatWasCountedBeforeHoursWereKeptStaysApart() {
        const auto old = seenBeforeHours(5 * kHour);
        Publisher publisher("embedded", 24 * kHour);
        publisher.start({old}, 6 * kHour);
        TupleTable table;
        table.add(write({"User:a", "", "", "", ""}, "t"), 7 * kHour);
        publisher.add(table, 7 * kHour + 1);
        const auto topic = publishAll(publisher, 7 * kHour + 2);
        const auto* entry = findEntry(topic, EntryKind::Observed);
        QCOMPARE(entry->total.requests, std::int64_t{41});
        QCOMPARE(entry->counts.sum(), std::int64_t{1});
        QCOMPARE(entry->counts.earlierToMs(), 5 * kHour);
    }

    void whatComesInTheHourThatHoursAreKeptFromHasItsHour() {
        const auto old = seenBeforeHours(5 * kHour + 1);
        Publisher publisher("embedded", 24 * kHour);
        publisher.start({old}, 5 * kHour + 2);
        TupleTable table;
        table.add(write({"User:a", "", "", "", ""}, "t"), 5 * kHour + 3);
        table.add(write({"User:a", "", "", "", ""}, "t"), 6 * kHour);
        publisher.add(table, 6 * kHour + 1);
        const auto topic = publishAll(publisher, 6 * kHour + 2);
        const auto* entry = findEntry(topic, EntryKind::Observed);
        QCOMPARE(entry->total.requests, std::int64_t{42});
        QCOMPARE(entry->counts.sum(), std::int64_t{2});
        QCOMPARE(entry->counts.earlierToMs(), 5 * kHour + 1);
    }

    void whatIsNotAcknowledgedComesAgain() {
        Publisher publisher("embedded", kHour);
        publisher.start({}, 1'000);
        const ClientIdentity client{"User:a", "", "a", "", ""};
        TupleTable table;
        table.add(write(client, "t", 5), 1'500);
        publisher.add(table, 2'000);
        QVERIFY(publisher.hasNews());
        const auto lost = publisher.collect(2'000, true);
        QCOMPARE(publisher.pending(), std::size_t{1});
        publisher.add(table, 3'000);                                    // goes on counting meanwhile
        publisher.acknowledged(lost.front().key, lost.front().version); // a late answer to the older state
        QCOMPARE(publisher.pending(), std::size_t{1});
        const auto entries = publishAll(publisher, 4'000);
        QCOMPARE(findEntry(entries, EntryKind::Observed)->total.records, std::int64_t{10});
        QCOMPARE(publisher.pending(), std::size_t{0});
    }

    void onlyTheNewIsNews() {
        Publisher publisher("embedded", kHour);
        publisher.start({}, 0);
        const ClientIdentity client{"User:a", "", "a", "", ""};
        TupleTable table;
        table.add(write(client, "t"), 500);
        publisher.add(table, 1'000);
        QCOMPARE(publishAll(publisher, 1'000, true).size(), std::size_t{2}); // and when it watched
        publisher.add(table, 2'000);
        QVERIFY(!publisher.hasNews());
        QCOMPARE(publishAll(publisher, 2'000, true).size(), std::size_t{1});
        QCOMPARE(publisher.pending(), std::size_t{1});
    }

    void aGapOfWatchedTimeStartsANewSpan() {
        const ClientIdentity client{"User:a", "", "a", "", ""};
        Publisher publisher("embedded", kHour);
        publisher.start({}, 0);
        TupleTable first;
        first.add(write(client, "t"), 1'000);
        publisher.add(first, 2'000);
        publisher.add(TupleTable(), 3 * kHour); // watched three hours, saw nothing
        TupleTable second;
        second.add(write(client, "t"), 3 * kHour + 1'000);
        publisher.add(second, 3 * kHour + 2'000);
        const auto entries = publishAll(publisher, 3 * kHour + 2'000);
        QCOMPARE(findEntry(entries, EntryKind::Observed)->spans.size(), std::size_t{2});
        QCOMPARE(findEntry(entries, EntryKind::Observer)->spans.size(), std::size_t{1});
    }

    void ratesCoverTheLastMinutes() {
        const ClientIdentity client{"User:a", "", "a", "", ""};
        Publisher publisher("embedded", kHour);
        publisher.start({}, 0);
        std::vector<Entry> entries;
        for (int second = 1; second <= 3'600; second += 10) {
            TupleTable table;
            table.add(write(client, "t", 20), second * 1'000);
            publisher.add(table, (second + 9) * 1'000);
            entries = publishAll(publisher, (second + 9) * 1'000);
        }
        const auto& recent = findEntry(entries, EntryKind::Observed)->recent;
        QVERIFY(recent.size() >= 4 && recent.size() <= kMaxRatePoints);
        const auto seconds = static_cast<double>(recent.back().atMs - recent.front().atMs) / 1'000;
        QVERIFY(seconds >= 120 && seconds <= 310);
        QCOMPARE(static_cast<double>(recent.back().records - recent.front().records) / seconds, 2.0);
    }

    /// A client that comes with its history: that is not its pace.
    void whatPiledUpBeforeAClientCameIsNoRate() {
        const ClientIdentity client{"User:a", "", "a", "", ""};
        Publisher publisher("embedded", kHour);
        publisher.start({}, 0);
        const auto add = [&](int second, int records) {
            TupleTable table;
            table.add(write(client, "t", records), second * 1'000);
            publisher.add(table, second * 1'000);
            const auto entries = publishAll(publisher, second * 1'000);
            return recentRate(*findEntry(entries, EntryKind::Observed), second * 1'000);
        };
        QVERIFY(!add(1, 3'000));
        QVERIFY(!add(2, 300)); // it takes a few seconds
        for (int second = 3; second <= 300; ++second) {
            const auto rate = add(second, 2);
            QVERIFY2(rate ? *rate == 2.0 : second < 50, qPrintable(QString::number(second)));
        }
    }

    void timeInWhichNobodyWatchedIsInNoRate() {
        const ClientIdentity client{"User:a", "", "a", "", ""};
        Publisher before("embedded", kHour);
        before.start({}, 0);
        std::vector<Entry> known;
        TupleTable table;
        table.add(write(client, "t", 10), 1'000);
        before.add(table, 1'000);
        known = publishAll(before, 1'000);
        Publisher after("embedded", kHour);
        after.start(known, 60'000); // a minute later
        TupleTable more;
        more.add(write(client, "t", 3'000), 61'000); // who reads a topic from its beginning does so again
        after.add(more, 61'000);
        const auto entries = publishAll(after, 61'000);
        QVERIFY(!recentRate(*findEntry(entries, EntryKind::Observed), 61'000));
    }

    void idleGroupsAreSeenOnce() {
        Publisher publisher("desktop", kHour);
        publisher.start({}, 0);
        const std::vector<GroupSight> idle{{"g", "", "", "t", 0, false}};
        publisher.add(idle, 1'000);
        QCOMPARE(publishAll(publisher, 1'000).size(), std::size_t{2});
        publisher.add(idle, 2'000);
        QCOMPARE(publisher.pending(), std::size_t{0}); // nothing happened since
        publisher.add({{"g", "", "", "t", 7, true}}, 3'000);
        const auto entries = publishAll(publisher, 3'000);
        QCOMPARE(findEntry(entries, EntryKind::Group)->total.records, std::int64_t{7});
        QVERIFY((findEntry(entries, EntryKind::Group)->spans == Spans{{1'000, 3'000}}));
    }
};

QTEST_GUILESS_MAIN(CaptureTest)
#include "capture_test.moc"
