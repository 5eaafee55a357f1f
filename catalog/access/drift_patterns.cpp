// SPDX-License-Identifier: Apache-2.0
#include "access/drift_parts.h"

#include <algorithm>

namespace meshbone::catalog {
namespace {

using namespace backbone;

bool isSamePattern(const AclBinding& a, const AclBinding& b) {
    return a.resourceKind == b.resourceKind && a.pattern == b.pattern && a.resource == b.resource;
}

/// Can its holder take part in the group, or fence the transactional id?
bool takesPart(const AclBinding& binding) {
    const auto wanted = binding.resourceKind == ResourceKind::Group ? Operation::Read : Operation::Write;
    return binding.permission == Permission::Allow &&
           (binding.operation == wanted || binding.operation == Operation::All);
}

bool isShared(const AclBinding& pattern) {
    const bool kind =
        pattern.resourceKind == ResourceKind::Group || pattern.resourceKind == ResourceKind::TransactionalId;
    return kind && !(pattern.pattern == PatternType::Literal && pattern.resource == kAnyResource);
}

void tell(DriftCase& drift, DriftKind kind, const AclBinding& of, std::vector<std::string> principals) {
    auto& finding =
        drift.add(kind, {of.resourceKind, of.pattern, of.resource, {}, {}, Operation::Any, Permission::Any});
    finding.principals = std::move(principals);
}

void findConflict(DriftCase& drift, std::span<const AclBinding> onPattern) {
    std::set<std::string> principals;
    for (const auto& binding : onPattern) {
        if (takesPart(binding)) {
            principals.insert(binding.principal);
        }
    }
    if (principals.empty()) {
        return;
    }
    const auto& of = onPattern.front();
    for (const auto* wider : drift.actual.table().covering(of.resourceKind, of.resource)) {
        if (wider->pattern == PatternType::Prefixed && takesPart(*wider)) {
            principals.insert(wider->principal);
        }
    }
    if (principals.size() > 1) {
        tell(drift, DriftKind::Conflict, of, {principals.begin(), principals.end()});
    }
}

void findHot(DriftCase& drift, std::span<const AclBinding> onPattern) {
    if (onPattern.size() < kHotPatternFrom) {
        return;
    }
    std::vector<std::string> principals;
    for (const auto& binding : onPattern) { // sorted by principal within a pattern
        if (principals.empty() || principals.back() != binding.principal) {
            principals.push_back(binding.principal);
        }
    }
    if (principals.size() >= kHotPatternFrom) {
        tell(drift, DriftKind::HotPattern, onPattern.front(), std::move(principals));
    }
}

} // namespace

void findPatterns(DriftCase& drift) {
    const auto& all = drift.actual.bindings();
    for (auto begin = all.begin(); begin != all.end();) {
        const auto end = std::find_if(begin, all.end(), [&](const auto& one) { return !isSamePattern(*begin, one); });
        const std::span<const AclBinding> onPattern(begin, end);
        if (isShared(*begin)) {
            findConflict(drift, onPattern);
        }
        findHot(drift, onPattern);
        begin = end;
    }
}

} // namespace meshbone::catalog
