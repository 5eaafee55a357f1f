// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/access_least_cuts.h>

namespace meshbone::catalog {

/// A grant's scope as the plan would have it; perhaps no scope that a role gives.
AccessScope narrowed(const AccessScope& scope, const LeastInstead& instead);
/// What the plan leaves or makes of a grant's bindings.
std::vector<backbone::AclBinding> neededOf(const std::vector<backbone::AclBinding>& given, const LeastInstead& instead);
/// Takes out cuts by which a producer would lose the right to an id, which no role gives alone; returns whose.
std::vector<std::string> keepProducers(LeastPlan& plan);

} // namespace meshbone::catalog
