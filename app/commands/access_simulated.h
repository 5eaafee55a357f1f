// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/access_look.h"

#include <catalog/access_simulate.h>
#include <lineage/access_evidence.h>

namespace meshbone::app {

// What a change would do, for the commands that try one. Within app/commands/access*.cpp.

/// A change, decided on what was seen and on all that may be done.
struct SimulatedChange {
    catalog::Simulation seen;
    catalog::Reach reach;
};
SimulatedChange simulated(const catalog::AccessChange& change, const catalog::AccessSurvey& survey,
                          const lineage::AccessEvidence& evidence);
Json simulatedJson(const SimulatedChange& simulated);
/// For people; at most some lines of what may be done, used or not.
void printSimulated(const SimulatedChange& simulated);
Json reachJson(const std::vector<catalog::ReachChange>& changes);
/// "User:loader: WRITE on topic flights.v1", or from where.
std::string reachText(const catalog::ReachChange& change);

} // namespace meshbone::app
