// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/access_options.h"
#include "commands/json_output.h"
#include "commands/open_catalog.h"

#include <CLI/CLI.hpp>

#include <memory>

namespace meshbone::app {

// How the commands of `meshctl access` are put together. Within app/commands/access*.cpp.

template <class Options>
using AccessWork = Status (*)(const Options& options, catalog::Catalog& catalog, const std::string& person);
/// Work that asks the backbone too.
template <class Options>
using MeshWorkWith = Status (*)(const Options& options, const OpenMesh& mesh);

/// Where subcommands are added, and where their exit status is left.
template <class Options>
struct AccessMenu {
    CLI::App& parent;
    std::shared_ptr<Options> options;
    int& status;

    CLI::App* add(const char* name, const char* about, AccessWork<Options> work) const {
        auto* command = parent.add_subcommand(name, about);
        run(*command, work);
        return command;
    }
    CLI::App* add(const char* name, const char* about, MeshWorkWith<Options> work) const {
        auto* command = parent.add_subcommand(name, about);
        addCommonOptions(*command, *options);
        command->callback([options = options, &status = status, work] {
            status = withMesh(*options, Projection::AnyOne, [&](const OpenMesh& mesh) { return work(*options, mesh); });
        });
        return command;
    }
    /// A command that has subcommands, and does this without them.
    AccessMenu under(const char* name, const char* about, AccessWork<Options> work) const {
        auto* command = add(name, about, work);
        command->require_subcommand(0, 1);
        return {*command, options, status};
    }

private:
    void run(CLI::App& command, AccessWork<Options> work) const {
        addCommonOptions(command, *options);
        command.callback([options = options, &status = status, &command, work] {
            if (command.get_subcommands().empty()) {
                status = withCatalog(*options, Projection::AnyOne,
                                     [&](catalog::Catalog& catalog, const std::string& person) {
                                         return work(*options, catalog, person);
                                     });
            }
        });
    }
};

/// Submits, and says what was done in which entry.
Status submitAndTell(const ScopeOptions& options, catalog::Catalog& catalog, catalog::Command command,
                     const std::string& id, const char* done);

Status writeTextFile(const std::string& path, const std::string& text);
Json timeJson(TimestampMs timeMs); ///< ISO 8601, or null for none

// Each adds its commands to `meshctl access`.
void addRequests(const AccessMenu<ScopeOptions>& menu);
void addGrants(const AccessMenu<ScopeOptions>& menu);
void addMasterData(const AccessMenu<ScopeOptions>& menu);
void addAsking(const AccessMenu<ScopeOptions>& menu);
void addCampaigns(CLI::App& access, int& status);
void addAccessFiles(CLI::App& access, int& status);

} // namespace meshbone::app
