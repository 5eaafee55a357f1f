// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace meshbone::bench {

/// What a registry is asked. `prefix`: what its paths begin with, before /subjects and the like.
inline std::string withBody(std::string_view method, std::string_view path, std::string_view body) {
    return fmt::format("{} {} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/vnd.schemaregistry.v1+json\r\n"
                       "Content-Length: {}\r\n\r\n{}",
                       method, path, body.size(), body);
}

inline std::string registration(std::string_view subject, const std::string& schema, std::string_view prefix = "") {
    return withBody("POST", fmt::format("{}/subjects/{}/versions", prefix, subject),
                    nlohmann::json{{"schema", schema}}.dump());
}

inline std::string schemaById(std::size_t id, std::string_view prefix = "") {
    return fmt::format("GET {}/schemas/ids/{} HTTP/1.1\r\nHost: localhost\r\n"
                       "Accept: application/vnd.schemaregistry.v1+json\r\n\r\n",
                       prefix, id);
}

} // namespace meshbone::bench
