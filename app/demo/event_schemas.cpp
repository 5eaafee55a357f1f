// SPDX-License-Identifier: Apache-2.0
#include "demo/event_schemas.h"

#include "demo/embed.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

MESHBONE_EMBED(meshbone_demo_flight_v1, "schemas/flight-v1.avsc")
MESHBONE_EMBED(meshbone_demo_flight_v2, "schemas/flight-v2.avsc")
MESHBONE_EMBED(meshbone_demo_flight_v3, "schemas/flight-v3.avsc")
MESHBONE_EMBED(meshbone_demo_airport_delays_v1, "schemas/airport-delays-v1.avsc")
MESHBONE_EMBED(meshbone_demo_quake_v1, "schemas/quake-v1.avsc")
MESHBONE_EMBED(meshbone_demo_quake_v2, "schemas/quake-v2.avsc")
MESHBONE_EMBED(meshbone_demo_quake_v3, "schemas/quake-v3.avsc")
MESHBONE_EMBED(meshbone_demo_near_airport_v1, "schemas/near-airport-v1.avsc")
MESHBONE_EMBED(meshbone_demo_strike_v1, "schemas/strike-v1.json")
MESHBONE_EMBED(meshbone_demo_strike_v2, "schemas/strike-v2.json")
MESHBONE_EMBED(meshbone_demo_strike_v3, "schemas/strike-v3.json")
MESHBONE_EMBED(meshbone_demo_airport_risk_v1, "schemas/airport-risk-v1.json")
MESHBONE_EMBED(meshbone_demo_airport_v1, "schemas/airport-v1.proto")
MESHBONE_EMBED(meshbone_demo_airport_v2, "schemas/airport-v2.proto")

namespace meshbone::app::demo {

namespace {

using catalog::SchemaType;

#define MESHBONE_TEXT(symbol)                                                                                          \
    std::string_view {                                                                                                 \
        symbol##_begin, symbol##_end                                                                                   \
    }

/// A task that passes events on as they are writes them with the schemas that they came with.
std::map<std::string, TopicSchemas> makeSchemas() {
    const TopicSchemas flight{SchemaType::Avro,
                              {MESHBONE_TEXT(meshbone_demo_flight_v1), MESHBONE_TEXT(meshbone_demo_flight_v2),
                               MESHBONE_TEXT(meshbone_demo_flight_v3)}};
    const TopicSchemas quake{SchemaType::Avro,
                             {MESHBONE_TEXT(meshbone_demo_quake_v1), MESHBONE_TEXT(meshbone_demo_quake_v2),
                              MESHBONE_TEXT(meshbone_demo_quake_v3)}};
    const TopicSchemas strike{SchemaType::Json,
                              {MESHBONE_TEXT(meshbone_demo_strike_v1), MESHBONE_TEXT(meshbone_demo_strike_v2),
                               MESHBONE_TEXT(meshbone_demo_strike_v3)}};
    return {
        {"aviation.flights", flight},
        {"aviation.flights.delayed", flight},
        {"aviation.delays-per-airport", {SchemaType::Avro, {MESHBONE_TEXT(meshbone_demo_airport_delays_v1)}}},
        {"reference.airports",
         {SchemaType::Protobuf, {MESHBONE_TEXT(meshbone_demo_airport_v1), MESHBONE_TEXT(meshbone_demo_airport_v2)}}},
        {"seismic.quakes", quake},
        {"seismic.quakes.revisions", quake},
        {"seismic.quakes.strong", quake},
        {"seismic.quakes-near-airports", {SchemaType::Avro, {MESHBONE_TEXT(meshbone_demo_near_airport_v1)}}},
        {"wildlife.strikes", strike},
        {"wildlife.strikes.damage", strike},
        {"wildlife.risk-per-airport", {SchemaType::Json, {MESHBONE_TEXT(meshbone_demo_airport_risk_v1)}}},
    };
}

#undef MESHBONE_TEXT

std::map<std::string, catalog::SchemaField> topFields(const catalog::ParsedSchema& schema) {
    std::map<std::string, catalog::SchemaField> fields;
    for (auto& field : schema.fields()) {
        if (field.path.find_first_of(".[{") == std::string::npos) {
            const auto name = field.path;
            fields.emplace(name, std::move(field));
        }
    }
    return fields;
}

} // namespace

TopicSchemas schemasOf(const std::string& topic) {
    static const auto all = makeSchemas();
    const auto found = all.find(topic);
    return found == all.end() ? TopicSchemas{} : found->second;
}

std::string valueSubject(const std::string& topic) {
    return topic + "-value";
}

std::size_t versionAt(std::int64_t place, std::int64_t events, std::size_t versions) {
    const auto part =
        static_cast<std::size_t>(2 * place * static_cast<std::int64_t>(versions) / std::max<std::int64_t>(events, 1));
    return std::min(part, versions - 1);
}

std::string asKnownBy(const std::string& json, const catalog::ParsedSchema& version,
                      const catalog::ParsedSchema& newest) {
    using Json = nlohmann::ordered_json;
    const auto known = topFields(version), all = topFields(newest);
    const auto event = Json::parse(json, nullptr, false);
    Json written = Json::object();
    for (const auto& [name, value] : event.items()) {
        if (known.contains(name)) {
            written[name] = value;
            continue;
        }
        if (const auto field = all.find(name); field != all.end()) {
            const auto old = std::ranges::find_if(field->second.aliases,
                                                  [&](const std::string& alias) { return known.contains(alias); });
            if (old != field->second.aliases.end()) {
                written[*old] = value;
            }
        }
    }
    return written.dump();
}

} // namespace meshbone::app::demo
