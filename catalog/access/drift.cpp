// SPDX-License-Identifier: Apache-2.0
#include "access/drift_parts.h"

#include <algorithm>

namespace meshbone::catalog {
namespace {

using namespace backbone;

/// Actual, wanted and own are sorted alike: one walk over the three tells them apart.
void compare(DriftCase& drift) {
    auto wanted = drift.wanted.begin();
    auto own = drift.own.begin();
    for (const auto& binding : drift.actual.bindings()) {
        for (; wanted != drift.wanted.end() && wanted->first < binding; ++wanted) {
            drift.missing.push_back(&*wanted);
        }
        if (wanted != drift.wanted.end() && wanted->first == binding) {
            ++wanted;
            continue;
        }
        while (own != drift.own.end() && *own < binding) {
            ++own;
        }
        drift.unwanted.push_back(&binding);
        drift.isOwn.push_back(own != drift.own.end() && *own == binding);
    }
    for (; wanted != drift.wanted.end(); ++wanted) {
        drift.missing.push_back(&*wanted);
    }
}

/// Access control lists don't say who made them; those say who might have.
std::vector<std::string> changersOf(const ActualAcls& actual) {
    std::set<std::string> all;
    for (const auto& binding : actual.bindings()) {
        const bool alters = binding.operation == Operation::Alter || binding.operation == Operation::All;
        if (binding.resourceKind == ResourceKind::Cluster && alters && binding.permission == Permission::Allow) {
            all.insert(binding.principal);
        }
    }
    return {all.begin(), all.end()};
}

void findFlapping(DriftCase& drift) {
    const auto& history = drift.context.history;
    for (const auto& binding : flappingOf(history)) {
        auto& finding = drift.add(DriftKind::Flapping, binding);
        finding.isOwn = drift.own.contains(binding);
        finding.returns = history.returns.at(binding);
        const auto last = history.returnedMs.find(binding);
        finding.sinceMs = last == history.returnedMs.end() ? -1 : last->second;
        if (const auto wanted = drift.wanted.find(binding); wanted != drift.wanted.end()) {
            finding.grants = wanted->second.grants;
        }
        finding.changers = changersOf(drift.actual);
    }
}

bool isIgnored(const DriftFinding& finding, const DriftContext& context) {
    if (finding.kind == DriftKind::Missing || finding.kind == DriftKind::EndedButPresent) {
        return false; // what was agreed is never ignored
    }
    const auto until = context.ignoredUntilMs.find(finding.binding);
    return until != context.ignoredUntilMs.end() && context.nowMs < until->second;
}

} // namespace

DriftFinding& DriftCase::add(DriftKind kind, const AclBinding& binding) {
    auto& finding = findings.emplace_back();
    finding.kind = kind;
    finding.binding = binding;
    return finding;
}

std::vector<DriftFinding> driftOf(const ActualAcls& actual, const Wanted& wanted, const OwnBindings& own,
                                  const DriftContext& context) {
    DriftCase drift{actual, wanted, own, context, {}, {}, {}, {}};
    compare(drift);
    findOwnership(drift);
    findStates(drift);
    findPatterns(drift);
    findFlapping(drift);
    if (!context.ignoredUntilMs.empty()) {
        std::erase_if(drift.findings, [&](const auto& finding) { return isIgnored(finding, context); });
    }
    std::ranges::sort(drift.findings, [](const auto& a, const auto& b) {
        return a.kind != b.kind ? a.kind < b.kind : a.binding < b.binding;
    });
    return std::move(drift.findings);
}

bool isMendedInBulk(DriftKind kind) {
    return kind == DriftKind::Missing || kind == DriftKind::EndedButPresent;
}

DriftHistory historyAfter(DriftHistory before, std::span<const DriftFinding> found, const AclPlan& doneSince,
                          const ActualAcls& actual, TimestampMs nowMs) {
    for (const auto& binding : doneSince.create) {
        before.returns[binding] += actual.contains(binding) ? 0 : 1;
    }
    for (const auto& binding : doneSince.remove) {
        before.returns[binding] += actual.contains(binding) ? 1 : 0;
    }
    std::erase_if(before.returns, [](const auto& one) { return one.second == 0; });
    std::map<AclBinding, TimestampMs> orphaned;
    for (const auto& finding : found) {
        if (finding.kind == DriftKind::Orphaned) {
            const auto since = before.orphanedSinceMs.find(finding.binding);
            orphaned[finding.binding] = since == before.orphanedSinceMs.end() ? nowMs : since->second;
        }
    }
    before.orphanedSinceMs = std::move(orphaned);
    return before;
}

std::set<AclBinding> flappingOf(const DriftHistory& history) {
    std::set<AclBinding> flapping;
    for (const auto& [binding, returns] : history.returns) {
        if (returns >= kFlappingFrom) {
            flapping.insert(binding);
        }
    }
    return flapping;
}

} // namespace meshbone::catalog
