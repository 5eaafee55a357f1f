// SPDX-License-Identifier: Apache-2.0
#include <catalog/access_least_cuts.h>

#include <catalog/access_covers.h>

#include <algorithm>

namespace meshbone::catalog {
namespace {

using backbone::AclBinding;

/// Calls visit for what is the principal's; what is for everybody is for each of them.
template <class Things, class Visit>
void forEachFor(const Things& byPrincipal, std::string_view principal, Visit visit) {
    if (principal == backbone::kAnyPrincipal) {
        for (const auto& [whose, things] : byPrincipal) {
            std::ranges::for_each(things, visit);
        }
    } else if (const auto found = byPrincipal.find(principal); found != byPrincipal.end()) {
        std::ranges::for_each(found->second, visit);
    }
}

/// A prefix that takes the place of a narrower binding, of which names were used.
bool standsFor(const LeastPrefix& prefix, const AclBinding& cut) {
    return covers(prefix.binding, cut) && std::ranges::any_of(prefix.used, [&](const std::string& name) {
               return patternIncludes(cut.pattern, cut.resource, backbone::PatternType::Literal, name);
           });
}

} // namespace

std::vector<LeastCut> cutsOf(const LeastPlan& plan, const backbone::AclTable& before,
                             std::span<const EvidenceTuple> evidence, const TopicHomes& topics, TimestampMs nowMs) {
    const backbone::AclTable after = tableAfter(before, plan.change());
    const auto uses = usesOf(plan.remove, evidence);
    std::vector<LeastCut> cuts;
    for (std::size_t i = 0; i < plan.remove.size(); ++i) {
        LeastCut cut{plan.remove[i], uses[i], {}, i < kCutsTold};
        if (cut.isTold) {
            cut.removes = reachOfCut(before, after, cut.binding, topics, nowMs).lost;
        }
        cuts.push_back(std::move(cut));
    }
    return cuts;
}

LeastInstead::LeastInstead(const LeastPlan& plan)
    : m_cuts(plan.remove.begin(), plan.remove.end()) {
    for (const auto& made : plan.create) {
        m_created[made.principal].push_back(&made);
    }
    for (const auto& prefix : plan.prefixes) {
        m_prefixes[prefix.binding.principal].push_back(&prefix);
    }
}

std::vector<const AclBinding*> LeastInstead::of(const AclBinding& cut) const {
    std::vector<const AclBinding*> made;
    const auto standing = prefixesOf(cut);
    forEachFor(m_created, cut.principal, [&](const AclBinding* one) {
        const auto isIt = [&](const LeastPrefix* prefix) { return prefix->binding == *one; };
        if (covers(cut, *one) || std::ranges::any_of(standing, isIt)) {
            made.push_back(one);
        }
    });
    return made;
}

std::vector<const LeastPrefix*> LeastInstead::prefixesOf(const AclBinding& cut) const {
    std::vector<const LeastPrefix*> standing;
    forEachFor(m_prefixes, cut.principal, [&](const LeastPrefix* prefix) {
        if (covers(cut, prefix->binding) || standsFor(*prefix, cut)) {
            standing.push_back(prefix);
        }
    });
    return standing;
}

LeastPlan withCuts(LeastPlan plan, const std::set<AclBinding>& cuts) {
    std::set<AclBinding> made;
    std::set<std::string, std::less<>> writers; // an idempotent producer's id comes with any right to write
    {
        const LeastInstead instead(plan);
        for (const auto& cut : cuts) {
            for (const auto* one : instead.of(cut)) {
                made.insert(*one);
            }
            if (cut.operation == backbone::Operation::Write) {
                writers.insert(cut.principal);
            }
        }
    }
    std::erase_if(plan.remove, [&](const AclBinding& one) { return !cuts.contains(one); });
    std::erase_if(plan.create, [&](const AclBinding& one) {
        const bool isForId = one.resourceKind == backbone::ResourceKind::Cluster &&
                             (writers.contains(one.principal) || writers.contains(backbone::kAnyPrincipal));
        return !made.contains(one) && !isForId;
    });
    return plan;
}

} // namespace meshbone::catalog
