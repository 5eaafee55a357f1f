// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cluster_options.h"

#include <backbone/client.h>
#include <backbone/error.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>

namespace CLI {
class App;
}

namespace meshbone::app {

/// How a command finds its backbone, and how it answers; the options that all commands share.
struct CommonOptions : ClusterOptions {
    std::filesystem::path dataDirectory; ///< of the embedded backbone on this machine, and of the profiles
    bool json = false;
    int timeoutMs = 30'000;

    [[nodiscard]] Result<backbone::Profile> profile() const;
    /// Where state about that backbone is kept.
    [[nodiscard]] std::filesystem::path folderOf(const backbone::Profile& profile) const;
    [[nodiscard]] CallOptions call() const { return {std::chrono::milliseconds(timeoutMs), {}}; }
};
void addCommonOptions(CLI::App& command, CommonOptions& options);

/// Prints an error (as JSON on standard output with --json, else as a sentence on standard error) and returns the exit
/// status of its kind: 1 in general, 2 for wrong input.
int reportError(const Error& error, bool json);

/// Runs work with an Admin on the backbone that the options name and turns an error into an exit status.
int withAdmin(const CommonOptions& options, const std::function<Status(backbone::Admin&)>& work);

// Each adds its command to meshctl. The exit status is left in `status`.
void addServe(CLI::App& meshctl, int& status);
void addCertificate(CLI::App& meshctl, int& status);
void addCluster(CLI::App& meshctl, int& status);
void addTopics(CLI::App& meshctl, int& status);
void addSchema(CLI::App& meshctl, int& status);
void addProduce(CLI::App& meshctl, int& status);
void addConsume(CLI::App& meshctl, int& status);
void addGroups(CLI::App& meshctl, int& status);
void addReplay(CLI::App& meshctl, int& status);
void addLineage(CLI::App& meshctl, int& status);
void addLedger(CLI::App& meshctl, int& status);
void addContract(CLI::App& meshctl, int& status);
void addEvidence(CLI::App& meshctl, int& status);
void addAccess(CLI::App& meshctl, int& status);
void addDemo(CLI::App& meshctl, int& status);
void addUsers(CLI::App& meshctl, int& status);
void addEnforce(CLI::App& meshctl, int& status);

} // namespace meshbone::app
