// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/catalog.h>

#include <string>
#include <vector>

namespace meshbone::app::demo {

/// The person who asks for the demo's clients; who sits here decides, since nobody approves their own request.
inline constexpr auto kAsker = "mira";
inline constexpr auto kAskerName = "Mira Vale";

/// One request of the demo: just the rights that a client needs.
struct AccessPlan {
    std::string id; ///< of the request, and of the grant that comes of it
    catalog::AccessScope scope;
    std::string purpose;
    int days = 0; ///< until its end; 0: none
    /// False: the client has its ACLs from somebody else, and the request waits: what nobody granted is to be seen.
    bool granted = true;
};

/// What the catalog is told of access before anybody asks.
struct AccessGround {
    std::vector<catalog::PutTeam> teams; ///< of people who only read; the asker is in them
    std::vector<catalog::PutPrincipal> principals;
    std::vector<catalog::PutPolicy> policies;
    std::vector<catalog::Classify> classified;
};

std::vector<AccessPlan> accessPlans();
AccessGround accessGround();

} // namespace meshbone::app::demo
