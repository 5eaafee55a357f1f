// SPDX-License-Identifier: Apache-2.0
#include "mend/after.h"

namespace meshbone::catalog {

void LedgerAfter::mark(const backbone::AclBinding& binding, BindingStanding standing, const std::string& team,
                       TimestampMs untilMs) {
    said.emplace_back(MarkBinding{binding, standing, false, team, untilMs});
    findPlaces();
    const auto [place, isNew] = m_places.try_emplace(binding, records.size());
    if (isNew) {
        records.emplace_back().binding = binding;
    }
    auto& record = records[place->second];
    record.standing = standing;
    record.team = team;
    record.untilMs = untilMs;
}

const BindingRecord* LedgerAfter::recordOf(const backbone::AclBinding& binding) {
    findPlaces();
    const auto found = m_places.find(binding);
    return found == m_places.end() ? nullptr : &records[found->second];
}

void LedgerAfter::findPlaces() {
    if (m_places.empty()) {
        for (std::size_t i = 0; i < records.size(); ++i) {
            m_places.emplace(records[i].binding, i);
        }
    }
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
