// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access/drift_look.h"
#include "access/plan_lines.h"

#include <vector>

namespace meshbone::ui {

/// A plan as lines. On the backbone: each with the kind of drift that it ends. In the catalog: what is adopted,
/// ignored, revoked, asked for, and what keeps its grant. Walks over all that was found: for a job.
PlanShown planShown(const catalog::MendPlan& plan, const DriftLook& look);
/// "+2 −5"
QString signedCounts(const catalog::AclPlan& plan);

} // namespace meshbone::ui
