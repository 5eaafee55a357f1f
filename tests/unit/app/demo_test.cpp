// SPDX-License-Identifier: Apache-2.0
#include "demo/dataset.h"
#include "demo/mesh_plan.h"
#include "demo/transforms.h"

#include <QtTest>

#include <algorithm>
#include <set>

using namespace meshbone;
using namespace meshbone::app::demo;

class DemoTest : public QObject {
    Q_OBJECT

    static Record recordOf(const Event& event) {
        Record record;
        record.topic = event.topic;
        record.key = event.key;
        record.value = event.value;
        record.timestampMs = event.timeMs;
        return record;
    }

private slots:
    void everyRecordOfTheFilesIsThere() {
        QCOMPARE(flightEvents().size(), std::size_t{10'000});
        QCOMPARE(birdstrikeEvents().size(), std::size_t{10'000});
        QCOMPARE(airportEvents().size(), std::size_t{3'376});
        const auto quakes = quakeEvents();
        QCOMPARE(std::ranges::count(quakes, "seismic.quakes", &Event::topic), 1'707);
    }

    void feedsAreInTheOrderOfTheirTimes() {
        for (const auto& events : {flightEvents(), quakeEvents(), birdstrikeEvents()}) {
            QVERIFY(std::ranges::is_sorted(events, {}, &Event::timeMs));
            QVERIFY(events.front().timeMs > 0);
        }
        QCOMPARE(flightEvents().front().timeMs, TimestampMs{978'310'020'000}); // 2001-01-01 00:47 UTC
    }

    void theLargestQuakeIsThereAsItWas() {
        const auto events = quakeEvents();
        const auto hualien = std::ranges::find(events, "us1000chhc", &Event::key);
        QVERIFY(hualien != events.end());
        QCOMPARE(hualien->timeMs, TimestampMs{1'517'932'242'400}); // 2018-02-06 15:50:42.400
        QVERIFY(hualien->value.find(R"("mag":6.4)") != std::string::npos);
    }

    void filtersPassWhatTheySay() {
        const auto flights = flightEvents();
        const auto transform = delayedFlights();
        const auto late = std::ranges::count_if(
            flights, [&](const Event& event) { return !transform->apply(recordOf(event)).empty(); });
        QCOMPARE(late, 2'293);
        const auto strong = strongQuakes();
        const auto quakes = quakeEvents();
        QCOMPARE(std::ranges::count_if(quakes,
                                       [&](const Event& event) {
                                           return event.topic == "seismic.quakes" &&
                                                  !strong->apply(recordOf(event)).empty();
                                       }),
                 85);
    }

    void averagesAreRestoredFromTheirOwnOutput() {
        const auto flights = flightEvents();
        const auto first = delayAverage();
        Record latest;
        for (std::size_t i = 0; i < 100; ++i) {
            latest = first->apply(recordOf(flights[i])).front();
        }
        latest.topic = "aviation.delays-per-airport";
        const auto second = delayAverage();
        second->restore(latest);
        const auto next = std::ranges::find(flights.begin() + 100, flights.end(), *latest.key, &Event::key);
        QVERIFY(next != flights.end());
        QCOMPARE(second->apply(recordOf(*next)).front().value, first->apply(recordOf(*next)).front().value);
    }

    void aQuakeNearAnAirportNamesTheNearest() {
        const auto transform = quakesNearAirports();
        for (const auto& airport : airportEvents()) {
            transform->restore(recordOf(airport));
        }
        Record quake;
        quake.value = R"({"id":"x","place":"beside San Francisco","position":{"lon":-122.37,"lat":37.61,"depth":1}})";
        const auto near = transform->apply(quake);
        QCOMPARE(near.size(), std::size_t{1});
        QCOMPARE(near.front().key.value_or(""), std::string("SFO"));
        quake.value = R"({"id":"y","place":"mid Pacific","position":{"lon":-150,"lat":0,"depth":1}})";
        QVERIFY(transform->apply(quake).empty());
        quake.value = "not JSON";
        QVERIFY(transform->apply(quake).empty());
    }

    void distancesAreThoseOfTheEarth() {
        QVERIFY(std::abs(distanceKm(37.6189, -122.3749, 33.9425, -118.4081) - 543) < 3); // SFO to LAX
        QCOMPARE(distanceKm(10, 20, 10, 20), 0.0);
    }

    void thePlanHoldsTogether() {
        const auto plan = meshPlan();
        QVERIFY(plan.topics.size() >= 8);
        QCOMPARE(plan.domains.size(), std::size_t{4});
        QCOMPARE(plan.products.size(), std::size_t{6});
        std::set<std::string> products;
        for (const auto& product : plan.products) {
            products.insert(product.id);
        }
        for (const auto& topic : plan.topics) {
            QVERIFY2(products.contains(topic.product), topic.name.c_str());
        }
        const auto names = clientNames();
        QCOMPARE(std::set<std::string>(names.begin(), names.end()).size(), names.size());
    }
};

QTEST_GUILESS_MAIN(DemoTest)
#include "demo_test.moc"
