// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access/drift_look.h"
#include "access/plan_lines.h"

#include <vector>

namespace meshbone::ui {

/// What a plan changes on the backbone, each with the kind of drift that it ends.
std::vector<PlanLines::Line> clusterLines(const catalog::MendPlan& plan, const DriftLook& look);
/// What it changes in the catalog: what is adopted, ignored, revoked, asked for, and what keeps its grant.
std::vector<PlanLines::Line> catalogLines(const catalog::MendPlan& plan);
/// How many of these lines change anything.
std::size_t changesIn(const std::vector<PlanLines::Line>& cluster, const std::vector<PlanLines::Line>& catalog);
/// "+2 −5"
QString signedCounts(const catalog::AclPlan& plan);

} // namespace meshbone::ui
