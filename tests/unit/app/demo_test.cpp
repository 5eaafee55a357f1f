// SPDX-License-Identifier: Apache-2.0
#include "demo/dataset.h"
#include "demo/event_schemas.h"
#include "demo/mesh_plan.h"
#include "demo/transforms.h"

#include <catalog/schema_book.h>

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

    /// A topic's schemas as a registry would have them.
    static std::vector<catalog::SchemaVersion> versionsOf(const std::string& topic) {
        std::vector<catalog::SchemaVersion> versions;
        const auto schemas = schemasOf(topic);
        for (const auto text : schemas.versions) {
            catalog::SchemaVersion version;
            version.subject = valueSubject(topic);
            version.version = static_cast<int>(versions.size()) + 1;
            version.id = catalog::SchemaId(version.version);
            version.definition = std::make_shared<const catalog::SchemaDefinition>(
                catalog::SchemaDefinition{schemas.type, std::string(text), {}, {}, {}});
            versions.push_back(std::move(version));
        }
        return versions;
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

    void everyTopicHasSchemasThatMayFollowEachOther() {
        for (const auto& topic : meshPlan().topics) {
            const auto versions = versionsOf(topic.name);
            QVERIFY2(!versions.empty(), topic.name.c_str());
            std::vector<catalog::SchemaVersion> before;
            for (const auto& version : versions) {
                const catalog::SchemaBook book(before);
                const auto verdict = book.verdict(version.subject, *version.definition);
                QVERIFY2(verdict, verdict ? "" : verdict.error().message.c_str());
                QVERIFY2(verdict->isCompatible(), (version.subject + " " + std::to_string(version.version)).c_str());
                before.push_back(version);
            }
        }
        QCOMPARE(schemasOf("aviation.flights").versions.size(), std::size_t{3});
        QCOMPARE(schemasOf("seismic.quakes").versions.size(), std::size_t{3});
    }

    void everyEventCanBeWrittenInEveryVersion() {
        for (const auto& events : {flightEvents(), quakeEvents(), airportEvents(), birdstrikeEvents()}) {
            const auto topic = events.front().topic;
            const auto versions = versionsOf(topic);
            const catalog::SchemaBook book(versions);
            const auto newest = book.parsed(versions.back());
            for (std::size_t i = 0; i < events.size(); ++i) {
                const auto& version = versions[i % versions.size()];
                const auto bytes = book.encode(version, asKnownBy(events[i].value, **book.parsed(version), **newest));
                QVERIFY2(bytes, bytes ? "" : (events[i].value + " " + bytes.error().message).c_str());
                auto record = recordOf(events[i]);
                record.topic = topic;
                record.value = *bytes;
                const auto part = book.decode(record, false);
                QVERIFY2(part.isDecoded(), part.problem.c_str());
                QCOMPARE(part.schema->version, version.version);
            }
        }
    }

    void tasksReadWhatOlderVersionsWrote() {
        const auto quakes = quakeEvents();
        const auto versions = versionsOf("seismic.quakes");
        const catalog::SchemaBook book(versions);
        const auto hualien = std::ranges::find(quakes, "us1000chhc", &Event::key);
        for (const auto& version : versions) {
            auto record = recordOf(*hualien);
            record.value = *book.encode(
                version, asKnownBy(hualien->value, **book.parsed(version), **book.parsed(versions.back())));
            record.value = book.decode(record, false).json;
            QCOMPARE(strongQuakes()->apply(record).size(), std::size_t{1});
            QVERIFY(record.value->find(version.version < 3 ? R"("sig":)" : R"("significance":)") != std::string::npos);
        }
    }

    void whatTasksDeriveFitsItsSchema() {
        const auto fits = [](const std::string& topic, const Record& record) {
            const auto versions = versionsOf(topic);
            const auto bytes = catalog::SchemaBook(versions).encode(versions.back(), record.value.value_or(""));
            QVERIFY2(bytes, bytes ? "" : bytes.error().message.c_str());
        };
        fits("aviation.delays-per-airport", delayAverage()->apply(recordOf(flightEvents().front())).front());
        fits("wildlife.risk-per-airport", strikeRate()->apply(recordOf(birdstrikeEvents().front())).front());
        const auto near = quakesNearAirports();
        for (const auto& airport : airportEvents()) {
            near->restore(recordOf(airport));
        }
        std::size_t found = 0;
        for (const auto& quake : quakeEvents()) {
            for (const auto& record : near->apply(recordOf(quake))) {
                fits("seismic.quakes-near-airports", record);
                ++found;
            }
        }
        QVERIFY(found > 100);
    }

    void theHistoryIsWrittenByClientsOfEveryVersion() {
        QCOMPARE(versionAt(0, 900, 3), std::size_t{0});
        QCOMPARE(versionAt(150, 900, 3), std::size_t{1});
        QCOMPARE(versionAt(300, 900, 3), std::size_t{2});
        QCOMPARE(versionAt(5'000, 900, 3), std::size_t{2}); // a later pass
        QCOMPARE(versionAt(899, 900, 1), std::size_t{0});
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
