// SPDX-License-Identifier: Apache-2.0
#include "ascode/least_scope.h"

#include <algorithm>
#include <set>

namespace meshbone::catalog {
namespace {

using namespace backbone;

/// A grant's scope as the plan would have it.
class Narrowing {
public:
    Narrowing(const AccessScope& scope, const LeastInstead& instead)
        : m_scope(scope)
        , m_instead(instead) {}

    [[nodiscard]] AccessScope scope() const {
        AccessScope next = m_scope;
        next.reads = topics(m_scope.reads, Operation::Read);
        next.writes = topics(m_scope.writes, Operation::Write);
        next.group = one(m_scope.group, ResourceKind::Group, Operation::Read);
        next.transactionalId = one(m_scope.transactionalId, ResourceKind::TransactionalId, Operation::Write);
        return next;
    }

private:
    [[nodiscard]] std::vector<NamePattern> replaced(const NamePattern& pattern, ResourceKind kind,
                                                    Operation operation) const {
        const AclBinding wide{kind,         pattern.pattern, pattern.name,     m_scope.principal,
                              m_scope.host, operation,       Permission::Allow};
        if (!m_instead.isCut(wide)) {
            return {pattern};
        }
        std::vector<NamePattern> narrow;
        for (const AclBinding* made : m_instead.of(wide)) {
            if (made->host == m_scope.host && made->operation == operation) {
                narrow.push_back({made->resource, made->pattern});
            }
        }
        return narrow;
    }
    [[nodiscard]] std::vector<NamePattern> topics(const std::vector<NamePattern>& patterns, Operation operation) const {
        std::vector<NamePattern> all;
        for (const NamePattern& pattern : patterns) {
            for (NamePattern& one : replaced(pattern, ResourceKind::Topic, operation)) {
                if (std::ranges::find(all, one) == all.end()) {
                    all.push_back(std::move(one));
                }
            }
        }
        return all;
    }
    [[nodiscard]] NamePattern one(const NamePattern& pattern, ResourceKind kind, Operation operation) const {
        const auto narrow = pattern.name.empty() ? std::vector<NamePattern>{} : replaced(pattern, kind, operation);
        return narrow.size() == 1 ? narrow.front() : NamePattern{};
    }

    const AccessScope& m_scope;
    const LeastInstead& m_instead;
};

} // namespace

AccessScope narrowed(const AccessScope& scope, const LeastInstead& instead) {
    return Narrowing(scope, instead).scope();
}

std::vector<AclBinding> neededOf(const std::vector<AclBinding>& given, const LeastInstead& instead) {
    std::vector<AclBinding> needed;
    for (const AclBinding& binding : given) {
        if (!instead.isCut(binding)) {
            needed.push_back(binding);
            continue;
        }
        for (const AclBinding* made : instead.of(binding)) {
            needed.push_back(*made);
        }
    }
    return needed;
}

std::vector<std::string> keepProducers(LeastPlan& plan) {
    std::set<std::string, std::less<>> whose;
    for (const AclBinding& made : plan.create) {
        if (made.resourceKind == ResourceKind::Cluster) {
            whose.insert(made.principal);
        }
    }
    std::erase_if(plan.remove, [&](const AclBinding& cut) {
        return cut.operation == Operation::Write &&
               (whose.contains(cut.principal) || (!whose.empty() && cut.principal == kAnyPrincipal));
    });
    return {whose.begin(), whose.end()};
}

} // namespace meshbone::catalog
