// SPDX-License-Identifier: Apache-2.0
#include "local_backbone.h"

#include "secret_file.h"

#include <backbone/access_admin.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>

namespace meshbone::app {

namespace {
constexpr auto kAccessFile = "access.json";
constexpr auto kOwnUser = "meshbone";

Result<backbone::BrokerListener> ownListener(const backbone::EmbeddedBroker& broker) {
    const auto all = broker.listeners();
    for (const auto* protocol : {"SASL_PLAINTEXT", "SASL_SSL", "PLAINTEXT"}) {
        if (const auto found = std::ranges::find(all, protocol, &backbone::BrokerListener::protocol);
            found != all.end()) {
            return *found;
        }
    }
    return fail(ErrorCode::InvalidArgument,
                "Meshbone's own clients have no certificate: give a listener with a login beside SSL, for example "
                "listeners=SSL://127.0.0.1:9093,SASL_PLAINTEXT://127.0.0.1:9092.");
}

Status writeAccess(const LocalAccess& access, const std::filesystem::path& dataDirectory) {
    const nlohmann::json json{{"bootstrap", access.bootstrap}, {"user", access.user},
                              {"password", access.password},   {"security_protocol", access.securityProtocol},
                              {"ca", access.caFile},           {"schemas", access.schemas}};
    return writePrivateFile(dataDirectory / kAccessFile, json.dump(2) + "\n");
}

} // namespace

std::filesystem::path defaultDataDirectory() {
    if (const char* data = std::getenv("XDG_DATA_HOME"); data != nullptr && *data == '/') {
        return std::filesystem::path(data) / "meshbone";
    }
    const char* home = std::getenv("HOME");
    return std::filesystem::path(home != nullptr && *home != '\0' ? home : "/root") / ".local/share/meshbone";
}

std::filesystem::path brokerFolder(const std::filesystem::path& dataDirectory) {
    return dataDirectory / "broker";
}

Result<LocalAccess> readAccess(const std::filesystem::path& dataDirectory) {
    const auto path = dataDirectory / kAccessFile;
    const auto text = readSmallFile(path);
    if (!text) {
        if (text.error().code == ErrorCode::NotFound) {
            return fail(ErrorCode::NotFound, "There is no backbone in '" + dataDirectory.string() +
                                                 "'; start one with 'meshctl serve --data " + dataDirectory.string() +
                                                 "', or name another with --bootstrap.");
        }
        return std::unexpected(text.error());
    }
    const auto json = nlohmann::json::parse(*text, nullptr, false);
    if (!json.is_object() || !json.contains("bootstrap") || !json["bootstrap"].is_string()) {
        return fail(ErrorCode::Corrupt,
                    "'" + path.string() + "' is damaged; start the backbone again and it is written anew.");
    }
    const auto field = [&](const char* name) {
        return json.contains(name) && json[name].is_string() ? json[name].get<std::string>() : std::string();
    };
    LocalAccess access{field("bootstrap"),         field("user"), field("password"),
                       field("security_protocol"), field("ca"),   field("schemas")};
    if (access.securityProtocol.empty()) { // written before there was TLS
        access.securityProtocol = access.user.empty() ? "PLAINTEXT" : "SASL_PLAINTEXT";
    }
    return access;
}

std::string ownPrincipal() {
    return std::string("User:") + kOwnUser;
}

std::map<std::string, std::string> withAuthorizer(std::map<std::string, std::string> properties, bool insecure) {
    if (!insecure) {
        properties.try_emplace("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    }
    return properties;
}

Result<LocalAccess> publishAccess(backbone::EmbeddedBroker& broker, const std::filesystem::path& dataDirectory) {
    const auto listener = ownListener(broker);
    if (!listener) {
        return std::unexpected(listener.error());
    }
    LocalAccess access{listener->bootstrap, {}, {}, listener->protocol, {}, {}};
    if (const auto ca = broker.caFile(); !ca.empty() && access.securityProtocol == "SASL_SSL") {
        access.caFile = std::filesystem::absolute(ca).string();
    }
    if (access.securityProtocol.starts_with("SASL")) {
        // The password is kept across starts, so that a configuration that somebody copied goes on working.
        const auto earlier = readAccess(dataDirectory);
        access.user = kOwnUser;
        access.password = earlier && !earlier->password.empty() ? earlier->password : backbone::randomPassword();
        const auto users = broker.users();
        const bool known = std::ranges::find(users, access.user) != users.end();
        if (!known || !earlier || earlier->password.empty()) {
            if (const auto put = broker.putUser({access.user, access.password}); !put) {
                return std::unexpected(put.error());
            }
        }
    }
    if (const auto written = writeAccess(access, dataDirectory); !written) {
        return std::unexpected(written.error());
    }
    return access;
}

Status publishSchemas(LocalAccess& access, const std::string& url, const std::filesystem::path& dataDirectory) {
    access.schemas = url;
    return writeAccess(access, dataDirectory);
}

backbone::Profile profileOf(const LocalAccess& access, const std::string& clientId) {
    backbone::Profile profile;
    profile.name = "embedded";
    profile.bootstrap = access.bootstrap;
    profile.clientId = clientId;
    profile.securityProtocol = access.securityProtocol;
    profile.caFile = access.caFile;
    if (!access.user.empty()) {
        profile.saslMechanism = "SCRAM-SHA-256";
        profile.user = access.user;
        profile.password = access.password;
    }
    return profile;
}

} // namespace meshbone::app
