// SPDX-License-Identifier: Apache-2.0
#include "commands/command.h"
#include "commands/json_output.h"
#include "commands/open_registry.h"
#include "commands/stop_signals.h"

#include "demo/access_plan.h"
#include "demo/demo_mesh.h"
#include "demo/mesh_plan.h"
#include "session.h"

#include <backbone/access_admin.h>
#include <catalog/access_presets.h>

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <memory>

namespace meshbone::app {

namespace {

struct DemoCommandOptions : CommonOptions {
    RegistryOptions registry;
};

using Profiles = std::map<std::string, backbone::Profile>;

/// Fails where one of the clients is a user already: with another password, clients that run as it would be shut out.
Status areFree(backbone::Backbone& backbone, const Profiles& profiles, const CallOptions& call) {
    const auto users = backbone.access().users(call);
    if (!users) {
        return std::unexpected(users.error());
    }
    const auto there =
        std::ranges::find_if(*users, [&](const backbone::ScramUser& one) { return profiles.contains(one.user); });
    return there == users->end()
               ? Status{}
               : fail(ErrorCode::AlreadyExists,
                      fmt::format("'{}' is a user here already, from another demo or an earlier one, and keeps its "
                                  "password.",
                                  there->user));
}

/// Users that nothing runs as stay out of the next run's way. Best effort.
void removeUsers(backbone::Backbone& backbone, const Profiles& made, const CallOptions& call) {
    for (const auto& [client, profile] : made) {
        (void)backbone.access().removeUser(client, scramMechanismOf(profile), call);
    }
}

/// Just the rights that they need. Nothing to do without an authorizer.
Status allow(backbone::Backbone& backbone, const CallOptions& call) {
    std::vector<backbone::AclBinding> bindings;
    for (const auto& plan : demo::accessPlans()) {
        const auto more = catalog::bindingsOf(plan.scope);
        bindings.insert(bindings.end(), more.begin(), more.end());
    }
    const auto made = backbone.access().createAcls(bindings, call);
    if (!made) {
        return made.error().code == ErrorCode::Unsupported ? Status{} : std::unexpected(made.error());
    }
    const auto refused = std::ranges::find_if(*made, [](const Status& one) { return !one; });
    return refused == made->end() ? Status{} : *refused;
}

/// Users of their own for the clients, with passwords that only this run knows, and just the rights that they need;
/// all of them or none.
Result<Profiles> makeUsers(backbone::Backbone& backbone, const Profiles& profiles, const CallOptions& call) {
    auto done = areFree(backbone, profiles, call);
    Profiles made;
    for (auto next = profiles.begin(); done && next != profiles.end(); ++next) {
        auto profile = next->second;
        profile.user = next->first;
        profile.password = backbone::randomPassword();
        done = backbone.access().putUser(profile.user, profile.password, scramMechanismOf(profile), call);
        if (done) {
            made.emplace(next->first, std::move(profile));
        }
    }
    if (done) {
        done = allow(backbone, call);
    }
    if (!done) {
        removeUsers(backbone, made, call);
        return std::unexpected(done.error());
    }
    return made;
}

struct Clients {
    Profiles profiles;
    bool areUsers = false; ///< each is a user of its own
};

/// Each client as a user of its own, where this one may make users; else all as this one, each with a client id of its
/// own.
Clients clientsOf(backbone::Backbone& backbone, const CallOptions& call) {
    Profiles profiles;
    const auto& profile = backbone.profile();
    for (const auto& client : demo::clientNames()) {
        auto& own = profiles[client] = profile;
        own.clientId = client;
    }
    if (profile.user.empty() || !profile.saslMechanism.starts_with("SCRAM-")) {
        return {std::move(profiles), false};
    }
    auto users = makeUsers(backbone, profiles, call);
    if (!users) {
        fmt::print(stderr, "demo: its clients run as {}, for users of their own can't be made: {}\n", profile.user,
                   users.error().message);
        return {std::move(profiles), false};
    }
    return {std::move(*users), true};
}

/// Runs the demo's clients on any backbone.
Status runDemo(const DemoCommandOptions& options, const StopSignals& signals) {
    const auto profile = options.profile();
    if (!profile) {
        return std::unexpected(profile.error());
    }
    auto backbone = backbone::Backbone::open(*profile, options.folderOf(*profile));
    if (!backbone) {
        return std::unexpected(backbone.error());
    }
    if (const auto healthy = (*backbone)->waitHealthy(options.call()); !healthy) {
        return healthy;
    }
    const auto clients = clientsOf(**backbone, options.call());
    demo::DemoOptions demoOptions;
    demoOptions.registry = registryClient(options.registry, options);
    if (clients.areUsers && options.registry.url.empty()) {
        demoOptions.registry.user.clear(); // each as itself in the registry beside the backbone
        demoOptions.registry.password.clear();
    }
    demoOptions.profileFor = [&](const std::string& client) { return clients.profiles.at(client); };
    demoOptions.report = [](const std::string& client, const Error& error) {
        fmt::print(stderr, "demo: {}: {}\n", client, error.message);
    };
    const auto mesh = demo::DemoMesh::start(**backbone, nullptr, demoOptions, options.call());
    if (!mesh) {
        return std::unexpected(mesh.error());
    }
    printJson({{"event", "running"}, {"bootstrap", profile->bootstrap}});
    std::fflush(stdout);
    signals.wait();
    return {};
}

} // namespace

void addDemo(CLI::App& meshctl, int& status) {
    auto options = std::make_shared<DemoCommandOptions>();
    auto* command = meshctl.add_subcommand(
        "demo", "Run the clients of the demo mesh until stopped, each as a user of its own where such can be made");
    addCommonOptions(*command, *options);
    addRegistryOptions(*command, options->registry);
    command->callback([options, &status] {
        const StopSignals signals;
        const auto done = runDemo(*options, signals);
        status = done ? 0 : reportError(done.error(), options->json);
    });
}

} // namespace meshbone::app
