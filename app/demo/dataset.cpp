// SPDX-License-Identifier: Apache-2.0
#include "demo/dataset.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <chrono>

namespace meshbone::app::demo {

namespace {

using Json = nlohmann::ordered_json;

constexpr int kLateMinutes = 15;

template <class Number>
Number number(std::string_view text, Number otherwise = {}) {
    Number value = otherwise;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

/// A number where the field holds one, else null.
Json numberOrNull(std::string_view text) {
    return text.empty() ? Json() : Json(number<double>(text));
}
Json textOrNull(std::string_view text) {
    return text.empty() ? Json() : Json(std::string(text));
}

/// "2001/01/01 00:47" or "1990-01-08", as UTC.
TimestampMs parseDate(std::string_view text) {
    using namespace std::chrono;
    if (text.size() < 10) {
        return -1;
    }
    const year_month_day date{year(number<int>(text.substr(0, 4))), month(number<unsigned>(text.substr(5, 2))),
                              day(number<unsigned>(text.substr(8, 2)))};
    auto time = sys_time<milliseconds>(sys_days(date));
    if (text.size() >= 16) {
        time += hours(number<int>(text.substr(11, 2))) + minutes(number<int>(text.substr(14, 2)));
    }
    return time.time_since_epoch().count();
}

/// An hour of the day for the words of the strike reports.
int hourOf(std::string_view timeOfDay) {
    return timeOfDay == "Dawn" ? 6 : timeOfDay == "Day" ? 12 : timeOfDay == "Dusk" ? 19 : timeOfDay == "Night" ? 23 : 9;
}

/// A delay in a word.
std::string punctuality(int delayMinutes) {
    return delayMinutes >= kLateMinutes ? "LATE" : delayMinutes < 0 ? "EARLY" : "ON_TIME";
}

Json quakeJson(const Table& table, std::size_t row) {
    const auto field = [&](std::string_view column) { return table.field(row, column); };
    return {{"id", std::string(field("id"))},
            {"mag", numberOrNull(field("mag"))},
            {"magType", textOrNull(field("magType"))},
            {"place", std::string(field("place"))},
            {"time", number<TimestampMs>(field("time"))},
            {"updated", number<TimestampMs>(field("updated"))},
            {"status", std::string(field("status"))},
            {"alert", textOrNull(field("alert"))},
            {"felt", field("felt").empty() ? Json() : Json(number<int>(field("felt")))},
            {"tsunami", number<int>(field("tsunami"))},
            {"significance", number<int>(field("sig"))},
            {"type", std::string(field("type"))},
            {"position",
             {{"lon", number<double>(field("lon"))},
              {"lat", number<double>(field("lat"))},
              {"depth", number<double>(field("depth"))}}}};
}

} // namespace

Table::Table(std::string_view text) {
    const auto split = [](std::string_view line, char separator, auto&& each) {
        while (true) {
            const auto end = line.find(separator);
            each(line.substr(0, end));
            if (end == std::string_view::npos) {
                return;
            }
            line.remove_prefix(end + 1);
        }
    };
    split(text, '\n', [&](std::string_view line) {
        if (m_columns.empty()) {
            split(line, '\t', [&](std::string_view column) { m_columns.push_back(column); });
        } else if (!line.empty()) {
            m_rows.push_back(line);
        }
    });
}

std::string_view Table::field(std::size_t row, std::string_view column) const {
    const auto at = std::ranges::find(m_columns, column) - m_columns.begin();
    auto line = m_rows[row];
    for (std::ptrdiff_t i = 0; i < at; ++i) {
        const auto tab = line.find('\t');
        if (tab == std::string_view::npos) {
            return {};
        }
        line.remove_prefix(tab + 1);
    }
    return line.substr(0, line.find('\t'));
}

std::vector<Event> flightEvents() {
    const Table table(flightsText());
    std::vector<Event> events;
    events.reserve(table.size());
    for (std::size_t row = 0; row < table.size(); ++row) {
        const auto field = [&](std::string_view column) { return table.field(row, column); };
        const auto time = parseDate(field("date"));
        const auto delay = number<int>(field("delay"));
        const Json json{{"departure", std::string(field("date"))},
                        {"departedAt", time},
                        {"origin", std::string(field("origin"))},
                        {"destination", std::string(field("destination"))},
                        {"delayMinutes", delay},
                        {"punctuality", punctuality(delay)},
                        {"distanceMiles", number<int>(field("distance"))}};
        events.push_back({"aviation.flights", std::string(field("origin")), json.dump(), time});
    }
    return events;
}

std::vector<Event> quakeEvents() {
    const Table table(earthquakesText());
    std::vector<Event> events;
    events.reserve(table.size() * 2);
    for (std::size_t row = 0; row < table.size(); ++row) {
        const auto json = quakeJson(table, row);
        const auto id = json["id"].get<std::string>();
        const auto time = json["time"].get<TimestampMs>();
        const auto updated = json["updated"].get<TimestampMs>();
        // What was first reported did not carry the time of its revision yet.
        auto first = json;
        first["updated"] = time;
        events.push_back({"seismic.quakes", id, first.dump(), time});
        if (updated > time) {
            events.push_back({"seismic.quakes.revisions", id, json.dump(), updated});
        }
    }
    std::ranges::stable_sort(events, {}, &Event::timeMs);
    return events;
}

std::vector<Event> airportEvents() {
    const Table table(airportsText());
    constexpr TimestampMs kPublishedMs = 978'307'200'000; // 2001-01-01, the first day of the flights
    std::vector<Event> events;
    events.reserve(table.size());
    for (std::size_t row = 0; row < table.size(); ++row) {
        const auto field = [&](std::string_view column) { return table.field(row, column); };
        const Json json{{"iata", std::string(field("iata"))},       {"name", std::string(field("name"))},
                        {"city", textOrNull(field("city"))},        {"state", textOrNull(field("state"))},
                        {"country", std::string(field("country"))}, {"lat", number<double>(field("latitude"))},
                        {"lon", number<double>(field("longitude"))}};
        events.push_back({"reference.airports", std::string(field("iata")), json.dump(), kPublishedMs});
    }
    return events;
}

std::vector<Event> birdstrikeEvents() {
    const Table table(birdstrikesText());
    std::vector<Event> events;
    events.reserve(table.size());
    for (std::size_t row = 0; row < table.size(); ++row) {
        const auto field = [&](std::string_view column) { return table.field(row, column); };
        const Json json{{"airport", std::string(field("airport"))},
                        {"date", std::string(field("date"))},
                        {"aircraft", std::string(field("aircraft"))},
                        {"operator", std::string(field("operator"))},
                        {"damage", std::string(field("damage"))},
                        {"phase", textOrNull(field("phase"))},
                        {"size", textOrNull(field("size"))},
                        {"species", textOrNull(field("species"))},
                        {"timeOfDay", textOrNull(field("timeOfDay"))},
                        {"costUsd", number<std::int64_t>(field("costTotal"))},
                        {"speedKnots", numberOrNull(field("speedKnots"))}};
        const auto day = parseDate(field("date"));
        events.push_back({"wildlife.strikes", std::string(field("airport")), json.dump(),
                          day + hourOf(field("timeOfDay")) * 3'600'000LL});
    }
    std::ranges::stable_sort(events, {}, &Event::timeMs);
    return events;
}

} // namespace meshbone::app::demo
