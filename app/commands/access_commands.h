// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/access_options.h"
#include "commands/open_catalog.h"

#include <catalog/catalog.h>

namespace meshbone::app {

// What `meshctl access` prints. Each prints JSON or a table.

/// Those that wait for the person, or all.
Status listRequests(const ScopeOptions& options, catalog::Catalog& catalog, const std::string& person);
/// Those in force, or all; where the backbone rules nothing, none of them is enforced, whatever was reported before.
Status listGrants(const ScopeOptions& options, const OpenMesh& mesh);
Status listPrincipals(const ScopeOptions& options, catalog::Catalog& catalog, const std::string& person);
Status listPolicies(const ScopeOptions& options, catalog::Catalog& catalog, const std::string& person);

} // namespace meshbone::app
