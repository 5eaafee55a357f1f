// SPDX-License-Identifier: Apache-2.0
#include "enforce/enforcement_view.h"

#include <catalog/access_presets.h>

#include <algorithm>
#include <iterator>
#include <set>

namespace meshbone::catalog {
namespace {

/// A grant's scope may have been amended: what it was given under an earlier one is to go too.
std::vector<backbone::AclBinding> everGiven(const Grant& grant) {
    const auto now = bindingsOf(grant.scope);
    std::set<backbone::AclBinding> all(now.begin(), now.end());
    for (const auto& result : grant.results) {
        all.insert(result.binding);
    }
    return {all.begin(), all.end()};
}

void addGrant(const Grant& grant, TimestampMs nowMs, EnforcementView& view) {
    if (grant.inForceAt(nowMs)) {
        view.inForce.push_back({grant, bindingsOf(grant.scope)});
    } else if (grant.applied) {
        view.ended.push_back({grant, everGiven(grant)});
    }
}

bool isNoted(const BindingRecord& record) {
    return record.standing == BindingStanding::Adopted || record.standing == BindingStanding::Retired;
}

TimestampMs nextEnd(const std::vector<GrantInForce>& wanting, TimestampMs nowMs) {
    TimestampMs next = kNoEnd;
    for (const auto& one : wanting) {
        if (one.untilMs > nowMs && (next == kNoEnd || one.untilMs < next)) {
            next = one.untilMs;
        }
    }
    return next;
}

} // namespace

EnforcementView viewOf(const Catalog& catalog, TimestampMs nowMs) {
    EnforcementView view;
    view.ledgerOffset = catalog.status().appliedEntries - 1;
    const auto grants = catalog.grants();
    const auto records = catalog.bindingRecords();
    for (const auto& grant : grants) {
        addGrant(grant, nowMs, view);
    }
    std::ranges::copy_if(records, std::back_inserter(view.noted), isNoted);
    view.returns = catalog.bindingReturns();
    view.agreed = agreedAt(grants, records, nowMs);
    view.nextEndMs = nextEnd(view.agreed.grants, nowMs);
    return view;
}

} // namespace meshbone::catalog
