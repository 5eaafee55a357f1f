// SPDX-License-Identifier: Apache-2.0
#include "cluster_options.h"

#include "profiles.h"
#include "secret_file.h"
#include "settings.h"

#include <CLI/CLI.hpp>

namespace meshbone::app {

void addClusterOptions(CLI::App& program, ClusterOptions& options) {
    auto* profile =
        program.add_option("--profile", options.profileName,
                           "A profile of the data directory, as the desktop keeps them; 'embedded' is always there");
    program.add_option("--bootstrap", options.bootstrap, "HOST:PORT of another backbone")->excludes(profile);
    program.add_option("--user", options.user, "User for SASL, with --bootstrap");
    program.add_option("--password-file", options.passwordFile, "File that holds the user's password");
    program.add_option("--mechanism", options.mechanism, "PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512")
        ->capture_default_str();
    program.add_option("--security-protocol", options.securityProtocol, "PLAINTEXT, SASL_PLAINTEXT, SSL or SASL_SSL");
    program.add_option_function<std::vector<std::string>>(
        "-X",
        [&options](const std::vector<std::string>& settings) {
            auto properties = parseSettings(settings);
            if (!properties) {
                throw CLI::ValidationError("-X", properties.error().message);
            }
            options.properties = std::move(*properties);
        },
        "A librdkafka property, NAME=VALUE; may be repeated");
}

Result<std::optional<backbone::KnownCluster>> ClusterOptions::cluster(const std::filesystem::path& dataDirectory,
                                                                      const std::string& clientId) const {
    if (!bootstrap.empty()) {
        auto profile = addressed(clientId);
        return profile ? Result<std::optional<backbone::KnownCluster>>(backbone::KnownCluster{*profile, {}, true})
                       : std::unexpected(profile.error());
    }
    if (!user.empty()) {
        return fail(
            ErrorCode::InvalidArgument,
            "--user is for --bootstrap HOST:PORT; a profile and the embedded backbone have users of their own.");
    }
    if (profileName.empty() || profileName == kEmbeddedProfile) {
        return std::nullopt;
    }
    auto known = profileNamed(dataDirectory, profileName);
    if (!known) {
        return std::unexpected(known.error());
    }
    known->profile.clientId = clientId;
    for (const auto& [name, value] : properties) {
        known->profile.properties.insert_or_assign(name, value);
    }
    return *known;
}

Result<backbone::Profile> ClusterOptions::addressed(const std::string& clientId) const {
    backbone::Profile profile;
    profile.name = bootstrap;
    profile.bootstrap = bootstrap;
    profile.clientId = clientId;
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

} // namespace meshbone::app
