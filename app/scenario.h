// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session.h"

#include <filesystem>
#include <string>
#include <vector>

namespace meshbone::app {

/// What one step of the scenario did, in a sentence; `ok` is false when it failed, and the sentence says why.
struct ScenarioStep {
    std::string who;
    std::string sentence;
    bool ok = true;
};

/// Whether lineage has seen the demo's clients at work: all of them on the embedded backbone, those who read in a
/// consumer group on a cluster, which doesn't tell who writes.
bool isLineageSeen(Session& session);

/// Does without a window what the three people do with it on the demo mesh: the steward follows lineage, the admin
/// creates and configures a topic and browses messages, the on-call engineer replays ten minutes of earthquakes and
/// proves it. Writes manifest.json into `folder`. Blocks for up to about two minutes; the demo must have been started.
std::vector<ScenarioStep> runScenario(Session& session, const std::filesystem::path& folder);

/// Writes summary.md into `folder`, with the pictures that are there. Fails when it can't be written.
Status writeSummary(const std::vector<ScenarioStep>& steps, const std::filesystem::path& folder);

} // namespace meshbone::app
