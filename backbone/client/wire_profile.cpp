// SPDX-License-Identifier: Apache-2.0
#include "client/wire_profile.h"

#include <fmt/format.h>

#include <array>

namespace meshbone::backbone {

namespace {

/// Ways to say who to trust that only librdkafka follows.
constexpr auto kNotFollowed =
    std::to_array<std::string_view>({"ssl.keystore.location", "ssl.ca.pem", "ssl.key.pem", "ssl.certificate.pem",
                                     "ssl.engine.location", "ssl.providers", "ssl.crl.location"});

std::string chosen(const Profile& profile, const std::string& field, const std::string& property) {
    const auto given = profile.properties.find(property);
    return given != profile.properties.end() ? given->second : field;
}

} // namespace

Result<std::optional<net::TlsOptions>> tlsOptionsOf(const Profile& profile) {
    if (!profile.securityProtocol.ends_with("SSL")) {
        return std::nullopt;
    }
    for (const auto name : kNotFollowed) {
        if (profile.properties.contains(std::string(name))) {
            return fail(ErrorCode::Unsupported,
                        fmt::format("Not told where the profile sets '{}'; name PEM files in their own fields.", name));
        }
    }
    net::TlsOptions tls;
    tls.caFile = chosen(profile, profile.caFile, "ssl.ca.location");
    tls.certificateFile = chosen(profile, profile.certificateFile, "ssl.certificate.location");
    tls.keyFile = chosen(profile, profile.keyFile, "ssl.key.location");
    tls.keyPassword = chosen(profile, profile.keyPassword, "ssl.key.password");
    tls.checkHostName = chosen(profile, "https", "ssl.endpoint.identification.algorithm") != "none";
    return tls;
}

} // namespace meshbone::backbone
