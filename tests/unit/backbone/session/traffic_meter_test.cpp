// SPDX-License-Identifier: Apache-2.0
#include "session/traffic_meter.h"

#include <QtTest>

using namespace meshbone;
using namespace meshbone::backbone;

class TrafficMeterTest : public QObject {
    Q_OBJECT

private slots:
    void aSteadyTopicHasItsRate() {
        TrafficMeter meter;
        for (int i = 0; i <= 60; ++i) { // five minutes at 100 events/s, sampled every 5 s
            meter.add(1'000'000 + i * 5'000, {{"orders", {10, i * 500}}});
        }
        const auto snapshot = meter.snapshot();
        const auto* orders = snapshot->find("orders");
        QVERIFY(orders != nullptr);
        QCOMPARE(orders->perSecond, 100.0);
        QCOMPARE(orders->records, 60 * 500 - 10);
        QCOMPARE(orders->recent.size(), std::size_t{20});
        QCOMPARE(orders->hour.size(), std::size_t{5});
        for (const auto rate : orders->recent) {
            QCOMPARE(rate, 100.0F);
        }
        QVERIFY(snapshot->find("orders2") == nullptr);
    }

    void theRateIsThatOfTheLastSeconds() {
        TrafficMeter meter;
        for (int i = 0; i < 100; ++i) {
            meter.add(1'000'000 + i * 5'000, {{"t", {0, i * 1'000}}});
        }
        meter.add(1'000'000 + 100 * 5'000, {{"t", {0, 99'000}}}); // it stops
        meter.add(1'000'000 + 101 * 5'000, {{"t", {0, 99'000}}});
        QCOMPARE(meter.snapshot()->find("t")->perSecond, 0.0);
    }

    void ringsAreBounded() {
        TrafficMeter meter;
        for (int i = 0; i < 3'000; ++i) {
            meter.add(1'000'000 + i * 5'000, {{"t", {0, i}}});
        }
        QCOMPARE(meter.snapshot()->find("t")->recent.size(), TrafficMeter::kSteps);
        QCOMPARE(meter.snapshot()->find("t")->hour.size(), TrafficMeter::kMinutes);
    }

    void aTopicMadeAnewStartsAfreshAndALostOneIsForgotten() {
        TrafficMeter meter;
        meter.add(1'000'000, {{"a", {0, 500}}, {"b", {0, 1}}});
        meter.add(1'005'000, {{"a", {0, 900}}, {"b", {0, 1}}});
        meter.add(1'010'000, {{"a", {0, 3}}}); // fewer than before: another topic
        QCOMPARE(meter.snapshot()->find("a")->perSecond, 0.0);
        QCOMPARE(meter.snapshot()->find("a")->records, 3);
        QVERIFY(meter.snapshot()->find("b") == nullptr);
    }

    void aGapSpreadsOverItsSteps() {
        TrafficMeter meter;
        meter.add(1'000'000, {{"t", {0, 0}}});
        meter.add(1'060'000, {{"t", {0, 6'000}}}); // a minute without samples
        const auto recent = meter.snapshot()->find("t")->recent;
        QCOMPARE(recent.size(), std::size_t{4});
        QCOMPARE(recent[0], 100.0F);
    }
};

QTEST_GUILESS_MAIN(TrafficMeterTest)
#include "traffic_meter_test.moc"
