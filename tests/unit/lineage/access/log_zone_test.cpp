// SPDX-License-Identifier: Apache-2.0
// Times that were written by clocks which are set forward and back: zone files, the rule at their end, and what of a
// log is told twice or not at all.
#include "access/zone_rules.h"

#include <lineage/authorizer_log.h>

#include <QFile>
#include <QTemporaryDir>
#include <QTimeZone>
#include <QtTest>

using namespace meshbone;
using namespace meshbone::lineage;

namespace {

constexpr std::int64_t kHour = 3'600, kMs = 1'000;
constexpr const char* kBerlinRule = "CET-1CEST,M3.5.0,M10.5.0/3";

QByteArray bigEndian(std::int64_t value, int bytes) {
    QByteArray out;
    for (int i = bytes - 1; i >= 0; --i) {
        out.append(static_cast<char>(value >> (8 * i)));
    }
    return out;
}
struct Change {
    std::int64_t atSeconds;
    int kind;
};
/// A block of a zone file: its header, then changes between these offsets.
QByteArray block(char version, int timeBytes, const std::vector<Change>& changes, const std::vector<int>& offsets) {
    QByteArray out = QByteArray("TZif") + version + QByteArray(15, '\0');
    for (const auto count :
         {std::size_t{0}, std::size_t{0}, std::size_t{0}, changes.size(), offsets.size(), std::size_t{4}}) {
        out += bigEndian(static_cast<std::int64_t>(count), 4);
    }
    for (const auto& change : changes) {
        out += bigEndian(change.atSeconds, timeBytes);
    }
    for (const auto& change : changes) {
        out.append(static_cast<char>(change.kind));
    }
    for (const int offset : offsets) {
        out += bigEndian(offset, 4) + QByteArray(2, '\0');
    }
    return out + QByteArray("CET\0", 4);
}
QByteArray zoneFile(const char* rule, const std::vector<Change>& changes = {},
                    const std::vector<int>& offsets = {3600}) {
    return block('2', 4, {}, {0}) + block('2', 8, changes, offsets) + "\n" + rule + "\n";
}
std::optional<ZoneRules> parsed(const QByteArray& bytes) {
    return ZoneRules::parse({bytes.constData(), static_cast<std::size_t>(bytes.size())});
}
std::int64_t at(const char* utc) {
    return QDateTime::fromString(QString::fromLatin1(utc) + u'Z', Qt::ISODateWithMs).toMSecsSinceEpoch();
}

} // namespace

class LogZoneTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_zones;

private slots:
    void initTestCase() {
        QVERIFY(QDir(m_zones.path()).mkpath(QStringLiteral("Test")));
        qputenv("TZDIR", m_zones.path().toUtf8());
        add("Test/Berlin", zoneFile(kBerlinRule));
        add("Test/Broken", "TZif2, and no more");
    }

    void offsetsAreFixed() {
        QCOMPARE(LogZone().at(5).utcMs, TimestampMs(5));
        QCOMPARE(LogZone::named("Z")->name(), std::string("UTC"));
        QCOMPARE(LogZone::named("+02:00")->name(), std::string("UTC+02:00"));
        QCOMPARE(LogZone::named("+02:00")->at(7'200'000).utcMs, TimestampMs(0));
        QCOMPARE(LogZone::named("-05:30")->at(0).utcMs, TimestampMs(330 * 60'000));
        QVERIFY(!LogZone::named("+02:00")->at(0).isTwice());
    }
    void whatIsNoZoneIsSaid() {
        for (const auto* wrong : {"", "2", "+2:00", "+19:00", "+02:60", "+0200", "cet", "+aa:00", "../etc/passwd",
                                  "/etc/passwd", "Europe/../x", "Europe Berlin"}) {
            const auto zone = LogZone::named(wrong);
            QVERIFY2(!zone && zone.error().code == ErrorCode::InvalidArgument, wrong);
        }
        const auto none = LogZone::named("Test/Nowhere");
        QCOMPARE(none.error().code, ErrorCode::NotFound);
        QVERIFY2(none.error().message.find("tzdata") != std::string::npos, none.error().message.c_str());
        QCOMPARE(LogZone::named("Test").error().code, ErrorCode::NotFound); // a folder
        QCOMPARE(LogZone::named("Test/Broken").error().code, ErrorCode::Corrupt);
    }

    void theOffsetFollowsSummerTime_data() {
        QTest::addColumn<QByteArray>("local");
        QTest::addColumn<QByteArray>("utc");
        QTest::addColumn<bool>("twice");
        QTest::addColumn<bool>("skipped");
        QTest::newRow("winter") << QByteArray("2026-01-15T12:00:00.250") << QByteArray("2026-01-15T11:00:00.250")
                                << false << false;
        QTest::newRow("summer") << QByteArray("2026-07-15T12:00:00.000") << QByteArray("2026-07-15T10:00:00.000")
                                << false << false;
        QTest::newRow("before spring") << QByteArray("2026-03-29T01:59:59.999") << QByteArray("2026-03-29T00:59:59.999")
                                       << false << false;
        QTest::newRow("skipped") << QByteArray("2026-03-29T02:30:00.000") << QByteArray("2026-03-29T01:30:00.000")
                                 << false << true;
        QTest::newRow("after spring") << QByteArray("2026-03-29T03:00:00.000") << QByteArray("2026-03-29T01:00:00.000")
                                      << false << false;
        QTest::newRow("before autumn") << QByteArray("2026-10-25T01:59:59.999") << QByteArray("2026-10-24T23:59:59.999")
                                       << false << false;
        QTest::newRow("twice") << QByteArray("2026-10-25T02:00:00.000") << QByteArray("2026-10-25T00:00:00.000") << true
                               << false;
        QTest::newRow("twice still") << QByteArray("2026-10-25T02:59:59.999") << QByteArray("2026-10-25T00:59:59.999")
                                     << true << false;
        QTest::newRow("after autumn") << QByteArray("2026-10-25T03:00:00.000") << QByteArray("2026-10-25T02:00:00.000")
                                      << false << false;
        QTest::newRow("long ago") << QByteArray("1969-07-20T20:17:40.000") << QByteArray("1969-07-20T18:17:40.000")
                                  << false << false;
    }
    void theOffsetFollowsSummerTime() {
        QFETCH(QByteArray, local);
        QFETCH(QByteArray, utc);
        QFETCH(bool, twice);
        QFETCH(bool, skipped);
        const auto moment = LogZone::named("Test/Berlin")->at(at(local.constData()));
        QCOMPARE(moment.utcMs, at(utc.constData()));
        QCOMPARE(moment.isTwice(), twice);
        QCOMPARE(moment.isSkipped, skipped);
        QCOMPARE(moment.laterMs - moment.utcMs, TimestampMs(twice ? kHour * kMs : 0));
    }

    /// The changes that a file lists come before its rule.
    void listedChangesComeFirst() {
        const auto rules = parsed(zoneFile("<+03>-3", {{1'000, 1}, {2'000, 0}}, {0, 7'200})).value();
        QCOMPARE(rules.offsetAt(999), std::int64_t(0));
        QCOMPARE(rules.offsetAt(1'000), std::int64_t(7'200));
        QCOMPARE(rules.offsetAt(1'999), std::int64_t(7'200));
        QCOMPARE(rules.offsetAt(2'000), std::int64_t(3 * kHour));
        const auto old =
            parsed(block('\0', 4, {{-1'000, 1}}, {0, -18'000})).value(); // of the first version, without a rule
        QCOMPARE(old.offsetAt(-1'001), std::int64_t(0));
        QCOMPARE(old.offsetAt(0), std::int64_t(-18'000));
    }

    void rulesOfAllForms() {
        const auto offset = [](const char* rule, const char* utc) {
            return parsePosixRule(rule).value().offsetAt(at(utc) / kMs);
        };
        QCOMPARE(offset("EST5EDT,M3.2.0,M11.1.0", "2026-03-08T06:59:59.000"), -5 * kHour);
        QCOMPARE(offset("EST5EDT,M3.2.0,M11.1.0", "2026-03-08T07:00:00.000"), -4 * kHour);
        // South of the equator summer begins in autumn.
        QCOMPARE(offset("AEST-10AEDT,M10.1.0,M4.1.0/3", "2026-01-01T00:00:00.000"), 11 * kHour);
        QCOMPARE(offset("AEST-10AEDT,M10.1.0,M4.1.0/3", "2026-07-01T00:00:00.000"), 10 * kHour);
        QCOMPARE(offset("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2026-01-01T00:00:00.000"), 11 * kHour);
        QCOMPARE(offset("IST-5:30", "2026-01-01T00:00:00.000"), 5 * kHour + kHour / 2);
        // Ireland calls winter the exception; Greenland's clocks are set the evening before.
        QCOMPARE(offset("IST-1GMT0,M10.5.0,M3.5.0/1", "2026-01-01T00:00:00.000"), 0 * kHour);
        QCOMPARE(offset("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T01:00:00.000"), -1 * kHour);
        QCOMPARE(offset("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T00:59:59.000"), -2 * kHour);
        QCOMPARE(offset("AAA0BBB,J60/0,J300/0", "2028-03-01T00:00:00.000"), kHour); // 1 March, leap year or not
        QCOMPARE(offset("AAA0BBB,J60/0,J300/0", "2028-02-29T23:00:00.000"), 0 * kHour);
        QCOMPARE(offset("AAA0BBB,59/0,300/0", "2028-02-29T00:00:00.000"), kHour); // the sixtieth day
        for (const auto* wrong : {"", "CE-1", "CET", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0",
                                  "CET-1CEST,M3.6.0,M10.5.0", "CET-1CEST,M3.5.7,M10.5.0", "CET-25", "<CET-1",
                                  "CET-1CEST,J0,J366", "CET-1CEST,M3.5.0,M10.5.0/168", "CET-1CEST,M3.5.0,M10.5.0x"}) {
            QVERIFY2(!parsePosixRule(wrong), wrong);
        }
    }

    void noBytesCanCrashIt() {
        const auto whole = zoneFile(kBerlinRule, {{1'000, 1}, {2'000, 0}}, {0, 7'200});
        QVERIFY(parsed(whole).has_value());
        for (qsizetype size = 0; size < whole.size() - 1; ++size) {
            QVERIFY(!parsed(whole.left(size)) || size > whole.size() - 30); // cut within the rule it may be another
        }
        for (qsizetype i = 0; i < whole.size(); ++i) {
            for (const int change : {1, 0x80, 0xFF}) {
                auto bytes = whole;
                bytes[i] = static_cast<char>(bytes[i] ^ change);
                if (const auto rules = parsed(bytes)) {
                    (void)rules->offsetAt(1'500);
                    (void)rules->offsetAt(4'000'000'000);
                }
            }
        }
        QVERIFY(!parsed(zoneFile(kBerlinRule, {{2'000, 0}, {1'000, 0}}, {0}))); // not in order
        QVERIFY(!parsed(zoneFile(kBerlinRule, {{1'000, 1}}, {0})));             // no such offset
        QVERIFY(!parsed(zoneFile(kBerlinRule, {}, {200'000})));                 // more than a day
        QVERIFY(!parsed(zoneFile("nonsense")));
    }

    /// What a log's lines show decides, as far as it can: after the clocks were set back, the hour is the second one.
    void anHourThatComesTwiceIsTold() {
        const auto log = read({"01:30:00", "02:10:00", "02:50:00", "02:20:00", "02:40:00", "03:10:00"}, "2026-10-25");
        const auto& tuple = log.evidence.tuples.front();
        QCOMPARE(tuple.firstMs, at("2026-10-24T23:30:00.000"));
        QCOMPARE(tuple.lastMs, at("2026-10-25T02:10:00.000"));
        using Gaps = std::vector<std::pair<TimestampMs, TimestampMs>>;
        QCOMPARE(log.evidence.coverage.gaps, Gaps{}); // a line an hour at least: 00:50 and 01:20 in UTC
        QCOMPARE(log.evidence.notes.size(), std::size_t{1});
        QVERIFY(log.evidence.notes.front().starts_with(
            "4 lines are of the hour that the clocks of Test/Berlin show twice"));

        const auto alone = read({"02:10:00", "02:50:00"}, "2026-10-25"); // nothing says which
        QCOMPARE(alone.evidence.tuples.front().firstMs, at("2026-10-25T00:10:00.000"));
        QCOMPARE(alone.evidence.tuples.front().lastMs, at("2026-10-25T00:50:00.000"));
        const auto apart = read({"02:10:05", "02:10:02", "02:50:00"}, "2026-10-25"); // threads aren't clocks
        QCOMPARE(apart.evidence.tuples.front().lastMs, at("2026-10-25T00:50:00.000"));
        const auto skipped = read({"01:30:00", "02:30:00"}, "2026-03-29");
        QVERIFY(skipped.evidence.notes.front().starts_with("1 lines have a time that the clocks of Test/Berlin skip"));
        QVERIFY(read({"12:00:00"}, "2026-07-01").evidence.notes.empty());
    }

private:
    void add(const char* name, const QByteArray& bytes) {
        QFile file(m_zones.filePath(QString::fromLatin1(name)));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    }
    static AuthorizerLog read(const std::vector<const char*>& times, const char* day) {
        const QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("kafka-authorizer.log")));
        if (!file.open(QIODevice::WriteOnly)) {
            qFatal("no file");
        }
        for (const auto* time : times) {
            file.write(
                QByteArray("[") + day + ' ' + time +
                ",000] DEBUG Principal = User:x is Allowed operation = READ from host = 10.0.0.7 on resource = "
                "Topic:LITERAL:quakes for request = Fetch with resourceRefCount = 1 (kafka.authorizer.logger)\n");
        }
        file.close();
        const std::filesystem::path path = file.fileName().toStdString();
        AuthorizerLogQuery query;
        query.zone = LogZone::named("Test/Berlin").value();
        return readAuthorizerLog(std::span(&path, 1), query).value();
    }
};

QTEST_GUILESS_MAIN(LogZoneTest)
#include "log_zone_test.moc"
