// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <fstream>
#include <sstream>
#include <string>

namespace meshbone::bench {

constexpr int kVersionsOfSubject = 5;

/// The schema of a subject's version, from 0: each version adds a field that has a default.
inline std::string versionText(int subject, int version) {
    std::string fields = R"({"name":"id","type":"string"})";
    for (int i = 0; i <= version; ++i) {
        fields += fmt::format(
            R"(,{{"name":"field{}of{}","type":["null","long"],"default":null,"doc":"Number {} of subject {}."}})", i,
            subject % 100, i, subject);
    }
    return fmt::format(R"({{"type":"record","name":"Event{}","namespace":"bench","fields":[{}]}})", subject, fields);
}

/// The newest schema of the demo's flights, and one of them.
inline std::string flightSchema() {
    std::ostringstream text;
    text << std::ifstream(MESHBONE_FLIGHT_SCHEMA).rdbuf();
    return text.str();
}
constexpr auto kFlight =
    R"({"departure":"2001/01/01 00:47","departedAt":"2001-01-01T00:47:00.000Z","origin":"DTW","destination":"LAS",)"
    R"("delayMinutes":66,"punctuality":"LATE","distanceMiles":1750,"captain":null})";

} // namespace meshbone::bench
