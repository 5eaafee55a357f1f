// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/deadline.h"
#include "client/inner_admin.h"

#include <backbone/replay.h>

namespace meshbone::backbone {

/// What findings need to know of a plan beside what the plan says.
struct PlanFacts {
    struct Source {
        Partition partition{0};
        Offset logStart{0};
        bool cutAtStart = false; ///< the scan began at the log's first offset, and the log has lost records before it
    };
    std::vector<Source> sources;
    std::size_t largestBytes = 0;  ///< of a record to be replayed: key, value and headers
    std::int64_t withoutKey = 0;   ///< records to be replayed whose key is null
    TimestampMs topicFirstMs = -1; ///< smallest and largest timestamp that the scan saw
    TimestampMs topicLastMs = -1;
};

/// Resolves a request to frozen offsets and counts what is in them. Blocks; give it a deadline. `progress` gets
/// fractions, at most ten a second. Fails with InvalidArgument where a request makes no sense at all; what merely must
/// not be run is a finding of the plan (findings.h).
struct ResolvedPlan {
    ReplayPlan plan;
    PlanFacts facts;
};
Result<ResolvedPlan> resolvePlan(const Profile& profile, InnerAdmin& admin, const ReplayRequest& request,
                                 const Deadline& deadline, const std::function<void(double)>& progress);

} // namespace meshbone::backbone
