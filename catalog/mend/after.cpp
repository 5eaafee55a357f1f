// SPDX-License-Identifier: Apache-2.0
#include "mend/after.h"

#include <algorithm>

namespace meshbone::catalog {

void LedgerAfter::mark(const backbone::AclBinding& binding, BindingStanding standing, const std::string& team,
                       TimestampMs untilMs) {
    said.emplace_back(MarkBinding{binding, standing, false, team, untilMs});
    auto record = std::ranges::find(records, binding, &BindingRecord::binding);
    if (record == records.end()) {
        record = records.insert(records.end(), BindingRecord{});
        record->binding = binding;
    }
    record->standing = standing;
    record->team = team;
    record->untilMs = untilMs;
}

MendPlan LedgerAfter::plan(const AccessSurvey& survey) && {
    const auto agreed = agreedAt(grants, records, survey.context.nowMs);
    MendPlan plan;
    plan.commands = std::move(said);
    plan.cluster = planOf(agreed.wanted, *survey.actual, agreed.own, leftAlone);
    plan.allowed = checkPlan(plan.cluster, *survey.actual, survey.guard);
    return plan;
}

} // namespace meshbone::catalog
