// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/access_mend.h>

#include <map>

namespace meshbone::catalog {

/// The values of the ledger as they would be once something was said; begins as the survey's. Value type.
struct LedgerAfter {
    explicit LedgerAfter(const AccessSurvey& survey)
        : grants(survey.grants)
        , records(survey.records)
        , leftAlone(flappingOf(survey.context.history)) {}

    std::vector<Grant> grants;
    std::vector<BindingRecord> records;
    std::set<backbone::AclBinding> leftAlone;
    std::vector<Command> said;

    /// Null: nobody spoke of it.
    [[nodiscard]] const BindingRecord* recordOf(const backbone::AclBinding& binding);
    void mark(const backbone::AclBinding& binding, BindingStanding standing, const std::string& team,
              TimestampMs untilMs);
    /// What the enforcer does then, and whether that may be. The survey is the one it began as, with `actual`.
    [[nodiscard]] MendPlan plan(const AccessSurvey& survey) &&;

private:
    void findPlaces();

    std::map<backbone::AclBinding, std::size_t> m_places; ///< of records, once one is looked for
};

} // namespace meshbone::catalog
