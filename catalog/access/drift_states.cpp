// SPDX-License-Identifier: Apache-2.0
#include "access/drift_parts.h"

#include <catalog/access_covers.h>

#include <algorithm>
#include <unordered_set>

namespace meshbone::catalog {
namespace {

using namespace backbone;

/// What exists, asked for each binding in their order: kind, pattern, resource.
class Existing {
public:
    explicit Existing(const DriftContext& context)
        : m_context(context) {
        if (context.principals) {
            m_principals.insert(context.principals->begin(), context.principals->end());
        }
        if (context.topics) {
            m_nextTopic = context.topics->begin();
        }
    }

    /// A grant may be for a topic or a principal to come, so what somebody wants has lost it only if there was one.
    [[nodiscard]] bool lacksPrincipal(const AclBinding& binding, bool isWanted) const {
        return m_context.principals && binding.principal != kAnyPrincipal &&
               !m_principals.contains(binding.principal) &&
               (!isWanted || m_context.removedPrincipals.contains(binding.principal));
    }
    [[nodiscard]] bool lacksTopic(const AclBinding& binding, bool isWanted) {
        if (!m_context.topics || binding.resourceKind != ResourceKind::Topic ||
            binding.pattern != PatternType::Literal || binding.resource == kAnyResource) {
            return false;
        }
        while (m_nextTopic != m_context.topics->end() && *m_nextTopic < binding.resource) {
            ++m_nextTopic;
        }
        const bool exists = m_nextTopic != m_context.topics->end() && *m_nextTopic == binding.resource;
        return !exists && (!isWanted || m_context.deletedTopics.contains(binding.resource));
    }

private:
    const DriftContext& m_context;
    std::unordered_set<std::string_view> m_principals;
    std::set<std::string, std::less<>>::const_iterator m_nextTopic; ///< topics are sorted as the bindings are
};

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

void findOrphaned(DriftCase& drift, Existing& existing, const AclBinding& binding, bool isWanted) {
    if (!existing.lacksPrincipal(binding, isWanted) && !existing.lacksTopic(binding, isWanted)) {
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
    Existing existing(drift.context);
    std::size_t next = 0; // of unwanted, which is sorted alike
    for (const auto& binding : drift.actual.bindings()) {
        const bool isUnwanted = next < drift.unwanted.size() && drift.unwanted[next] == &binding;
        next += isUnwanted ? 1 : 0;
        findOrphaned(drift, existing, binding, !isUnwanted);
        findShadowed(drift, denies, binding);
        if (isUnwanted) {
            findRedundant(drift, binding);
        }
    }
}

} // namespace meshbone::catalog
