// SPDX-License-Identifier: Apache-2.0
#include "support/fake_registry.h"

namespace meshbone::test {

namespace {

std::string quake(const std::string& more) {
    return R"({"type":"record","name":"Quake","namespace":"gov.usgs",)"
           R"("doc":"An earthquake as the feed tells it","fields":[)"
           R"({"name":"id","type":"string","doc":"The event's id in the feed"},)"
           R"({"name":"mag","type":"double","doc":"Magnitude"},{"name":"magType","type":"string"},)"
           R"({"name":"place","type":"string","doc":"Where, in words"},)"
           R"({"name":"time","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When the ground moved"},)"
           R"({"name":"position","type":{"type":"record","name":"Point","fields":[{"name":"lon","type":"double"},)"
           R"({"name":"lat","type":"double"},{"name":"depth","type":"double",)"
           R"("doc":"Kilometres below the surface"}]}})" +
           more + "]}";
}

std::string flight(const std::string& more) {
    return R"({"type":"record","name":"Flight","namespace":"gov.bts","fields":[)"
           R"({"name":"carrier","type":"string","doc":"IATA code of the airline"},{"name":"number","type":"int"},)"
           R"({"name":"tailNumber","type":"string","doc":"Registration of the aircraft"},)"
           R"({"name":"origin","type":"string"},{"name":"destination","type":"string"},)"
           R"({"name":"departure","type":{"type":"long","logicalType":"timestamp-millis"}})" +
           more + "]}";
}

constexpr const char* kStrike =
    R"({"$schema":"http://json-schema.org/draft-07/schema#","title":"Strike","type":"object","properties":{)"
    R"("id":{"type":"string","description":"Number of the report"},"airport":{"type":"string"},)"
    R"("species":{"type":"string","description":"What was struck, as far as anybody could tell"},)"
    R"("damage":{"enum":["none","minor","substantial","destroyed"]},)"
    R"("cost":{"type":"number","minimum":0,"description":"Of repairs, in dollars"}},"required":["id","airport"],)"
    R"("additionalProperties":false})";

constexpr const char* kAirport = "syntax = \"proto3\";\npackage org.ourairports;\n\n// An airport of the world.\n"
                                 "message Airport {\n  string ident = 1;\n  string name = 2;\n  double latitude = 3;\n"
                                 "  double longitude = 4;\n  optional int32 elevation_ft = 5;\n"
                                 "  repeated string runways = 6;\n}\n";

} // namespace

/// As the design's pictures show them: what evolves does so under the rules.
void FakeRegistry::fill() {
    const std::string sig = R"(,{"name":"sig","type":"int","default":0,"doc":"How significant, 0 to 1000"})";
    const std::string nst = R"(,{"name":"nst","type":["null","int"],"default":null,"doc":"Stations that reported"})";
    put("seismic.quakes-value", quake({}));
    put("seismic.quakes-value", quake(sig + nst));
    put("seismic.quakes-value",
        quake(sig + nst + R"(,{"name":"felt","type":["null","int"],"default":null,"doc":"Reports of people"})" +
              R"(,{"name":"alert","type":["null","string"],"default":null})"));
    put("seismic.quakes-key", R"("string")");
    put("seismic.quakes-near-airports-value",
        R"({"type":"record","name":"QuakeNearAirport","namespace":"org.meshbone","fields":[)"
        R"({"name":"quake","type":"gov.usgs.Quake"},{"name":"airport","type":"string"},)"
        R"({"name":"distanceKm","type":"double"}]})",
        catalog::SchemaType::Avro, {{"gov.usgs.Quake", "seismic.quakes-value", 3}});
    put("aviation.flights-value", flight({}));
    put("aviation.flights-value", flight(R"(,{"name":"delayMinutes","type":"int","default":0})"));
    put("aviation.flights.delayed-value", flight(R"(,{"name":"delayMinutes","type":"int"})"));
    put("wildlife.strikes-value", kStrike, catalog::SchemaType::Json);
    put("reference.airports-value", kAirport, catalog::SchemaType::Protobuf);
    (void)setLevel("reference.airports-value", catalog::CompatibilityLevel::FullTransitive, {});
    put("aviation.gates-value", R"({"type":"record","name":"Gate","fields":[{"name":"gate","type":"string"}]})");
    (void)deleteSubject("aviation.gates-value", false, {});
}

} // namespace meshbone::test
