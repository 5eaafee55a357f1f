// SPDX-License-Identifier: Apache-2.0
#include "widgets/english.h"
#include "widgets/format.h"

#include <QCoreApplication>
#include <QtTest>

using namespace meshbone;
using namespace meshbone::ui;
using namespace std::chrono_literals;

class TextTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void numbers_data() {
        QTest::addColumn<QString>("made");
        QTest::addColumn<QString>("wanted");
        QTest::newRow("count") << formatCount(1'234'567) << "1,234,567";
        QTest::newRow("bytes") << formatBytes(1023) << "1,023 B";
        QTest::newRow("KiB") << formatBytes(48'128) << "47.0 KiB";
        QTest::newRow("MiB") << formatBytes(1'216'348) << "1.16 MiB";
        QTest::newRow("three digits") << formatBytes(892'928) << "872 KiB";
        QTest::newRow("next unit instead of 1024") << formatBytes(1'048'575) << "1.00 MiB";
        QTest::newRow("rate") << formatRate(41.64) << "41.6";
        QTest::newRow("large rate") << formatRate(1'038.2) << "1,038";
        QTest::newRow("tiny rate") << formatRate(0.01) << "< 0.1";
        QTest::newRow("no rate") << formatRate(0) << "0";
        QTest::newRow("bad rate") << formatRate(-1) << "–";
        QTest::newRow("percent is never rounded up to done") << formatPercent(0.999) << "99 %";
        QTest::newRow("done") << formatPercent(1) << "100 %";
        QTest::newRow("span") << formatSpan(36ms) << "36 ms";
        QTest::newRow("minutes") << formatSpan(125s) << "2 min 5 s";
        QTest::newRow("days") << formatSpan(102h) << "4 d 6 h";
        QTest::newRow("hash") << shortHash("9f1c000000000000a3e0") << "9f1c…a3e0";
        QTest::newRow("short hash") << shortHash("9f1c") << "9f1c";
    }
    void numbers() {
        QFETCH(QString, made);
        QFETCH(QString, wanted);
        QCOMPARE(made, wanted);
    }

    void timesFollowTheZone() {
        auto& zone = TimeZoneSwitch::instance();
        zone.setUtc(true);
        constexpr TimestampMs kMoment = 1'517'932'242'400;
        QCOMPARE(formatTime(kMoment), QStringLiteral("2018-02-06 15:50:42.400"));
        QCOMPARE(formatMinute(kMoment), QStringLiteral("15:50"));
        QCOMPARE(axisTime(kMoment, 45'000, 2), QStringLiteral("15:50:42")); // two labels of one minute differ
        QCOMPARE(axisTime(kMoment, 900'000, 2), QStringLiteral("15:50"));
        QCOMPARE(axisTime(kMoment, 7 * 86'400'000LL, 4), QStringLiteral("02-06 15:50"));
        QCOMPARE(timeTitle(QStringLiteral("Time")), QStringLiteral("Time (UTC)"));
        QCOMPARE(isoTime(kMoment), QStringLiteral("2018-02-06T15:50:42.400Z"));
        QCOMPARE(formatTime(-1), QStringLiteral("–"));
        QSignalSpy changed(&zone, &TimeZoneSwitch::changed);
        zone.setUtc(false);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(formatTime(kMoment),
                 QDateTime::fromMSecsSinceEpoch(kMoment).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz")));
        QCOMPARE(isoTime(kMoment), QStringLiteral("2018-02-06T15:50:42.400Z")); // copies stay UTC
        zone.setUtc(true);
    }

    void englishPicksTheForm() {
        QCOMPARE(englishForm(QStringLiteral("%n topic(s)"), 1), QStringLiteral("%n topic"));
        QCOMPARE(englishForm(QStringLiteral("%n topic(s)"), 2), QStringLiteral("%n topics"));
        QCOMPARE(englishForm(QStringLiteral("%n (topic has|topics have) no owner"), 1),
                 QStringLiteral("%n topic has no owner"));
        QCOMPARE(englishForm(QStringLiteral("%n (topic has|topics have) no owner"), 0),
                 QStringLiteral("%n topics have no owner"));
        QCOMPARE(englishForm(QStringLiteral("plain (as it is)"), 3), QStringLiteral("plain (as it is)"));
        installEnglish();
        QCOMPARE(QCoreApplication::translate("Any", "%n row(s) and (more)", nullptr, 3),
                 QStringLiteral("3 rows and (more)"));
        QCOMPARE(QCoreApplication::translate("Any", "no number"), QStringLiteral("no number"));
    }
};

QTEST_MAIN(TextTest)
#include "text_test.moc"
