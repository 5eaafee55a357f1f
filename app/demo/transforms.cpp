// SPDX-License-Identifier: Apache-2.0
#include "demo/transforms.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <unordered_map>

namespace meshbone::app::demo {

namespace {

using Json = nlohmann::ordered_json;

constexpr int kLateMinutes = 15;
constexpr double kStrongMagnitude = 4.5;
constexpr double kNearKm = 100;

/// The record's value as an object; an empty object when it isn't one (somebody else wrote to the topic).
Json objectOf(const Record& record) {
    auto json = record.value ? Json::parse(*record.value, nullptr, false) : Json();
    return json.is_object() ? json : Json::object();
}

double numberAt(const Json& json, const char* name, double otherwise) {
    const auto at = json.find(name);
    return at != json.end() && at->is_number() ? at->get<double>() : otherwise;
}

std::string textAt(const Json& json, const char* name) {
    const auto at = json.find(name);
    return at != json.end() && at->is_string() ? at->get<std::string>() : std::string();
}

Record derived(const Record& from, std::string key, const Json& value) {
    Record record;
    record.key = std::move(key);
    record.value = value.dump();
    record.timestampMs = from.timestampMs;
    return record;
}

/// Passes records on unchanged for which `keep` says so.
class Filter : public Transform {
public:
    explicit Filter(bool (*keep)(const Json&))
        : m_keep(keep) {}
    std::vector<Record> apply(const Record& record) override {
        if (!m_keep(objectOf(record))) {
            return {};
        }
        Record copy;
        copy.key = record.key;
        copy.value = record.value;
        copy.timestampMs = record.timestampMs;
        return {copy};
    }

private:
    bool (*m_keep)(const Json&);
};

class DelayAverage : public Transform {
public:
    void restore(const Record& record) override {
        const auto json = objectOf(record);
        const auto key = record.key.value_or("");
        if (record.topic == "reference.airports") {
            m_names[key] = textAt(json, "name");
        } else {
            m_sums[key] = {static_cast<std::int64_t>(numberAt(json, "flights", 0)),
                           static_cast<std::int64_t>(numberAt(json, "totalMinutes", 0))};
        }
    }
    std::vector<Record> apply(const Record& record) override {
        const auto json = objectOf(record);
        const auto airport = textAt(json, "origin");
        if (airport.empty()) {
            return {};
        }
        auto& [flights, minutes] = m_sums[airport];
        ++flights;
        minutes += static_cast<std::int64_t>(numberAt(json, "delayMinutes", 0));
        const Json value{
            {"airport", airport},
            {"name", m_names[airport]},
            {"flights", flights},
            {"totalMinutes", minutes},
            {"averageMinutes", std::round(10.0 * static_cast<double>(minutes) / static_cast<double>(flights)) / 10}};
        return {derived(record, airport, value)};
    }

private:
    std::unordered_map<std::string, std::string> m_names;
    std::map<std::string, std::pair<std::int64_t, std::int64_t>> m_sums;
};

class QuakesNearAirports : public Transform {
public:
    void restore(const Record& record) override {
        const auto json = objectOf(record);
        m_airports[record.key.value_or("")] = {numberAt(json, "lat", 0), numberAt(json, "lon", 0),
                                               textAt(json, "name")};
    }
    std::vector<Record> apply(const Record& record) override {
        auto json = objectOf(record);
        const auto position = json.value("position", Json::object());
        const double lat = numberAt(position, "lat", 0), lon = numberAt(position, "lon", 0);
        double bestKm = kNearKm;
        const std::pair<const std::string, Airport>* best = nullptr;
        for (const auto& entry : m_airports) {
            // A degree of latitude is 111 km: most airports are ruled out without trigonometry.
            if (std::abs(entry.second.lat - lat) > 1) {
                continue;
            }
            if (const double km = distanceKm(lat, lon, entry.second.lat, entry.second.lon); km <= bestKm) {
                bestKm = km;
                best = &entry;
            }
        }
        if (best == nullptr) {
            return {};
        }
        const Json value{{"quake", textAt(json, "id")},
                         {"mag", json.value("mag", Json())},
                         {"place", textAt(json, "place")},
                         {"time", json.value("time", Json())},
                         {"airport", best->first},
                         {"airportName", best->second.name},
                         {"distanceKm", std::round(bestKm * 10) / 10},
                         {"revised", record.topic == "seismic.quakes.revisions"}};
        return {derived(record, best->first, value)};
    }

private:
    struct Airport {
        double lat = 0, lon = 0;
        std::string name;
    };
    std::map<std::string, Airport> m_airports;
};

class StrikeRate : public Transform {
public:
    void restore(const Record& record) override {
        const auto json = objectOf(record);
        m_counts[record.key.value_or("")] = {static_cast<std::int64_t>(numberAt(json, "strikes", 0)),
                                             static_cast<std::int64_t>(numberAt(json, "damaging", 0))};
    }
    std::vector<Record> apply(const Record& record) override {
        const auto json = objectOf(record);
        const auto airport = textAt(json, "airport");
        if (airport.empty()) {
            return {};
        }
        auto& [strikes, damaging] = m_counts[airport];
        ++strikes;
        damaging += textAt(json, "damage") != "None" ? 1 : 0;
        const Json value{{"airport", airport},
                         {"strikes", strikes},
                         {"damaging", damaging},
                         {"damagingShare",
                          std::round(1000.0 * static_cast<double>(damaging) / static_cast<double>(strikes)) / 1000}};
        return {derived(record, airport, value)};
    }

private:
    std::map<std::string, std::pair<std::int64_t, std::int64_t>> m_counts;
};

} // namespace

double distanceKm(double latA, double lonA, double latB, double lonB) {
    constexpr double kEarthKm = 6371, kRadians = std::numbers::pi / 180;
    const double dLat = (latB - latA) * kRadians, dLon = (lonB - lonA) * kRadians;
    const double h = std::pow(std::sin(dLat / 2), 2) +
                     std::cos(latA * kRadians) * std::cos(latB * kRadians) * std::pow(std::sin(dLon / 2), 2);
    return 2 * kEarthKm * std::asin(std::sqrt(std::min(1.0, h)));
}

std::unique_ptr<Transform> delayedFlights() {
    return std::make_unique<Filter>([](const Json& json) { return numberAt(json, "delayMinutes", 0) >= kLateMinutes; });
}
std::unique_ptr<Transform> strongQuakes() {
    return std::make_unique<Filter>([](const Json& json) { return numberAt(json, "mag", 0) >= kStrongMagnitude; });
}
std::unique_ptr<Transform> damagingStrikes() {
    return std::make_unique<Filter>([](const Json& json) {
        const auto damage = textAt(json, "damage");
        return !damage.empty() && damage != "None";
    });
}
std::unique_ptr<Transform> delayAverage() {
    return std::make_unique<DelayAverage>();
}
std::unique_ptr<Transform> quakesNearAirports() {
    return std::make_unique<QuakesNearAirports>();
}
std::unique_ptr<Transform> strikeRate() {
    return std::make_unique<StrikeRate>();
}

} // namespace meshbone::app::demo
