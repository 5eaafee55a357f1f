// SPDX-License-Identifier: Apache-2.0
#include <catalog/access_plan.h>

#include <algorithm>

namespace meshbone::catalog {

bool GrantInForce::isInForce(TimestampMs nowMs) const {
    return (fromMs < 0 || fromMs <= nowMs) && (untilMs < 0 || nowMs < untilMs);
}

Wanted wantedAt(std::span<const GrantInForce> grants, TimestampMs nowMs) {
    Wanted wanted;
    for (const auto& grant : grants) {
        if (!grant.isInForce(nowMs)) {
            continue;
        }
        for (const auto& binding : grant.bindings) {
            const auto [at, isNew] = wanted.try_emplace(binding);
            auto& by = at->second;
            by.untilMs = isNew ? grant.untilMs
                               : (by.untilMs < 0 || grant.untilMs < 0 ? -1 : std::max(by.untilMs, grant.untilMs));
            by.grants.push_back(grant.id);
        }
    }
    for (auto& [binding, by] : wanted) {
        std::ranges::sort(by.grants);
        const auto twice = std::ranges::unique(by.grants); // a grant may name a binding twice
        by.grants.erase(twice.begin(), twice.end());
    }
    return wanted;
}

} // namespace meshbone::catalog
