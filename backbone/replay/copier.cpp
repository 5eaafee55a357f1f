// SPDX-License-Identifier: Apache-2.0
#include "replay/copier.h"

#include "client/merged_scan.h"
#include "replay/target_partition.h"

#include <fmt/format.h>

namespace meshbone::backbone {

namespace {

constexpr std::chrono::milliseconds kSlice{100};
/// How long a source or target may be away before the run gives up.
constexpr std::chrono::seconds kPatience{60};
/// How long a run that ends early waits for what it has sent, so that the manifest counts it truly.
constexpr std::chrono::seconds kFlushPatience{10};

/// A delivery's token: which lane, and how many bytes.
std::uint64_t tokenOf(std::size_t lane, std::size_t bytes) {
    return static_cast<std::uint64_t>(lane) << 40 | static_cast<std::uint64_t>(bytes);
}

/// The client's own limit of a message; the topic's decides. As large as the plan's largest record needs, not larger.
std::int64_t messageLimit(const ReplayPlan& plan) {
    constexpr std::int64_t kUsual = 1'000'000;
    constexpr std::int64_t kMost = 1'000'000'000;
    constexpr std::int64_t kMarks = 64 << 10;
    std::int64_t limit = kUsual;
    for (const auto& planned : plan.partitions) {
        limit = std::max(limit, planned.largestBytes + kMarks);
    }
    return std::min(limit, kMost);
}

ScanOptions scanOptions(const ReplayPlan& plan) {
    ScanOptions options;
    options.topic = plan.request.sourceTopic;
    options.checkCrcs = true;
    for (const auto& planned : plan.partitions) {
        if (planned.records > 0) {
            options.ranges.push_back({planned.partition, planned.firstOffset, planned.lastOffset + 1});
        }
    }
    return options;
}

} // namespace

Copier::Copier(const Profile& profile, const ReplayPlan& plan, std::string run, std::int32_t targetPartitions,
               RunControl& control, RunProgress& progress, Hooks hooks)
    : m_profile(profile)
    , m_plan(plan)
    , m_run(std::move(run))
    , m_targetPartitions(targetPartitions)
    , m_control(control)
    , m_progress(progress)
    , m_hooks(std::move(hooks))
    , m_selector(plan.request)
    , m_markers(m_run, plan.request.sourceTopic)
    , m_pacer(plan.request.pace, Pacer::Clock::now())
    , m_digests(progress.lanes()) {}

Status Copier::openWriter() {
    ProducerOptions options;
    options.maxQueuedBytes = 64u << 20;
    options.linger = std::chrono::milliseconds(10);
    options.properties = {{"message.timeout.ms", fmt::to_string(kPatience.count() * 1000)},
                          {"message.max.bytes", fmt::to_string(messageLimit(m_plan))},
                          {"batch.size", "1000000"}};
    auto writer = BulkWriter::open(
        m_profile, options, m_plan.request.targetTopic,
        [&progress = m_progress](std::uint64_t token, Partition partition, Offset offset, const Error* error) {
            if (error != nullptr) {
                progress.failed(*error);
            } else {
                progress.written(token >> 40, token & ((std::uint64_t{1} << 40) - 1), partition, offset);
            }
        });
    if (!writer) {
        return std::unexpected(writer.error());
    }
    m_writer = std::move(*writer);
    return {};
}

Status Copier::run() {
    if (auto ok = openWriter(); !ok) {
        return ok;
    }
    auto copied = m_pacer.byTime() ? copyInTimeOrder() : copyInLogOrder();
    flush();
    if (const auto error = m_progress.error()) {
        return std::unexpected(*error);
    }
    if (copied && m_control.cancelled()) {
        return fail(ErrorCode::Cancelled, m_control.cancelReason());
    }
    return copied;
}

Status Copier::copyInLogOrder() {
    auto scan = Scan::open(m_profile, scanOptions(m_plan));
    if (!scan) {
        return std::unexpected(scan.error());
    }
    while (!(*scan)->done() && mayGoOn()) {
        auto read = (*scan)->next(1024, kSlice, [&](const RecordView& record) { take(record); });
        if (!read) {
            return std::unexpected(read.error());
        }
        if (auto why = (*scan)->stalled(kPatience)) {
            return std::unexpected(std::move(*why));
        }
    }
    collectGaps(**scan);
    return {};
}

Status Copier::copyInTimeOrder() {
    auto options = scanOptions(m_plan);
    options.maxQueuedBytes = 32u << 20;
    auto scan = MergedScan::open(m_profile, options);
    if (!scan) {
        return std::unexpected(scan.error());
    }
    std::vector<HeaderView> headers;
    while (mayGoOn()) {
        auto record = (*scan)->next(Deadline({kPatience, m_control.token()}));
        if (!record) {
            return std::unexpected(record.error());
        }
        if (!*record) {
            break;
        }
        take(viewOf(**record, headers));
    }
    collectGaps((*scan)->scan());
    return {};
}

void Copier::collectGaps(const Scan& scan) {
    for (const auto& gap : scan.gaps()) {
        m_progress.gap(m_progress.laneOf(gap.partition), {gap.from, gap.to, gap.reason});
    }
}

bool Copier::mayGoOn() {
    const auto now = Deadline::Clock::now();
    if (now >= m_tickAt) {
        m_tickAt = now + kSlice;
        m_hooks.tick();
    }
    if (!m_stopped && m_control.paused() && !waitWhilePaused()) {
        m_stopped = true;
    }
    m_stopped = m_stopped || m_control.cancelled() || m_progress.error().has_value();
    return !m_stopped;
}

bool Copier::waitWhilePaused() {
    const auto begun = Deadline::Clock::now();
    m_hooks.stateChanged(true);
    while (m_control.paused() && !m_control.cancelled()) {
        m_control.waitUntil(Deadline::Clock::now() + kSlice, kSlice);
        m_hooks.tick();
    }
    m_pausedFor += Deadline::Clock::now() - begun;
    m_pacer.pausedFor(Deadline::Clock::now() - begun);
    if (!m_control.cancelled()) {
        m_hooks.stateChanged(false);
    }
    return !m_control.cancelled();
}

void Copier::take(const RecordView& record) {
    if (m_stopped) {
        return; // the rest of a batch that was on its way
    }
    const auto lane = m_progress.laneOf(record.partition);
    m_progress.read(lane);
    const auto verdict = m_selector.judge(record);
    if (verdict == Selector::Verdict::Replay) {
        if (waitForTurn(record.timestampMs)) {
            send(record, lane);
        }
    } else if (verdict != Selector::Verdict::OutsideWindow) {
        m_progress.leftOut(lane, Selector::reason(verdict));
    }
}

bool Copier::waitForTurn(TimestampMs timestampMs) {
    if (m_plan.request.pace.kind == Pace::Kind::Max) {
        return true; // the loop around looks at the levers between batches
    }
    const auto pausedBefore = m_pausedFor;
    const auto due = m_pacer.due(timestampMs);
    while (mayGoOn()) {
        const auto moved = due + (m_pausedFor - pausedBefore); // a pause while it waits moves this record, too
        if (Deadline::Clock::now() >= moved) {
            return true;
        }
        m_control.waitUntil(moved, kSlice);
    }
    return false;
}

void Copier::send(const RecordView& record, std::size_t lane) {
    auto routed = record;
    routed.partition = targetPartition(record, m_targetPartitions, m_plan.request.keepPartition);
    const auto markers = m_markers.of(record);
    while (true) {
        const auto sent = m_writer->send(routed, markers, tokenOf(lane, record.sizeBytes()));
        if (sent) {
            addRecord(m_digests[lane].at(routed.partition), record, record.headers);
            return;
        }
        if (sent.error().code != ErrorCode::Exhausted) {
            m_progress.failed(sent.error());
            m_stopped = true;
            return;
        }
        m_writer->waitForReports(std::chrono::milliseconds(20));
        if (!mayGoOn()) {
            return;
        }
    }
}

void Copier::flush() {
    const auto patience =
        m_stopped ? std::chrono::milliseconds(kFlushPatience) : std::chrono::milliseconds(kPatience + kFlushPatience);
    const auto until = Deadline::Clock::now() + patience;
    while (m_writer->queued() > 0 && Deadline::Clock::now() < until) {
        m_writer->waitForReports(std::chrono::milliseconds(20));
        m_hooks.tick();
    }
    m_writer.reset(); // what is left is reported as failed
}

} // namespace meshbone::backbone
