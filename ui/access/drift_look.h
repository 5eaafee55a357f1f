// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access/period_choice.h"
#include "access/plan_lines.h"
#include "shell/job_runner.h"
#include "shell/services.h"

#include <catalog/access_mend.h>
#include <catalog/access_use.h>
#include <lineage/access_evidence.h>
#include <lineage/lineage.h>

#include <map>
#include <memory>
#include <vector>

namespace meshbone::ui {

/// What one comparison of the backbone with the ledger found. Never changes once made.
struct DriftLook {
    catalog::AccessSurvey survey;
    std::vector<catalog::DriftFinding> findings;
    std::vector<catalog::BindingUse> uses; ///< of each finding's binding
    lineage::AccessEvidence evidence;      ///< all that there is
    std::string evidenceProblem;           ///< why there is none, a sentence; empty: there is
    std::size_t ignored = 0;               ///< bindings that are there and not spoken of
    std::int64_t tookMs = 0;
};
using DriftLookPtr = std::shared_ptr<const DriftLook>;

/// Since when what is orphaned is so, as earlier looks saw it.
using OrphanedSince = std::map<backbone::AclBinding, TimestampMs>;

/// Reads and compares. Fails where the backbone's access control lists or the ledger can't be read. Blocks: for a job.
Result<DriftLookPtr> lookForDrift(const Services& services, OrphanedSince before, const JobContext& job);
/// The same look with other evidence. Copies: for a job.
DriftLookPtr withEvidence(const DriftLook& look, lineage::AccessEvidence evidence);
/// For the look after this one.
OrphanedSince orphanedSince(const DriftLook& look);

/// What was seen in a period, and the coverage of that time.
struct SeenWithin {
    std::vector<catalog::EvidenceTuple> tuples;
    catalog::EvidenceCoverage coverage;
    std::int64_t requests = 0;      ///< of them all
    std::vector<std::string> notes; ///< where the period cuts what was counted together
};
SeenWithin seenWithin(const DriftLook& look, const SeenPeriod& period);

/// What a plan would do to what was seen in a period.
struct PlanEffect {
    catalog::MendPlan plan;
    catalog::Simulation simulation;
    std::int64_t requests = 0;      ///< that were seen in that time, of all
    std::vector<std::string> notes; ///< why some of the counts aren't sure, a sentence each
    PlanShown shown;                ///< of the plan
};
/// What a change would do to what was seen in a period. Pure, but not quick: for a job.
PlanEffect tryChange(const DriftLook& look, const catalog::AccessChange& change, const SeenPeriod& period);
/// The same of a plan; fails where it can't be one.
Result<PlanEffect> tryPlan(const DriftLook& look, std::vector<catalog::Mend> mends, const SeenPeriod& period);

} // namespace meshbone::ui
