// SPDX-License-Identifier: Apache-2.0
#include "replay/time_window.h"

#include <QtTest>

using namespace meshbone;
using namespace meshbone::ui;

class TimeWindowTest : public QObject {
    Q_OBJECT

    static constexpr TimestampMs kStart = 1'517'356'800'000; // 2018-01-31 00:00 UTC
    static constexpr TimestampMs kHour = 3'600'000, kDay = 24 * kHour;

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void aWindowIsHalfOpen() {
        QVERIFY((WindowMs{}).isEmpty());
        QVERIFY((WindowMs{5, 5}).isEmpty());
        QVERIFY((WindowMs{6, 5}).isEmpty());
        QCOMPARE((WindowMs{5, 9}).span(), TimestampMs{4});
    }

    void edgesSnapToRoundTimes() {
        QCOMPARE(snapStep(0), TimestampMs{1});
        QCOMPARE(snapStep(4), TimestampMs{1});
        QCOMPARE(snapStep(4'000), TimestampMs{1'000});
        QCOMPARE(snapStep(kHour), TimestampMs{600'000});
        QCOMPARE(snapStep(365 * kDay), TimestampMs{91 * kDay});
        QCOMPARE(snapTo(kStart + 299'999, 600'000), kStart);
        QCOMPARE(snapTo(kStart + 300'000, 600'000), kStart + 600'000);
        QCOMPARE(snapTo(kStart, 1), kStart);
    }

    void ticksAreRoundAndNeitherFewNorMany_data() {
        QTest::addColumn<qint64>("span");
        for (const TimestampMs span : {TimestampMs{40}, TimestampMs{1'000}, TimestampMs{61'000}, kHour, 10 * kHour,
                                       kDay, 7 * kDay, 40 * kDay, 400 * kDay, 4'000 * kDay}) {
            QTest::addRow("%lld ms", static_cast<long long>(span)) << qint64(span);
        }
    }
    void ticksAreRoundAndNeitherFewNorMany() {
        QFETCH(qint64, span);
        const WindowMs range{kStart + 17, kStart + 17 + span};
        const auto ticks = timeTicks(range);
        QVERIFY2(ticks.size() >= 3 && ticks.size() <= 21, qPrintable(QString::number(ticks.size())));
        for (std::size_t i = 0; i < ticks.size(); ++i) {
            QVERIFY(ticks[i].atMs > range.fromMs && ticks[i].atMs < range.toMs);
            QVERIFY(!ticks[i].label.isEmpty());
            if (i > 1) {
                QCOMPARE(ticks[i].atMs - ticks[i - 1].atMs, ticks[1].atMs - ticks[0].atMs);
            }
        }
    }

    void aDayIsNamedAtMidnight() {
        const auto ticks = timeTicks({kStart + kHour, kStart + 2 * kDay});
        const auto midnight = std::ranges::find(ticks, kStart + kDay, &TimeTick::atMs);
        QVERIFY(midnight != ticks.end());
        QCOMPARE(midnight->label, QStringLiteral("1 Feb"));
        QVERIFY(timeTicks({}).empty());
    }
};

QTEST_GUILESS_MAIN(TimeWindowTest)
#include "time_window_test.moc"
