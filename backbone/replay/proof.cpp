// SPDX-License-Identifier: Apache-2.0
#include "replay/proof.h"

#include "client/scan.h"
#include "replay/markers.h"

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::backbone {

namespace {

constexpr std::chrono::seconds kPatience{60};

/// What came back for the lanes.
class ReadBack {
public:
    ReadBack(std::string run, const RunProgress& progress)
        : m_run(std::move(run))
        , m_progress(progress)
        , m_digests(progress.lanes())
        , m_counts(progress.lanes()) {
        for (const auto& state : progress.partitions()) {
            m_known[state.partition] = true;
        }
    }

    void take(const RecordView& record) {
        const auto origin = originOf(record.headers, m_run);
        if (!origin || !m_known.contains(origin->partition)) {
            return; // somebody else's
        }
        const auto lane = m_progress.laneOf(origin->partition);
        auto& last = m_lastOffsets[{origin->partition, record.partition}];
        if (last && origin->offset <= *last && m_disorder.empty()) {
            m_disorder = fmt::format(
                "The event of offset {} of partition {} stands in the target a second time or out of order.",
                origin->offset.value(), origin->partition.value());
        }
        last = origin->offset;
        ++m_counts[lane];
        addRecord(m_digests[lane].at(record.partition), record,
                  record.headers.first(record.headers.size() - kMarkerCount));
    }

    std::vector<PairDigests>& digests() { return m_digests; }
    [[nodiscard]] std::int64_t count(std::size_t lane) const { return m_counts[lane]; }
    [[nodiscard]] const std::string& disorder() const { return m_disorder; }

private:
    std::string m_run;
    const RunProgress& m_progress;
    std::vector<PairDigests> m_digests;
    std::vector<std::int64_t> m_counts;
    std::map<Partition, bool> m_known;
    std::map<std::pair<Partition, Partition>, std::optional<Offset>> m_lastOffsets;
    std::string m_disorder;
};

/// The least range of each target partition that holds all that this run wrote there.
std::vector<ScanRange> writtenRanges(const std::vector<ManifestPartition>& partitions) {
    std::map<Partition, ScanRange> ranges;
    for (const auto& state : partitions) {
        for (const auto& [target, offsets] : state.written) {
            const auto [place, fresh] = ranges.emplace(target, ScanRange{target, offsets.first, offsets.second + 1});
            if (!fresh) {
                place->second.from = std::min(place->second.from, offsets.first);
                place->second.to = std::max(place->second.to, offsets.second + 1);
            }
        }
    }
    std::vector<ScanRange> list;
    for (const auto& [target, range] : ranges) {
        list.push_back(range);
    }
    return list;
}

Status readTarget(const Profile& profile, const std::string& topic, std::vector<ScanRange> ranges, ReadBack& back,
                  const std::stop_token& stop, const std::function<void()>& tick) {
    ScanOptions options;
    options.topic = topic;
    options.ranges = std::move(ranges);
    options.checkCrcs = true;
    auto scan = Scan::open(profile, options);
    if (!scan) {
        return std::unexpected(scan.error());
    }
    while (!(*scan)->done()) {
        auto read =
            (*scan)->next(4096, std::chrono::milliseconds(100), [&](const RecordView& record) { back.take(record); });
        if (!read) {
            return std::unexpected(read.error());
        }
        if (stop.stop_requested()) {
            return fail(ErrorCode::Cancelled, "Cancelled.");
        }
        if (auto why = (*scan)->stalled(kPatience)) {
            return std::unexpected(std::move(*why));
        }
        tick();
    }
    if (!(*scan)->gaps().empty()) {
        return fail(ErrorCode::Conflict, fmt::format("'{}' has lost events of this run already ({}).", topic,
                                                     (*scan)->gaps().front().reason));
    }
    return {};
}

} // namespace

Status proveRun(const Profile& profile, const ReplayPlan& plan, const std::string& run,
                std::vector<PairDigests>& source, RunProgress& progress, const std::stop_token& stop,
                const std::function<void()>& tick) {
    const auto states = progress.partitions();
    ReadBack back(run, progress);
    if (auto ok = readTarget(profile, plan.request.targetTopic, writtenRanges(states), back, stop, tick); !ok) {
        return ok;
    }
    Status verdict;
    for (std::size_t lane = 0; lane < states.size(); ++lane) {
        const auto sent = source[lane].hex();
        const auto found = back.digests()[lane].hex();
        progress.proven(lane, sent, found);
        const auto partition = states[lane].partition.value();
        if (verdict && back.count(lane) != states[lane].recordsWritten) {
            verdict = fail(ErrorCode::Corrupt,
                           fmt::format("Of partition {}, {} events were acknowledged and {} were found in the target.",
                                       partition, states[lane].recordsWritten, back.count(lane)));
        } else if (verdict && sent != found) {
            verdict = fail(
                ErrorCode::Corrupt,
                fmt::format("The events of partition {} read back from the target differ from those that were sent.",
                            partition));
        }
    }
    if (verdict && !back.disorder().empty()) {
        verdict = fail(ErrorCode::Corrupt, back.disorder());
    }
    return verdict;
}

} // namespace meshbone::backbone
