// SPDX-License-Identifier: Apache-2.0
#include <catalog/access_least_cuts.h>

namespace meshbone::catalog {

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

} // namespace meshbone::catalog
