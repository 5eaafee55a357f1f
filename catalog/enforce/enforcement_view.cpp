// SPDX-License-Identifier: Apache-2.0
#include "enforce/enforcement_view.h"

#include <catalog/access_presets.h>
#include <catalog/catalog.h>

#include <algorithm>
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

void addGrant(const Grant& grant, TimestampMs nowMs, EnforcementView& view, std::vector<GrantInForce>& wanting) {
    if (grant.inForceAt(nowMs)) {
        auto bindings = bindingsOf(grant.scope);
        wanting.push_back({grant.id, grant.scope.principal, bindings, grant.fromMs, grant.untilMs});
        view.inForce.push_back({grant, std::move(bindings)});
    } else if (grant.applied) {
        view.ended.push_back({grant, everGiven(grant)});
    }
}

void addRecord(const BindingRecord& record, EnforcementView& view, std::vector<GrantInForce>& wanting) {
    if (record.standing == BindingStanding::Ignored) {
        return;
    }
    view.own.insert(record.binding);
    if (record.standing != BindingStanding::Created) {
        view.noted.push_back(record);
    }
    if (record.standing == BindingStanding::Adopted) {
        wanting.push_back(
            {"adopted by " + record.team, record.binding.principal, {record.binding}, -1, record.untilMs});
    }
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
    std::vector<GrantInForce> wanting;
    for (const auto& grant : catalog.grants()) {
        addGrant(grant, nowMs, view, wanting);
    }
    for (const auto& record : catalog.bindingRecords()) {
        addRecord(record, view, wanting);
    }
    view.wanted = wantedAt(wanting, nowMs);
    view.nextEndMs = nextEnd(wanting, nowMs);
    return view;
}

} // namespace meshbone::catalog
