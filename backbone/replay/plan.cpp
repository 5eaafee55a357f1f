// SPDX-License-Identifier: Apache-2.0
#include <backbone/replay.h>

#include <algorithm>

namespace meshbone::backbone {

std::int64_t ReplayPlan::records() const {
    std::int64_t sum = 0;
    for (const auto& planned : partitions) {
        sum += planned.records;
    }
    return sum;
}

std::int64_t ReplayPlan::bytes() const {
    std::int64_t sum = 0;
    for (const auto& planned : partitions) {
        sum += planned.bytes;
    }
    return sum;
}

bool ReplayPlan::blocked() const {
    return std::ranges::any_of(
        findings, [](const ReplayFinding& finding) { return finding.severity == ReplayFinding::Severity::Blocking; });
}

std::string_view runStateName(RunState state) {
    switch (state) {
    case RunState::Running:
        return "running";
    case RunState::Paused:
        return "paused";
    case RunState::Complete:
        return "complete";
    case RunState::Cancelled:
        return "cancelled";
    case RunState::Failed:
        return "failed";
    case RunState::Crashed:
        return "crashed";
    }
    return "failed";
}

} // namespace meshbone::backbone
