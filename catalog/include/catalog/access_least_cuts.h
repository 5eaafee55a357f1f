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

} // namespace meshbone::catalog
