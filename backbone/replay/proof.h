// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/deadline.h"
#include "replay/run_progress.h"

#include <functional>

namespace meshbone::backbone {

/// Reads the target back and compares it with what was sent: for each pair of source and target partition the same
/// number of records, in the same order, with the same bytes. Success means that the run may be called complete; the
/// digests of both sides are in `progress` either way.
Status proveRun(const Profile& profile, const ReplayPlan& plan, const std::string& run,
                std::vector<PairDigests>& source, RunProgress& progress, const std::stop_token& stop,
                const std::function<void()>& tick);

} // namespace meshbone::backbone
