// SPDX-License-Identifier: Apache-2.0
#include "access/drift_parts.h"

#include <catalog/access_covers.h>

#include <algorithm>

namespace meshbone::catalog {
namespace {

using namespace backbone;

bool isPrincipalGone(const AclBinding& binding, const DriftContext& context) {
    return context.principals && binding.principal != kAnyPrincipal && !context.principals->contains(binding.principal);
}

/// A grant may be for a topic to come, so what somebody wants has lost its topic only if there was one.
bool isTopicGone(const AclBinding& binding, bool isWanted, const DriftContext& context) {
    return context.topics && binding.resourceKind == ResourceKind::Topic && binding.pattern == PatternType::Literal &&
           binding.resource != kAnyResource && !context.topics->contains(binding.resource) &&
           (!isWanted || context.deletedTopics.contains(binding.resource));
}

/// The first of the bindings that name the principal or everybody, on patterns that cover the binding's, which `fits`.
template <class Fits>
const AclBinding* findWider(const AclTable& table, const AclBinding& binding, Fits fits) {
    for (const std::string_view principal : {std::string_view(binding.principal), kAnyPrincipal}) {
        for (const auto* other : table.covering(binding.resourceKind, binding.resource, principal)) {
            if (*other != binding && fits(*other)) {
                return other;
            }
        }
        if (binding.principal == kAnyPrincipal) {
            break;
        }
    }
    return nullptr;
}

/// Is whatever the ALLOW is for denied? What it implies besides (DESCRIBE) may still be allowed.
bool takesAll(const AclBinding& deny, const AclBinding& allow) {
    auto asDeny = allow;
    asDeny.permission = Permission::Deny;
    return deny.permission == Permission::Deny && covers(deny, asDeny);
}

void findShadowed(DriftCase& drift, const AclTable& denies, const AclBinding& binding) {
    const auto* by = binding.permission == Permission::Allow && denies.size() > 0
                         ? findWider(denies, binding, [&](const auto& other) { return takesAll(other, binding); })
                         : nullptr;
    if (by == nullptr && whyNeverMatches(binding).empty()) {
        return;
    }
    auto& finding = drift.add(DriftKind::Shadowed, binding);
    finding.isOwn = drift.own.contains(binding);
    if (by != nullptr) {
        finding.other = *by;
        finding.isOtherOwn = drift.own.contains(*by);
    }
}

void findRedundant(DriftCase& drift, const AclBinding& binding) {
    const auto* by =
        findWider(drift.actual.table(), binding, [&](const auto& other) { return covers(other, binding); });
    if (by == nullptr) {
        return;
    }
    auto& finding = drift.add(DriftKind::Redundant, binding);
    finding.isOwn = drift.own.contains(binding);
    finding.other = *by;
    finding.isOtherOwn = drift.own.contains(*by);
}

void findOrphaned(DriftCase& drift, const AclBinding& binding, bool isWanted) {
    if (!isPrincipalGone(binding, drift.context) && !isTopicGone(binding, isWanted, drift.context)) {
        return;
    }
    auto& finding = drift.add(DriftKind::Orphaned, binding);
    finding.isOwn = drift.own.contains(binding);
    const auto& since = drift.context.history.orphanedSinceMs;
    const auto at = since.find(binding);
    finding.sinceMs = at == since.end() ? drift.context.nowMs : at->second;
}

} // namespace

void findStates(DriftCase& drift) {
    AclTable denies;
    for (const auto& binding : drift.actual.bindings()) {
        if (binding.permission == Permission::Deny) {
            denies.add(binding);
        }
    }
    std::size_t next = 0; // of unwanted, which is sorted alike
    for (const auto& binding : drift.actual.bindings()) {
        const bool isUnwanted = next < drift.unwanted.size() && drift.unwanted[next] == &binding;
        next += isUnwanted ? 1 : 0;
        findOrphaned(drift, binding, !isUnwanted);
        findShadowed(drift, denies, binding);
        if (isUnwanted) {
            findRedundant(drift, binding);
        }
    }
}

} // namespace meshbone::catalog
