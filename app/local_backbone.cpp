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
    return LocalAccess{field("bootstrap"), field("user"), field("password")};
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

Result<LocalAccess> publishAccess(backbone::EmbeddedBroker& broker, const std::filesystem::path& dataDirectory,
                                  bool insecure) {
    LocalAccess access{broker.bootstrap(), {}, {}};
    if (!insecure) {
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
    const nlohmann::json json{{"bootstrap", access.bootstrap}, {"user", access.user}, {"password", access.password}};
    if (const auto written = writePrivateFile(dataDirectory / kAccessFile, json.dump(2) + "\n"); !written) {
        return std::unexpected(written.error());
    }
    return access;
}

backbone::Profile profileOf(const LocalAccess& access, const std::string& clientId) {
    backbone::Profile profile;
    profile.name = "embedded";
    profile.bootstrap = access.bootstrap;
    profile.clientId = clientId;
    if (!access.user.empty()) {
        profile.securityProtocol = "SASL_PLAINTEXT";
        profile.saslMechanism = "SCRAM-SHA-256";
        profile.user = access.user;
        profile.password = access.password;
    }
    return profile;
}

} // namespace meshbone::app
