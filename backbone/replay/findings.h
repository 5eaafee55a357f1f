// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "replay/planner.h"

namespace meshbone::backbone {

/// Judges a resolved plan: what forbids it (Blocking), what may go wrong (Warning), what is worth knowing (Info). Asks
/// the cluster about the target; a question that can't be answered becomes a Warning, it does not pass for an answer.
std::vector<ReplayFinding> findingsOf(const ResolvedPlan& resolved, InnerAdmin& admin, const Deadline& deadline);

/// Findings that need no cluster: the request's own contradictions. Blocking ones here make a scan pointless.
std::vector<ReplayFinding> requestFindings(const ReplayRequest& request);

/// What findings compare a target with. A value, so that each rule can be tested by itself.
struct TargetFacts {
    bool exists = false;
    std::int32_t partitions = 0;
    std::int64_t records = 0;
    std::map<std::string, std::string> config;
    std::vector<std::string> liveGroups; ///< consumer groups with members that read it now
};
std::vector<ReplayFinding> targetFindings(const ResolvedPlan& resolved, const TargetFacts& target, TimestampMs nowMs);

} // namespace meshbone::backbone
