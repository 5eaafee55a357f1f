// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/access_least_file.h>
#include <catalog/access_mend.h>

#include <span>

namespace meshbone::catalog {

/// Least privilege as a plan like any other: what is said to the ledger, and what the enforcer does then. As of the
/// file (access_least_file.h), a grant that nobody uses is revoked; beside one that is too wide a narrower one is asked
/// for, and the wide one goes with the plan after that is in force. What was adopted and isn't used is retired.
struct LeastMends {
    MendPlan plan;                               ///< its `mends` are empty: it comes from no finding of drift
    std::size_t ends = 0, asks = 0, retires = 0; ///< grants that go, that are asked for; adopted bindings that go
    std::vector<std::string> notes; ///< what isn't in the plan though it was chosen, and what comes after it
};
/// `chosen`: of leastPrivilege() on this survey, perhaps by withCuts(). `requests`: all there are. Fails as the
/// survey's `actual` did. Pure.
Result<LeastMends> leastMendsOf(const AccessSurvey& survey, std::span<const AccessRequest> requests, LeastPlan chosen);

} // namespace meshbone::catalog
