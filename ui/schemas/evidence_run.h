// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/backbone.h>
#include <catalog/schema_evidence.h>

#include <functional>

namespace meshbone::ui {

/// Which of a topic's events a schema is tried on.
struct EvidenceWindow {
    std::string topic;
    std::size_t newest = 0;             ///< so many of the newest, at most 10,000; 0: those of a period
    TimestampMs fromMs = -1, toMs = -1; ///< the period; -1: from the first one, to the last one
    std::int64_t eventsMax = 100'000;   ///< of a period; each partition has an equal share
};

struct EvidenceFound {
    catalog::SchemaEvidenceReport report;
    bool isCut = false; ///< there are more events in the period than were looked at
};

/// Runs a candidate over events, a page at a time, so that memory stays bounded however large they are. Blocks: for a
/// job. `read` hears, on the job's thread, how many events were looked at. Fails as the browser does, and with
/// Cancelled.
Result<EvidenceFound> runEvidence(backbone::Backbone& backbone, catalog::SchemaEvidence& evidence,
                                  const EvidenceWindow& window, const CallOptions& call,
                                  const std::function<void(std::int64_t)>& read);

} // namespace meshbone::ui
