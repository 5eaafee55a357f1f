// SPDX-License-Identifier: Apache-2.0
#include "command.h"

#include "local_backbone.h"
#include "profiles.h"
#include "session.h"

#include <CLI/CLI.hpp>
#include <fmt/core.h>
#include <nlohmann/json.hpp>

namespace meshbone::app {

void addCommonOptions(CLI::App& command, CommonOptions& options) {
    options.dataDirectory = defaultDataDirectory();
    command.add_option("--data", options.dataDirectory, "Data directory of an embedded backbone on this machine")
        ->capture_default_str();
    addClusterOptions(command, options);
    command.add_option("--timeout", options.timeoutMs, "Milliseconds to wait for the backbone")
        ->capture_default_str()
        ->check(CLI::Range(1, 86'400'000));
    command.add_flag("--json", options.json, "Print JSON");
}

Result<backbone::Profile> CommonOptions::profile() const {
    const auto known = cluster(dataDirectory, "meshctl");
    if (!known) {
        return std::unexpected(known.error());
    }
    if (*known) {
        return (*known)->profile;
    }
    const auto access = readAccess(dataDirectory);
    if (!access) {
        return std::unexpected(access.error());
    }
    auto profile = profileOf(*access, "meshctl");
    profile.properties = properties;
    return profile;
}

std::filesystem::path CommonOptions::folderOf(const backbone::Profile& profile) const {
    return stateFolder(dataDirectory, profile.name == kEmbeddedProfile ? std::nullopt : std::optional(profile));
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
