// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schemas/evidence_run.h"
#include "schemas/topic_names.h"
#include "shell/job_runner.h"

#include <catalog/schema_usage.h>

#include <atomic>
#include <memory>
#include <set>
#include <tuple>

namespace meshbone::catalog {
class Catalog;
}

namespace meshbone::ui {

using SeenEventsPtr = std::shared_ptr<const catalog::SeenEvents>;

/// Which versions nobody was seen using, from all that is known.
struct UsageQuestion {
    catalog::SchemaBookPtr book;
    TopicNames topics;
    catalog::SchemaRegistry* registry = nullptr;
    catalog::Catalog* catalog = nullptr; ///< null: no contracts are known
    backbone::Backbone* backbone = nullptr;
    SeenEventsPtr seen;                   ///< what an earlier look has found; null: none was taken
    std::optional<EvidenceWindow> window; ///< nothing: no events are looked at
    std::vector<std::string> lookedAt;    ///< these topics' then; none: of all that matter
};
struct UsageAnswer {
    std::vector<catalog::VersionUsage> unused;
    /// Subject, version and id of those of them whose events were all looked at: what wasn't isn't called unused.
    std::set<std::tuple<std::string, int, int>> surelyUnused;
    SeenEventsPtr seen;
    bool isAskedTold = false, areContractsRead = false;
    TimestampMs askedSinceMs = -1;
    [[nodiscard]] catalog::UsageCoverage coverage() const {
        return {seen.get(), isAskedTold, askedSinceMs, areContractsRead};
    }
};
using UsageAnswerPtr = std::shared_ptr<const UsageAnswer>;

/// For a job; `count` hears how many events were looked at. A topic that can't be read is told in the answer; fails
/// with Cancelled only.
Result<UsageAnswerPtr> usageOf(const UsageQuestion& question, const JobContext& job, std::atomic<std::int64_t>& count);

} // namespace meshbone::ui
