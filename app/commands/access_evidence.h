// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/access_look.h"
#include "commands/command.h"

#include <lineage/access_evidence.h>

#include <functional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace meshbone::app {

// What was seen, for the commands that try a change with it.

struct SeenOptions {
    int days = 90;
    std::string from, to;          ///< instead of the last days; either may be empty
    std::vector<std::string> logs; ///< of a cluster's authorizer; empty: what lineage saw
    std::string logZone = "Z";     ///< of the logs' times
};
void addSeenOptions(CLI::App& command, SeenOptions& options);

/// The options' evidence, for access as it was looked at; the survey must outlive the call.
Result<lineage::AccessEvidence> seenBy(const SeenOptions& options, const OpenMesh& mesh,
                                       const catalog::AccessSurvey& survey, const CallOptions& call);
/// What a command does with access as it is and what was seen of it.
using SeenWork = std::function<Status(const OpenMesh& mesh, const catalog::AccessSurvey& survey,
                                      const lineage::AccessEvidence& evidence)>;
/// Looks at both, from an authorizer's log where the options name one.
Status withEvidence(const CommonOptions& options, const SeenOptions& seen, const OpenMesh& mesh, const SeenWork& work);

std::string_view gradeName(catalog::EvidenceGrade grade); ///< "observed"
/// Grade, coverage and what weakens it, as two commands' JSON has them.
void addEvidenceJson(Json& json, const lineage::AccessEvidence& evidence);
void printEvidence(const lineage::AccessEvidence& evidence);

} // namespace meshbone::app
