// SPDX-License-Identifier: Apache-2.0
#include "commands/command.h"
#include "commands/json_output.h"
#include "commands/open_registry.h"
#include "commands/stop_signals.h"

#include "demo/demo_mesh.h"
#include "session.h"

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include <memory>

namespace meshbone::app {

namespace {

struct DemoCommandOptions : CommonOptions {
    RegistryOptions registry;
};

/// Runs the demo's clients on any backbone, all with the credential that the options name, each with its own client id.
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
    demo::DemoOptions demoOptions;
    demoOptions.registry = registryClient(options.registry, options);
    demoOptions.profileFor = [&](const std::string& client) {
        auto own = *profile;
        own.clientId = client;
        return own;
    };
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
    auto* command = meshctl.add_subcommand("demo", "Run the clients of the demo mesh until stopped");
    addCommonOptions(*command, *options);
    addRegistryOptions(*command, options->registry);
    command->callback([options, &status] {
        const StopSignals signals;
        const auto done = runDemo(*options, signals);
        status = done ? 0 : reportError(done.error(), options->json);
    });
}

} // namespace meshbone::app
