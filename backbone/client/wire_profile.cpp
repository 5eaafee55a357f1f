// SPDX-License-Identifier: Apache-2.0
#include "client/wire_profile.h"

#include <fmt/format.h>

#include <array>
#include <charconv>

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

std::vector<BrokerAddress> bootstrapOf(const Profile& profile) {
    std::vector<BrokerAddress> addresses;
    std::string_view list = profile.bootstrap;
    while (!list.empty()) {
        const auto comma = std::min(list.find(','), list.size());
        auto one = list.substr(0, comma);
        list.remove_prefix(std::min(comma + 1, list.size()));
        while (one.starts_with(' ')) {
            one.remove_prefix(1);
        }
        const auto colon = one.rfind(':');
        auto host = one.substr(0, colon);
        const auto digits = colon == std::string_view::npos ? std::string_view() : one.substr(colon + 1);
        if (host.starts_with('[') && host.ends_with(']')) {
            host = host.substr(1, host.size() - 2); // [::1]:9092
        }
        BrokerAddress address{std::string(host), 0};
        std::from_chars(digits.data(), digits.data() + digits.size(), address.port);
        addresses.push_back(std::move(address));
    }
    return addresses;
}

} // namespace meshbone::backbone
