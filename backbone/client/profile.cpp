// SPDX-License-Identifier: Apache-2.0
#include "client/bootstrap_list.h"
#include "client/handle.h"
#include "sasl/client_exchange.h"

#include <fmt/format.h>

#include <array>
#include <fstream>
#include <set>

namespace meshbone::backbone {

namespace {

const std::set<std::string_view> kProtocols{"PLAINTEXT", "SASL_PLAINTEXT", "SSL", "SASL_SSL"};
/// These have a field of their own in Profile: a second place to set them would be a way to be wrong.
const std::set<std::string_view> kOwnFields{
    "bootstrap.servers", "metadata.broker.list", "security.protocol", "sasl.mechanisms",
    "sasl.mechanism",    "sasl.username",        "sasl.password",     "client.id"};

bool usesSasl(const Profile& profile) {
    return profile.securityProtocol.starts_with("SASL");
}

bool usesTls(const Profile& profile) {
    return profile.securityProtocol.ends_with("SSL");
}

Properties tlsFiles(const Profile& profile) {
    return {{"ssl.ca.location", profile.caFile},
            {"ssl.certificate.location", profile.certificateFile},
            {"ssl.key.location", profile.keyFile},
            {"ssl.key.password", profile.keyPassword}};
}

Status refuse(std::string sentence) {
    return fail(ErrorCode::InvalidArgument, std::move(sentence));
}

Status checkSasl(const Profile& profile) {
    if (!usesSasl(profile)) {
        return {};
    }
    if (auto known = sasl::checkMechanism(profile.saslMechanism); !known) {
        return known;
    }
    if (profile.user.empty()) {
        return refuse(fmt::format("{} needs a user; the profile names none.", profile.securityProtocol));
    }
    return {};
}

/// librdkafka meets an unreadable file only when it connects, and says so in OpenSSL's words.
Status checkFile(std::string_view what, const std::string& path) {
    if (path.empty()) {
        return {};
    }
    std::ifstream file(path, std::ios::binary);
    if (!file || file.peek() == std::ifstream::traits_type::eof()) {
        return refuse(fmt::format("The {} '{}' can't be read; check its path and its permissions.", what, path));
    }
    return {};
}

Status checkTls(const Profile& profile) {
    if (!usesTls(profile)) {
        return {};
    }
    for (const auto& [what, path] :
         {std::pair("CA file", profile.caFile), std::pair("certificate file", profile.certificateFile),
          std::pair("key file", profile.keyFile)}) {
        if (auto ok = checkFile(what, path); !ok) {
            return ok;
        }
    }
    if (profile.certificateFile.empty() != profile.keyFile.empty()) {
        return refuse("A client certificate needs its key, and a key its certificate; name both files or neither.");
    }
    return {};
}

Status set(rd_kafka_conf_t* conf, const std::string& name, const std::string& value) {
    std::array<char, 512> text{};
    switch (rd_kafka_conf_set(conf, name.c_str(), value.c_str(), text.data(), text.size())) {
    case RD_KAFKA_CONF_OK:
        return {};
    case RD_KAFKA_CONF_UNKNOWN:
        return refuse(fmt::format("There is no client property '{}'; check its spelling.", name));
    default:
        break;
    }
    const bool secret = name.find("password") != std::string::npos || name.find("secret") != std::string::npos ||
                        name.find("key") != std::string::npos;
    return refuse(secret ? fmt::format("The client property '{}' is not valid.", name)
                         : fmt::format("The client property '{}' can't be '{}': {}.", name, value, text.data()));
}

/// What every client of ours has, before the profile's own properties.
Properties basics(const Profile& profile) {
    Properties properties{
        {"bootstrap.servers", profile.bootstrap},
        {"security.protocol", profile.securityProtocol},
        {"client.id", profile.clientId},
        {"log_level", "6"},
        {"reconnect.backoff.ms", "50"},
        {"reconnect.backoff.max.ms", "1000"}, // a person waits: look again every second, not every ten
        {"socket.connection.setup.timeout.ms", "5000"},
        {"socket.timeout.ms", "20000"}, // a leader that is silent holds a call for so long, not for a minute
        {"socket.keepalive.enable", "true"},
        {"enable.metrics.push", "false"}, // no telemetry
    };
    if (usesSasl(profile)) {
        properties.emplace_back("sasl.mechanisms", profile.saslMechanism);
        properties.emplace_back("sasl.username", profile.user);
        properties.emplace_back("sasl.password", profile.password);
    }
    for (const auto& [name, value] : tlsFiles(profile)) {
        if (!value.empty() && usesTls(profile)) {
            properties.emplace_back(name, value);
        }
    }
    return properties;
}

} // namespace

Result<ConfPtr> buildConf(const Profile& profile, const Properties& extra) {
    ConfPtr conf(rd_kafka_conf_new());
    auto properties = basics(profile);
    properties.insert(properties.end(), profile.properties.begin(), profile.properties.end());
    properties.insert(properties.end(), extra.begin(), extra.end());
    for (const auto& [name, value] : properties) {
        if (auto ok = set(conf.get(), name, value); !ok) {
            return std::unexpected(ok.error());
        }
    }
    return conf;
}

Status validateProfile(const Profile& profile) {
    if (auto addresses = parseBootstrap(profile.bootstrap); !addresses) {
        return std::unexpected(addresses.error());
    }
    if (!kProtocols.contains(profile.securityProtocol)) {
        return refuse(fmt::format("'{}' is no security protocol; use PLAINTEXT, SASL_PLAINTEXT, SSL or SASL_SSL.",
                                  profile.securityProtocol));
    }
    if (auto ok = checkSasl(profile); !ok) {
        return ok;
    }
    if (auto ok = checkTls(profile); !ok) {
        return ok;
    }
    for (const auto& [name, value] : profile.properties) {
        if (kOwnFields.contains(name)) {
            return refuse(fmt::format("Set '{}' in its own field of the profile, not among the properties.", name));
        }
    }
    if (auto conf = buildConf(profile, {}); !conf) {
        return std::unexpected(conf.error());
    }
    return {};
}

} // namespace meshbone::backbone
