// SPDX-License-Identifier: Apache-2.0
#include "access/evidence_decision.h"
#include "access/least_parts.h"

#include <catalog/access_asking.h>

#include <algorithm>

namespace meshbone::catalog {
namespace {

using namespace backbone;

/// Why it stays whatever the traffic was; nothing: it may go.
class Keeping {
public:
    explicit Keeping(const LeastCase& least)
        : m_own(least.own) {
        for (const auto& grant : least.grants) {
            if (grant.isInForce(least.nowMs) && grant.fromMs > least.coverage.fromMs) {
                m_young.insert(grant.bindings.begin(), grant.bindings.end());
            }
        }
        for (const auto& seen : least.evidence) {
            if (seen.grade != EvidenceGrade::Observed && !seen.internal) {
                m_inferred.insert(seen.principal);
            }
        }
    }

    [[nodiscard]] std::optional<KeptFor> operator()(const AclBinding& binding) const {
        if (binding.permission != Permission::Allow) {
            return KeptFor::Deny;
        }
        if (m_young.contains(binding)) {
            return KeptFor::YoungGrant;
        }
        if (!m_own.contains(binding)) {
            return KeptFor::NotOwn;
        }
        if (isForAsking(binding)) {
            return KeptFor::Asking;
        }
        // What is meant for everybody may be what somebody uses whose requests nobody saw.
        const bool inferred =
            binding.principal == kAnyPrincipal ? !m_inferred.empty() : m_inferred.contains(binding.principal);
        return inferred ? std::optional(KeptFor::OnlyInferred) : std::nullopt;
    }

private:
    const OwnBindings& m_own;
    std::set<AclBinding> m_young;
    std::set<std::string, std::less<>> m_inferred;
};

void addLiterals(const NeedKey& key, const std::set<std::string>& names, std::set<AclBinding>& needed) {
    for (const auto& name : names) {
        needed.insert(
            {key.kind, PatternType::Literal, name, key.principal, key.host, key.operation, Permission::Allow});
    }
}

/// Who got an idempotent producer's id by a right to write that nothing was seen to use needs another one.
void addProducerIds(const LeastCase& least, std::set<AclBinding>& needed, const AclTable& after) {
    for (const auto& seen : least.evidence) {
        if (seen.internal || !seen.granted || !asksForProducerId(seen)) {
            continue;
        }
        if (decideEvidence(least.table, seen, seen.host, least.nowMs).allowed &&
            !decideEvidence(after, seen, seen.host, least.nowMs).allowed) {
            needed.insert({ResourceKind::Cluster, PatternType::Literal, std::string(kClusterName), seen.principal,
                           std::string(kAnyHost), Operation::IdempotentWrite, Permission::Allow});
        }
    }
}

} // namespace

Result<LeastPlan> leastPrivilege(const LeastCase& least) {
    if (least.coverage.observers.empty() || least.coverage.fromMs < 0) {
        return fail(ErrorCode::Unavailable,
                    "Nobody observed which rights are used, so none can be told to be too many. Read the cluster's "
                    "authorizer log, or let the embedded broker observe for a while.");
    }
    if (least.table.rules().allowIfNone) {
        return fail(
            ErrorCode::Unsupported,
            "This broker allows everybody where no access control list is, so that taking away the last one of a "
            "topic opens it. Turn allow.everyone.if.no.acl.found off first.");
    }
    LeastPlan plan;
    plan.coverage = least.coverage;
    const Keeping keeping(least);
    AclTable kept(least.table.rules());
    std::vector<const AclBinding*> mayGo;
    for (const auto& [binding, untilMs] : least.table.bindings()) {
        if (const auto why = keeping(binding)) {
            kept.add(binding, untilMs);
            plan.kept.emplace_back(binding, *why);
        } else {
            mayGo.push_back(&binding);
        }
    }
    std::set<AclBinding> needed;
    for (auto& [key, names] : needsOf(least, kept)) {
        auto left = names;
        for (auto& prefix : takePrefixes(least, key, left)) {
            needed.insert(prefix.binding);
            plan.prefixes.push_back(std::move(prefix));
        }
        addLiterals(key, left, needed);
    }
    for (const auto& binding : needed) {
        kept.add(binding);
    }
    addProducerIds(least, needed, kept);
    const auto& there = least.table.bindings();
    std::ranges::copy_if(needed, std::back_inserter(plan.create),
                         [&](const AclBinding& binding) { return !there.contains(binding); });
    for (const auto* binding : mayGo) {
        if (!needed.contains(*binding)) {
            plan.remove.push_back(*binding);
        }
    }
    return plan;
}

Reach reachOfCut(const AclTable& before, const AclTable& after, const AclBinding& cut, const TopicHomes& topics,
                 TimestampMs nowMs) {
    std::vector<std::string> names;
    std::ranges::transform(topics, std::back_inserter(names), [](const auto& one) { return one.first; });
    return reachBetween(before, after, {{cut}, {}, {}}, names, {}, nowMs);
}

} // namespace meshbone::catalog
