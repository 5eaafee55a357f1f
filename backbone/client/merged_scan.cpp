// SPDX-License-Identifier: Apache-2.0
#include "client/merged_scan.h"

#include <fmt/format.h>

#include <chrono>

namespace meshbone::backbone {

Result<std::unique_ptr<MergedScan>> MergedScan::open(const Profile& profile, ScanOptions options) {
    options.queuePerPartition = true;
    auto scan = Scan::open(profile, options);
    if (!scan) {
        return std::unexpected(scan.error());
    }
    return std::unique_ptr<MergedScan>(new MergedScan(std::move(*scan), options));
}

MergedScan::MergedScan(std::unique_ptr<Scan> scan, const ScanOptions& options)
    : m_scan(std::move(scan))
    , m_topic(options.topic) {
    for (const auto& range : options.ranges) {
        m_lanes.push_back({range.partition, {}});
    }
}

Status MergedScan::fill(Lane& lane, const Deadline& deadline) {
    while (lane.records.empty() && !m_scan->done(lane.partition)) {
        if (deadline.cancelled()) {
            return fail(ErrorCode::Cancelled, "Cancelled.");
        }
        if (deadline.passed()) {
            // What still came in the second half of the time is slow, and hasn't come to a halt.
            const auto half = (Deadline::Clock::now() - deadline.startedAt()) / 2;
            if (auto why = m_scan->stalled(std::chrono::floor<std::chrono::milliseconds>(half))) {
                return std::unexpected(std::move(*why));
            }
            return fail(ErrorCode::Timeout, fmt::format("Reading '{}' took longer than was allowed.", m_topic));
        }
        auto read = m_scan->nextOf(lane.partition, kBuffered, deadline.slice(),
                                   [&](const RecordView& view) { lane.records.push_back(copyOf(view, m_topic)); });
        if (!read) {
            return std::unexpected(read.error());
        }
    }
    return {};
}

Result<std::optional<Record>> MergedScan::next(const Deadline& deadline) {
    Lane* earliest = nullptr;
    for (auto& lane : m_lanes) {
        if (auto ok = fill(lane, deadline); !ok) {
            return std::unexpected(ok.error());
        }
        if (!lane.records.empty() &&
            (earliest == nullptr || lane.records.front().timestampMs < earliest->records.front().timestampMs)) {
            earliest = &lane;
        }
    }
    if (earliest == nullptr) {
        return std::optional<Record>();
    }
    std::optional<Record> record(std::move(earliest->records.front()));
    earliest->records.pop_front();
    return record;
}

Offset MergedScan::position(Partition partition) const {
    for (const auto& lane : m_lanes) {
        if (lane.partition == partition && !lane.records.empty()) {
            return lane.records.front().offset;
        }
    }
    return m_scan->position(partition);
}

} // namespace meshbone::backbone
