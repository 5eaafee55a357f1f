// SPDX-License-Identifier: Apache-2.0
#include "support/fake_replays.h"

#include "support/fake_mesh.h"

#include <algorithm>

namespace meshbone::test {

using namespace backbone;

namespace {

bool inWindow(const ReplayRequest& request, const Record& record) {
    if (const auto* time = std::get_if<TimeWindow>(&request.window)) {
        return record.timestampMs >= time->fromMs && record.timestampMs < time->toMs;
    }
    const auto& ranges = std::get<OffsetWindow>(request.window).ranges;
    const auto range = ranges.find(record.partition);
    return range != ranges.end() && record.offset >= range->second.first && record.offset < range->second.second;
}

std::int64_t bytesOf(const Record& record) {
    return static_cast<std::int64_t>(record.key.value_or("").size() + record.value.value_or("").size());
}

void count(PlannedPartition& planned, const Record& record, bool chosen) {
    planned.scanTo = std::max(planned.scanTo, record.offset + 1);
    if (!chosen) {
        ++planned.outsideWindow;
        return;
    }
    if (planned.records++ == 0) {
        planned.firstOffset = record.offset;
        planned.firstTimestampMs = record.timestampMs;
    }
    planned.lastOffset = record.offset;
    planned.firstTimestampMs = std::min(planned.firstTimestampMs, record.timestampMs);
    planned.lastTimestampMs = std::max(planned.lastTimestampMs, record.timestampMs);
    planned.bytes += bytesOf(record);
}

std::int64_t plannedRecords(const ReplayPlan& plan) {
    std::int64_t sum = 0;
    for (const auto& partition : plan.partitions) {
        sum += partition.records;
    }
    return sum;
}

} // namespace

void FakeReplays::addRun(const RunStatus& run) {
    {
        const std::scoped_lock lock(m_mutex);
        m_runs.insert(m_runs.begin(), run);
    }
    m_onChanged.tell(run);
}

void FakeReplays::step(const std::string& run, std::int64_t records) {
    RunStatus changed;
    {
        const std::scoped_lock lock(m_mutex);
        const auto found = std::ranges::find(m_runs, run, &RunStatus::run);
        if (found == m_runs.end() || found->state != RunState::Running) {
            return;
        }
        found->written = std::min(found->planned, found->written + records);
        if (found->written == found->planned) {
            found->state = RunState::Complete;
            found->endedMs = kExampleNowMs;
        }
        changed = *found;
    }
    m_onChanged.tell(changed);
}

Result<ReplayPlan> FakeReplays::plan(const ReplayRequest& request, const CallOptions&,
                                     std::function<void(double)> progress) {
    const auto* records = m_records(request.sourceTopic);
    if (records == nullptr) {
        return fail(ErrorCode::NotFound, "There is no topic '" + request.sourceTopic + "'; choose another source.");
    }
    ReplayPlan plan;
    plan.request = request;
    std::map<Partition, PlannedPartition> partitions;
    for (const auto& record : *records) {
        auto& planned = partitions[record.partition];
        planned.partition = record.partition;
        planned.leaderEpoch = LeaderEpoch(0);
        count(planned, record, inWindow(request, record));
    }
    for (const auto& [partition, planned] : partitions) {
        plan.partitions.push_back(planned);
    }
    if (progress) {
        progress(1);
    }
    plan.scanTime = std::chrono::milliseconds(41);
    plan.hash = "sha256:9c4e" + std::to_string(plannedRecords(plan)) + "71b0";
    if (request.targetTopic == request.sourceTopic) {
        plan.findings.push_back({ReplayFinding::Severity::Blocking, "target.same",
                                 "The target is the source itself; choose another target topic."});
    } else if (plannedRecords(plan) == 0) {
        plan.findings.push_back(
            {ReplayFinding::Severity::Blocking, "window.empty", "No event lies in this window; widen it."});
    } else {
        plan.findings.push_back({ReplayFinding::Severity::Ok, "target.sandbox", "No live group reads the target."});
        plan.findings.push_back({ReplayFinding::Severity::Warning, "target.retention",
                                 "The events are older than the target keeps; set its retention.ms to -1."});
    }
    return plan;
}

Result<std::string> FakeReplays::start(const ReplayPlan& plan) {
    RunStatus run;
    {
        const std::scoped_lock lock(m_mutex);
        run.run = "r" + std::to_string(m_next++);
    }
    run.request = plan.request;
    run.planned = plannedRecords(plan);
    run.startedMs = kExampleNowMs;
    addRun(run);
    return run.run;
}

std::vector<RunStatus> FakeReplays::runs() const {
    const std::scoped_lock lock(m_mutex);
    return m_runs;
}

Status FakeReplays::change(const std::string& run, RunState from, RunState to) {
    RunStatus changed;
    {
        const std::scoped_lock lock(m_mutex);
        const auto found = std::ranges::find(m_runs, run, &RunStatus::run);
        if (found == m_runs.end()) {
            return fail(ErrorCode::NotFound, "There is no run '" + run + "'.");
        }
        if (found->state != from) {
            return fail(ErrorCode::Conflict, "The run is in another state by now.");
        }
        found->state = to;
        changed = *found;
    }
    m_onChanged.tell(changed);
    return {};
}

Status FakeReplays::pause(const std::string& run) {
    return change(run, RunState::Running, RunState::Paused);
}
Status FakeReplays::resume(const std::string& run) {
    return change(run, RunState::Paused, RunState::Running);
}
Status FakeReplays::cancel(const std::string& run) {
    const auto running = change(run, RunState::Running, RunState::Cancelled);
    return running ? running : change(run, RunState::Paused, RunState::Cancelled);
}

Result<Manifest> FakeReplays::manifest(const std::string& run) const {
    const std::scoped_lock lock(m_mutex);
    const auto found = std::ranges::find(m_runs, run, &RunStatus::run);
    if (found == m_runs.end()) {
        return fail(ErrorCode::NotFound, "There is no run '" + run + "'.");
    }
    Manifest manifest;
    manifest.run = run;
    manifest.request = found->request;
    manifest.state = found->state;
    manifest.reason = found->reason;
    manifest.planned = found->planned;
    manifest.startedMs = found->startedMs;
    manifest.endedMs = found->endedMs;
    manifest.complete = found->state == RunState::Complete;
    manifest.partitions.push_back(
        {Partition(0), Offset(0), Offset(found->planned), found->planned, found->written, 0, {}, {}, {}, "aa", "aa"});
    manifest.sha256 = "0f3a";
    return manifest;
}

Subscription FakeReplays::onChanged(std::function<void(const RunStatus&)> changed) {
    return m_onChanged.subscribe(std::move(changed));
}

} // namespace meshbone::test
