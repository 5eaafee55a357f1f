// SPDX-License-Identifier: Apache-2.0
// meshctl access simulate: what a change would do to what was seen.
#include "commands/access_change.h"
#include "commands/access_evidence.h"
#include "commands/access_simulated.h"

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include <algorithm>
#include <memory>

namespace meshbone::app {

using namespace catalog;

namespace {

struct SimulateOptions : CommonOptions {
    SeenOptions seen;
    ChangeOptions change;
};

Status simulateChange(const SimulateOptions& options, const AccessSurvey& survey,
                      const lineage::AccessEvidence& evidence) {
    const auto change = changeOf(options.change, survey);
    if (!change) {
        return std::unexpected(change.error());
    }
    const SimulatedChange result = simulated(*change, survey, evidence);
    if (!options.json) {
        printSimulated(result);
        printEvidence(evidence);
        printUnknown(survey.unknown);
        return {};
    }
    Json json = simulatedJson(result);
    addEvidenceJson(json, evidence);
    json["unknown"] = survey.unknown;
    printJson(json);
    return {};
}

} // namespace

void addSimulating(CLI::App& access, int& status) {
    const auto options = std::make_shared<SimulateOptions>();
    auto* command =
        access.add_subcommand("simulate", "What a change would take from whom, by what was seen; changes nothing");
    addCommonOptions(*command, *options);
    addSeenOptions(*command, options->seen);
    addChangeOptions(*command, options->change);
    command->callback([options, &status] {
        status = withMesh(*options, Projection::AnyOne, [&](const OpenMesh& mesh) {
            return withEvidence(
                *options, options->seen, mesh,
                [&](const OpenMesh&, const AccessSurvey& survey, const lineage::AccessEvidence& evidence) {
                    return simulateChange(*options, survey, evidence);
                });
        });
    });
}

} // namespace meshbone::app
