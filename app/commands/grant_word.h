// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/backbone_rule.h"
#include "commands/json_output.h"
#include "commands/open_catalog.h"

#include <string>
#include <vector>

namespace meshbone::app {

/// What became of an approval: who must agree besides, whether it is enforced, or what it waits for.
struct GrantWord {
    std::string state;               ///< of the request while others must agree, else of the grant
    std::vector<std::string> others; ///< who must agree besides: "one of team 'ops' (owner of product 'flights')"
    std::string waitsFor;            ///< "an authorizer", "the backbone", "an enforcer"; empty: for nothing
    std::string reason;              ///< of the waiting, a sentence
    bool isEnforceable = true;       ///< else nothing will enforce it as things are

    /// "Approved: ID, entry 12. It is enforced." or "Approved, waiting for an authorizer: ID, entry 12. …"
    void print(const std::string& id, std::int64_t entry) const;
    void addTo(Json& json) const;
};
/// Of a request that was just approved. An enforcer that runs has its word within milliseconds; blocks for up to two
/// seconds for it.
GrantWord wordOn(const OpenMesh& mesh, const std::string& request, const CallOptions& call);

} // namespace meshbone::app
