// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/json_output.h"
#include "commands/open_catalog.h"

#include <catalog/access_simulate.h>
#include <catalog/access_survey.h>

namespace meshbone::app {

// What the commands that compute with access have in common.

/// One look at the ledger and the backbone. Says in `unknown` what couldn't be read; fails where its access control
/// lists couldn't.
Result<catalog::AccessSurvey> lookAtAccess(const CommonOptions& options, const OpenMesh& mesh);

Json bindingJson(const backbone::AclBinding& binding);
Json bindingsJson(std::span<const backbone::AclBinding> bindings);
/// What couldn't be read, for people.
void printUnknown(const std::vector<std::string>& unknown);

// Each adds its commands to `meshctl access`.
void addDrift(CLI::App& access, int& status);
void addMending(CLI::App& access, int& status);
void addExplaining(CLI::App& access, int& status);
void addSimulating(CLI::App& access, int& status);
void addLeast(CLI::App& access, int& status);

} // namespace meshbone::app
