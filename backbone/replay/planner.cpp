// SPDX-License-Identifier: Apache-2.0
#include "replay/planner.h"

#include "client/readable_ranges.h"
#include "client/scan.h"
#include "replay/selector.h"

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::backbone {

namespace {

Status checkRequest(const ReplayRequest& request) {
    if (request.sourceTopic.empty()) {
        return fail(ErrorCode::InvalidArgument, "Choose a topic to replay from.");
    }
    const bool paced = request.pace.kind == Pace::Kind::Factor || request.pace.kind == Pace::Kind::RecordsPerSecond;
    if (paced && !(request.pace.value > 0 && request.pace.value <= 1e9)) {
        return fail(ErrorCode::InvalidArgument, "The pace must be larger than 0.");
    }
    if (const auto* offsets = std::get_if<OffsetWindow>(&request.window)) {
        for (const auto& [partition, range] : offsets->ranges) {
            if (range.first < Offset(0) || range.second < range.first) {
                return fail(ErrorCode::InvalidArgument,
                            fmt::format("The offsets {} to {} of partition {} are no range.", range.first.value(),
                                        range.second.value(), partition.value()));
            }
        }
    }
    return {};
}

/// The partitions that a request touches: those it names, and with offsets only those that have some.
std::vector<Partition> wantedPartitions(const ReplayRequest& request) {
    const auto* offsets = std::get_if<OffsetWindow>(&request.window);
    if (offsets == nullptr) {
        return request.partitions;
    }
    std::vector<Partition> wanted;
    for (const auto& [partition, range] : offsets->ranges) {
        if (request.partitions.empty() ||
            std::ranges::find(request.partitions, partition) != request.partitions.end()) {
            wanted.push_back(partition);
        }
    }
    return wanted;
}

/// One resolution: its steps share the request, the plan in the making and the deadline.
class Planner {
public:
    Planner(const Profile& profile, InnerAdmin& admin, const ReplayRequest& request, const Deadline& deadline)
        : m_profile(profile)
        , m_admin(admin)
        , m_deadline(deadline) {
        m_out.plan.request = request;
    }

    Result<ResolvedPlan> run(const std::function<void(double)>& progress) {
        const auto begun = Deadline::Clock::now();
        for (const auto step : {&Planner::identify, &Planner::freeze, &Planner::narrow}) {
            if (auto ok = (this->*step)(); !ok) {
                return std::unexpected(ok.error());
            }
        }
        if (auto ok = scan(progress); !ok) {
            return std::unexpected(ok.error());
        }
        m_out.plan.scanTime = std::chrono::duration_cast<std::chrono::milliseconds>(Deadline::Clock::now() - begun);
        return std::move(m_out);
    }

private:
    Status identify() {
        auto shape = m_admin.describeTopic(request().sourceTopic, m_deadline.rest());
        if (!shape) {
            return std::unexpected(shape.error());
        }
        m_out.plan.sourceId = shape->summary.id;
        return {};
    }

    /// The end is the last stable offset: what is not committed yet is not part of the plan (defect 8).
    Status freeze() {
        const auto wanted = wantedPartitions(request());
        if (wanted.empty() && std::holds_alternative<OffsetWindow>(request().window)) {
            return {};
        }
        auto ranges = readableRanges(m_admin, request().sourceTopic, wanted, m_deadline);
        if (!ranges) {
            return std::unexpected(ranges.error());
        }
        for (const auto& range : *ranges) {
            PlannedPartition planned;
            planned.partition = range.partition;
            planned.scanFrom = range.from;
            planned.scanTo = range.to;
            m_out.plan.partitions.push_back(planned);
            m_out.facts.sources.push_back({range.partition, range.from, false});
        }
        return {};
    }

    Status narrow() {
        if (m_out.plan.partitions.empty()) {
            return {};
        }
        const auto* time = std::get_if<TimeWindow>(&request().window);
        return time != nullptr ? narrowToTime(*time) : narrowToOffsets(std::get<OffsetWindow>(request().window));
    }

    /// The cluster's time index answers with the first record that is not older than the window, so everything before
    /// it is too old: a safe start. There is no such thing as a safe end, since later records may carry earlier times
    /// (defect 2): the scan goes to the frozen end. No answer means that nothing is young enough (defect 1).
    Status narrowToTime(const TimeWindow& window) {
        std::vector<OffsetQuery> queries;
        for (const auto& planned : m_out.plan.partitions) {
            queries.push_back({{request().sourceTopic, planned.partition}, OffsetQuery::Kind::AtTime, window.fromMs});
        }
        auto found = m_admin.listOffsets(queries, true, m_deadline.rest());
        if (!found) {
            return std::unexpected(found.error());
        }
        for (std::size_t i = 0; i < found->size(); ++i) {
            auto& planned = m_out.plan.partitions[i];
            auto& source = m_out.facts.sources[i];
            const auto& one = (*found)[i];
            planned.leaderEpoch = one.leaderEpoch;
            if (one.errorCode != 0) {
                continue; // no lookup: the whole partition is scanned, which is slower and just as exact
            }
            const auto start = one.answer.offset == kNoOffset ? planned.scanTo : one.answer.offset;
            planned.scanFrom = std::clamp(start, planned.scanFrom, std::max(planned.scanFrom, planned.scanTo));
            source.cutAtStart = planned.scanFrom == source.logStart && source.logStart > Offset(0);
        }
        return {};
    }

    Status narrowToOffsets(const OffsetWindow& window) {
        for (std::size_t i = 0; i < m_out.plan.partitions.size(); ++i) {
            auto& planned = m_out.plan.partitions[i];
            const auto& [from, to] = window.ranges.at(planned.partition);
            m_out.facts.sources[i].cutAtStart = from < m_out.facts.sources[i].logStart;
            planned.scanTo = std::min(planned.scanTo, to);
            planned.scanFrom = std::min(std::max(planned.scanFrom, from), std::max(planned.scanFrom, planned.scanTo));
            planned.scanTo = std::max(planned.scanFrom, planned.scanTo);
        }
        return {};
    }

    Status scan(const std::function<void(double)>& progress) {
        ScanOptions options;
        options.topic = request().sourceTopic;
        std::int64_t total = 0;
        for (const auto& planned : m_out.plan.partitions) {
            options.ranges.push_back({planned.partition, planned.scanFrom, planned.scanTo});
            total += planned.scanTo - planned.scanFrom;
        }
        if (total == 0) {
            return {};
        }
        auto scan = Scan::open(m_profile, options);
        if (!scan) {
            return std::unexpected(scan.error());
        }
        prepare();
        auto nextReport = Deadline::Clock::now();
        while (!(*scan)->done()) {
            auto read = (*scan)->next(4096, m_deadline.slice(), [&](const RecordView& record) { count(record); });
            if (!read) {
                return std::unexpected(read.error());
            }
            if (auto ok = mayGoOn(**scan); !ok) {
                return ok;
            }
            if (progress && Deadline::Clock::now() >= nextReport) {
                progress(static_cast<double>((*scan)->passed()) / static_cast<double>(total));
                nextReport = Deadline::Clock::now() + std::chrono::milliseconds(100);
            }
        }
        if (!(*scan)->gaps().empty()) {
            const auto& gap = (*scan)->gaps().front();
            return fail(
                ErrorCode::Conflict,
                fmt::format("Partition {} of '{}' lost the offsets {} to {} while they were counted; plan again.",
                            gap.partition.value(), request().sourceTopic, gap.from.value(), gap.to.value() - 1));
        }
        return {};
    }

    [[nodiscard]] Status mayGoOn(const Scan& scan) const {
        if (m_deadline.cancelled()) {
            return fail(ErrorCode::Cancelled, "Cancelled.");
        }
        if (!m_deadline.passed()) {
            return {};
        }
        if (auto why = scan.stalled(std::chrono::seconds(2))) {
            return std::unexpected(std::move(*why));
        }
        return fail(ErrorCode::Timeout,
                    fmt::format("Counting the events of '{}' took longer than was allowed; allow more time, "
                                "or choose fewer partitions or a later window.",
                                request().sourceTopic));
    }

    void prepare() {
        for (auto& planned : m_out.plan.partitions) {
            const auto index = static_cast<std::size_t>(planned.partition.value());
            m_counts.resize(std::max(m_counts.size(), index + 1));
            m_counts[index] = {&planned, -1};
        }
    }

    void count(const RecordView& record) {
        auto& facts = m_out.facts;
        auto& [planned, latestMs] = m_counts[static_cast<std::size_t>(record.partition.value())];
        facts.topicFirstMs =
            facts.topicFirstMs < 0 ? record.timestampMs : std::min(facts.topicFirstMs, record.timestampMs);
        facts.topicLastMs = std::max(facts.topicLastMs, record.timestampMs);
        const auto verdict = m_selector.judge(record);
        if (verdict == Selector::Verdict::OutsideWindow) {
            ++planned->outsideWindow;
            return;
        }
        planned->outOfOrder += record.timestampMs < latestMs ? 1 : 0;
        latestMs = std::max(latestMs, record.timestampMs);
        if (verdict != Selector::Verdict::Replay) {
            ++planned->leftOut[std::string(Selector::reason(verdict))];
            return;
        }
        if (planned->records++ == 0) {
            planned->firstOffset = record.offset;
            planned->firstTimestampMs = record.timestampMs;
        }
        const auto size = record.sizeBytes();
        planned->lastOffset = record.offset;
        planned->firstTimestampMs = std::min(planned->firstTimestampMs, record.timestampMs);
        planned->lastTimestampMs = std::max(planned->lastTimestampMs, record.timestampMs);
        planned->bytes += static_cast<std::int64_t>(size);
        planned->largestBytes = std::max(planned->largestBytes, static_cast<std::int64_t>(size));
        facts.largestBytes = std::max(facts.largestBytes, size);
        facts.withoutKey += record.key ? 0 : 1;
    }

    [[nodiscard]] const ReplayRequest& request() const { return m_out.plan.request; }

    struct Counted {
        PlannedPartition* planned = nullptr;
        TimestampMs latestMs = -1; ///< largest timestamp of the window so far
    };
    const Profile& m_profile;
    InnerAdmin& m_admin;
    Deadline m_deadline;
    ResolvedPlan m_out;
    Selector m_selector{m_out.plan.request};
    std::vector<Counted> m_counts; ///< by partition number
};

} // namespace

Result<ResolvedPlan> resolvePlan(const Profile& profile, InnerAdmin& admin, const ReplayRequest& request,
                                 const Deadline& deadline, const std::function<void(double)>& progress) {
    if (auto ok = checkRequest(request); !ok) {
        return std::unexpected(ok.error());
    }
    return Planner(profile, admin, request, deadline).run(progress);
}

} // namespace meshbone::backbone
