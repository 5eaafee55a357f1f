// SPDX-License-Identifier: Apache-2.0
#include "command.h"

#include "local_backbone.h"
#include "secret_file.h"

#include <CLI/CLI.hpp>
#include <fmt/core.h>
#include <nlohmann/json.hpp>

namespace meshbone::app {

void addCommonOptions(CLI::App& command, CommonOptions& options) {
    options.dataDirectory = defaultDataDirectory();
    command.add_option("--data", options.dataDirectory, "Data directory of an embedded backbone on this machine")
        ->capture_default_str();
    command.add_option("--bootstrap", options.bootstrap, "HOST:PORT of another backbone");
    command.add_option("--user", options.user, "User for SASL, with --bootstrap");
    command.add_option("--password-file", options.passwordFile, "File that holds the user's password");
    command.add_option("--mechanism", options.mechanism, "PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512")
        ->capture_default_str();
    command.add_option("--security-protocol", options.securityProtocol, "PLAINTEXT, SASL_PLAINTEXT, SSL or SASL_SSL");
    command.add_option_function<std::vector<std::string>>(
        "-X",
        [&options](const std::vector<std::string>& settings) {
            for (const auto& setting : settings) {
                const auto equals = setting.find('=');
                if (equals == std::string::npos || equals == 0) {
                    throw CLI::ValidationError("-X", "'" + setting + "' is not NAME=VALUE");
                }
                options.properties[setting.substr(0, equals)] = setting.substr(equals + 1);
            }
        },
        "A librdkafka property, NAME=VALUE; may be repeated");
    command.add_option("--timeout", options.timeoutMs, "Milliseconds to wait for the backbone")
        ->capture_default_str()
        ->check(CLI::Range(1, 86'400'000));
    command.add_flag("--json", options.json, "Print JSON");
}

Result<backbone::Profile> CommonOptions::profile() const {
    if (bootstrap.empty()) {
        const auto access = readAccess(dataDirectory);
        if (!access) {
            return std::unexpected(access.error());
        }
        auto profile = profileOf(*access, "meshctl");
        profile.properties = properties;
        return profile;
    }
    backbone::Profile profile;
    profile.name = bootstrap;
    profile.bootstrap = bootstrap;
    profile.clientId = "meshctl";
    profile.properties = properties;
    profile.user = user;
    if (!user.empty()) {
        profile.saslMechanism = mechanism;
        auto password = readSmallFile(passwordFile, 4096);
        if (!password) {
            return fail(ErrorCode::InvalidArgument, "--user needs --password-file FILE; " + password.error().message);
        }
        while (!password->empty() && (password->back() == '\n' || password->back() == '\r')) {
            password->pop_back();
        }
        profile.password = *password;
    }
    profile.securityProtocol = !securityProtocol.empty() ? securityProtocol
                               : user.empty()            ? "PLAINTEXT"
                                                         : "SASL_PLAINTEXT";
    return profile;
}

int withAdmin(const CommonOptions& options, const std::function<Status(backbone::Admin&)>& work) {
    const auto profile = options.profile();
    if (!profile) {
        return reportError(profile.error(), options.json);
    }
    auto admin = backbone::openAdmin(*profile);
    if (!admin) {
        return reportError(admin.error(), options.json);
    }
    const auto done = work(**admin);
    return done ? 0 : reportError(done.error(), options.json);
}

int reportError(const Error& error, bool json) {
    if (json) {
        const nlohmann::json object{{"error", {{"code", errorCodeName(error.code)}, {"message", error.message}}}};
        fmt::print("{}\n", object.dump());
    } else {
        fmt::print(stderr, "meshctl: {}\n", error.message);
    }
    return error.code == ErrorCode::InvalidArgument ? 2 : 1;
}

} // namespace meshbone::app
