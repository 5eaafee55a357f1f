// SPDX-License-Identifier: Apache-2.0
#include "evidence/counts_json.h"
#include "evidence/entry.h"
#include "support/seed.h"

#include <QtTest>

#include <random>

using namespace meshbone;
using namespace meshbone::lineage;

namespace {
Entry observedEntry() {
    Entry entry;
    entry.observer = "embedded";
    entry.tuple.client = {"User:svc-usgs-feed", "127.0.0.1", "usgs \"1\"", "librdkafka", "2.15.0"};
    entry.tuple.apiKey = 0;
    entry.tuple.operation = backbone::Operation::Write;
    entry.tuple.resource = "quakes";
    entry.fromMs = 1'000;
    entry.toMs = 61'000;
    entry.total = {3, 40, 5'000};
    entry.spans = {{1'000, 2'000}, {50'000, 60'500}};
    entry.recent = {{1'000, 0}, {61'000, 40}};
    entry.counts.add(1'000, 2);
    return entry;
}

Entry groupEntry() {
    Entry entry = observedEntry();
    entry.kind = EntryKind::Group;
    entry.group = "alerts";
    entry.tuple = {};
    entry.counts = {};
    entry.tuple.client.clientId = "svc-alerts";
    entry.tuple.client.host = "10.0.0.7";
    entry.tuple.resource = "quakes";
    entry.tuple.operation = backbone::Operation::Read;
    return entry;
}
} // namespace

class EvidenceTest : public QObject {
    Q_OBJECT

private slots:
    void whatIsWrittenIsRead() {
        for (const auto& entry : {observedEntry(), groupEntry()}) {
            const auto read = parseEntry(entryJson(entry));
            QVERIFY2(read, read ? "" : read.error().message.c_str());
            QVERIFY(*read == entry);
            QCOMPARE(entryKey(*read), entryKey(entry));
        }
    }

    void whenRequestsWereIsWrittenByHourAndDay() {
        auto entry = observedEntry();
        entry.total.requests = 5'000;
        for (int hour = 0; hour < 24 * 200; ++hour) {
            entry.counts.add(std::int64_t{hour} * catalog::CountedSpan::kHourMs, 1);
        }
        const auto json = entryJson(entry);
        QVERIFY(json.size() < 4'096);
        const auto read = parseEntry(json);
        QVERIFY2(read, read ? "" : read.error().message.c_str());
        QVERIFY(*read == entry);
        QVERIFY(parseCounts(countsText(entry.counts)) == entry.counts);
        QCOMPARE(countsText({}), std::string());
        QVERIFY(parseCounts("") == catalog::RequestCounts() && !parseCounts("[]") && !parseCounts("{"));
    }

    void recordsFromBeforeHoursWereKeptAreRead() {
        const auto read = parseEntry(
            R"({"v":1,"evidence":"observed","observer":"embedded","client":{"principal":"User:a","host":"h",)"
            R"("clientId":"c","software":"s","softwareVersion":"2"},"api":1,"operation":"Read","resourceKind":"Topic",)"
            R"("resource":"quakes","granted":true,"internal":false,"interval":{"fromMs":1,"toMs":9},)"
            R"("total":{"requests":7,"records":2,"bytes":3},"spans":[[1,9]],"recent":[]})");
        QVERIFY2(read, read ? "" : read.error().message.c_str());
        QCOMPARE(read->total.requests, std::int64_t(7));
        QVERIFY(read->counts == catalog::RequestCounts());
        QVERIFY(entryJson(*read).find("counts") == std::string::npos);
    }

    void keysTellIdentitiesApart() {
        auto a = observedEntry(), b = a;
        b.total = {};
        b.spans = {{1, 2}};
        QCOMPARE(entryKey(a), entryKey(b)); // the same identity, whatever was counted
        b.tuple.granted = false;
        QVERIFY(entryKey(a) != entryKey(b));
        b = a;
        b.observer = "desktop";
        QVERIFY(entryKey(a) != entryKey(b));
        b = a; // a separator inside of a name must not make two keys one
        a.tuple.client.host = "x\",\"y";
        b.tuple.client.host = "x";
        QVERIFY(entryKey(a) != entryKey(b));
    }

    void textThatIsNotUtf8IsRepaired() {
        auto entry = observedEntry();
        entry.tuple.client.clientId = "bad \xff\xfe id";
        const auto read = parseEntry(entryJson(entry));
        QVERIFY(read);
        QVERIFY(read->tuple.client.clientId.starts_with("bad "));
    }

    void wrongRecordsAreRefused_data() {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<int>("code");
        const auto corrupt = static_cast<int>(ErrorCode::Corrupt);
        const auto unsupported = static_cast<int>(ErrorCode::Unsupported);
        QTest::newRow("newer version") << QByteArray("\"v\":1") << QByteArray("\"v\":2") << unsupported;
        QTest::newRow("unknown kind") << QByteArray("\"observed\"") << QByteArray("\"guessed\"") << unsupported;
        QTest::newRow("negative") << QByteArray("\"records\":40") << QByteArray("\"records\":-1") << corrupt;
        QTest::newRow("huge") << QByteArray("\"records\":40") << QByteArray("\"records\":18446744073709551615")
                              << corrupt;
        QTest::newRow("fraction") << QByteArray("\"records\":40") << QByteArray("\"records\":1.5") << corrupt;
        QTest::newRow("text for number") << QByteArray("\"api\":0") << QByteArray("\"api\":\"0\"") << corrupt;
        QTest::newRow("api too large") << QByteArray("\"api\":0") << QByteArray("\"api\":70000") << corrupt;
        QTest::newRow("unknown operation") << QByteArray("\"Write\"") << QByteArray("\"Scribble\"") << corrupt;
        QTest::newRow("spans overlap") << QByteArray("[50000,60500]") << QByteArray("[1500,60500]") << corrupt;
        QTest::newRow("span backwards") << QByteArray("[1000,2000]") << QByteArray("[2000,1000]") << corrupt;
        QTest::newRow("no spans") << QByteArray("[[1000,2000],[50000,60500]]") << QByteArray("[]") << corrupt;
        QTest::newRow("rate backwards") << QByteArray("[61000,40]") << QByteArray("[61000,-40]") << corrupt;
        QTest::newRow("more in hours than in all") << QByteArray("[[0,2]]") << QByteArray("[[0,4]]") << corrupt;
        QTest::newRow("an hour twice") << QByteArray("[[0,2]]") << QByteArray("[[0,1],[0,1]]") << corrupt;
        QTest::newRow("an hour too far") << QByteArray("[[0,2]]") << QByteArray("[[3000000000,2]]") << corrupt;
        QTest::newRow("counts of another form")
            << QByteArray("\"counts\":{") << QByteArray("\"counts\":[],\"c\":{") << corrupt;
        QTest::newRow("client missing") << QByteArray("\"client\":") << QByteArray("\"klient\":") << corrupt;
    }
    void wrongRecordsAreRefused() {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QFETCH(int, code);
        auto json = QByteArray::fromStdString(entryJson(observedEntry()));
        QVERIFY(json.contains(from));
        const auto read = parseEntry(json.replace(from, to).toStdString());
        QVERIFY(!read);
        QCOMPARE(static_cast<int>(read.error().code), code);
    }

    void noPrefixAndNoMutationCrashes() {
        std::mt19937_64 random(test::testSeed());
        const auto json = entryJson(observedEntry());
        for (std::size_t n = 0; n < json.size(); ++n) {
            QVERIFY(!parseEntry(json.substr(0, n)));
        }
        for (int i = 0; i < 5'000; ++i) {
            auto changed = json;
            for (int k = 0; k < 3; ++k) {
                changed[random() % changed.size()] = static_cast<char>(random());
            }
            if (const auto read = parseEntry(changed)) {
                QVERIFY(parseEntry(entryJson(*read))); // what is accepted can be written again
            }
        }
        QVERIFY(!parseEntry(std::string(kMaxEntryBytes + 1, ' ')));
        QVERIFY(!parseEntry(std::string(30'000, '[')));
    }

    void sightsJoinOrStart() {
        Spans spans;
        addSight(spans, {10, 20}, false);
        addSight(spans, {30, 40}, true);
        QVERIFY((spans == Spans{{10, 40}}));
        addSight(spans, {60, 70}, false);
        QVERIFY((spans == Spans{{10, 40}, {60, 70}}));
        addSight(spans, {65, 68}, false); // inside: widens nothing
        QVERIFY((spans == Spans{{10, 40}, {60, 70}}));
        for (TimestampMs at = 100; at < 10'000; at += 100) {
            addSight(spans, {at, at + 1}, false);
        }
        QCOMPARE(spans.size(), kMaxSpans);
        QCOMPARE(spans.front().fromMs, TimestampMs{10}); // the first sight is kept for ever
        QVERIFY(wellFormed(spans));
    }

    void onlyWatchedTimeCountsAsQuiet() {
        const Spans watched{{0, 100}, {1'000, 1'100}, {5'000, 6'000}};
        QVERIFY(quietAt(watched, 50, 40) == std::optional<TimestampMs>(90));
        QVERIFY(quietAt(watched, 50, 50) == std::optional<TimestampMs>(100));
        QVERIFY(quietAt(watched, 50, 51) == std::optional<TimestampMs>(1'001)); // the pause between doesn't count
        QVERIFY(quietAt(watched, 50, 1'150) == std::optional<TimestampMs>(6'000));
        QVERIFY(!quietAt(watched, 50, 1'151));
        QVERIFY(!quietAt({}, 50, 1));
        QCOMPARE(watchedMs(watched, 50, 1'050), std::int64_t{100});
    }

    void unionsAreTheSpansOfBoth() {
        std::mt19937_64 random(test::testSeed());
        for (int round = 0; round < 300; ++round) {
            Spans a, b;
            for (auto* spans : {&a, &b}) {
                TimestampMs at = 0;
                for (std::size_t i = 0; i < random() % 6; ++i) {
                    const auto from = at + 1 + static_cast<TimestampMs>(random() % 10);
                    at = from + static_cast<TimestampMs>(random() % 10);
                    spans->push_back({from, at});
                }
            }
            const auto both = unite(a, b);
            QVERIFY(wellFormed(both));
            for (TimestampMs t = 0; t < 150; ++t) {
                QCOMPARE(covers(both, t), covers(a, t) || covers(b, t));
            }
        }
    }
};

QTEST_GUILESS_MAIN(EvidenceTest)
#include "evidence_test.moc"
