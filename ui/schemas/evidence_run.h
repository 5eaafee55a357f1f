// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/job_runner.h"

#include <backbone/backbone.h>
#include <catalog/schema_evidence.h>
#include <catalog/schema_usage.h>

#include <QStringList>

#include <atomic>
#include <functional>

namespace meshbone::ui {

/// Which of a topic's events are looked at.
struct EvidenceWindow {
    std::string topic;
    std::size_t newest = 0;             ///< so many of the newest, at most 10,000; 0: those of a period
    TimestampMs fromMs = -1, toMs = -1; ///< the period; -1: from the first one, to the last one
    std::int64_t eventsMax = 100'000;   ///< of a period; each partition has an equal share
};

/// The periods that a person can choose: newest events, the last hours and days, all of them.
QStringList evidencePeriods();
/// Sets the window to what one of these stands for.
void setPeriod(EvidenceWindow& window, int period, TimestampMs nowMs);

struct EvidenceFound {
    catalog::SchemaEvidenceReport report;
    bool isCut = false; ///< there are more events in the period than were looked at
};

/// Hands on a topic's events, a page at a time, so that memory stays bounded however large they are. Blocks: for a job.
/// `read` hears, on the job's thread, how many events were handed on. Returns whether there are more than those: of the
/// topic where the newest were asked for, else of the period. Fails as the browser does, and with Cancelled.
Result<bool> readEvents(backbone::Backbone& backbone, const EvidenceWindow& window, const CallOptions& call,
                        const std::function<void(const Record&)>& take, const std::function<void(std::int64_t)>& read);

/// Looks at topics one after the other, as readEvents() does with what the window says of each. One that can't be read
/// is told in the account; fails with Cancelled only. `count` hears how many events were looked at.
Result<catalog::ScanAccount> scanTopics(backbone::Backbone& backbone, const std::vector<std::string>& topics,
                                        EvidenceWindow window, const JobContext& job,
                                        const std::function<void(const Record&)>& take,
                                        std::atomic<std::int64_t>& count);

/// Runs a candidate over events, as readEvents() hands them on.
Result<EvidenceFound> runEvidence(backbone::Backbone& backbone, catalog::SchemaEvidence& evidence,
                                  const EvidenceWindow& window, const CallOptions& call,
                                  const std::function<void(std::int64_t)>& read);

} // namespace meshbone::ui
