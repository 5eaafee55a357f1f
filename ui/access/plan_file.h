// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access/drift_look.h"

#include <QByteArray>
#include <QString>

namespace meshbone::ui {

/// SHA-256, lower-case hex, of what a plan says and does: the same for the same plan, whenever it is made.
QString planHash(const catalog::MendPlan& plan);
/// The plan as JSON: what was decided about each finding, what is said to the ledger, what changes on the backbone,
/// and what it would have done to what was seen. The format is "meshbone.access-plan/1".
QByteArray planJson(const PlanEffect& effect, const DriftLook& look);

} // namespace meshbone::ui
