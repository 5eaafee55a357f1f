// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/access_least.h>
#include <catalog/access_use.h>

namespace meshbone::catalog {

/// One cut of a plan of least privilege, as it is reviewed.
struct LeastCut {
    backbone::AclBinding binding;
    BindingUse use;                   ///< what speaks for it
    std::vector<ReachChange> removes; ///< what nothing that stays allows
    bool isTold = true;               ///< false: there are too many cuts to tell what each removes
};
/// In the plan's order; what each removes is computed of the first kCutsTold. Pure, but not quick.
std::vector<LeastCut> cutsOf(const LeastPlan& plan, const backbone::AclTable& before,
                             std::span<const EvidenceTuple> evidence, const TopicHomes& topics, TimestampMs nowMs);
inline constexpr std::size_t kCutsTold = 500;

/// What a plan makes of what its cuts are used for, found quickly. The plan must outlive it and stay as it is.
class LeastInstead {
public:
    explicit LeastInstead(const LeastPlan& plan);
    [[nodiscard]] bool isCut(const backbone::AclBinding& binding) const { return m_cuts.contains(binding); }
    /// Names and prefixes that the cut binding includes, and prefixes that come to stand for names of it that were
    /// used; all of them new.
    [[nodiscard]] std::vector<const backbone::AclBinding*> of(const backbone::AclBinding& cut) const;
    /// Prefixes that stand for names of the cut, new or not.
    [[nodiscard]] std::vector<const LeastPrefix*> prefixesOf(const backbone::AclBinding& cut) const;

private:
    std::set<backbone::AclBinding> m_cuts;
    std::map<std::string, std::vector<const backbone::AclBinding*>, std::less<>> m_created; ///< by principal
    std::map<std::string, std::vector<const LeastPrefix*>, std::less<>> m_prefixes;         ///< by principal
};

/// The plan with some of its cuts only, and with what it makes for these. Nobody who was seen is stopped by a part of
/// a plan either.
LeastPlan withCuts(LeastPlan plan, const std::set<backbone::AclBinding>& cuts);

} // namespace meshbone::catalog
