// SPDX-License-Identifier: Apache-2.0
#include "replay/run_progress.h"

#include <fmt/format.h>

namespace meshbone::backbone {

std::string PairDigests::hex() const {
    if (m_digests.empty()) {
        return {};
    }
    if (m_digests.size() == 1) {
        return m_digests.begin()->second.hex();
    }
    std::string lines;
    for (const auto& [target, digest] : m_digests) {
        lines += fmt::format("{} {}\n", target.value(), digest.hex());
    }
    return sha256Hex(lines);
}

RunProgress::RunProgress(const ReplayPlan& plan) {
    for (const auto& planned : plan.partitions) {
        const auto index = static_cast<std::size_t>(planned.partition.value());
        m_laneByPartition.resize(std::max(m_laneByPartition.size(), index + 1));
        m_laneByPartition[index] = m_lanes.size();
        Lane lane;
        lane.state.partition = planned.partition;
        lane.planned = planned.records;
        if (planned.records >
            0) { // what lies before the first and behind the last is not replayed and need not be read
            lane.state.readFrom = planned.firstOffset;
            lane.state.readTo = planned.lastOffset + 1;
        }
        m_lanes.push_back(std::move(lane));
    }
}

void RunProgress::read(std::size_t lane) {
    const std::scoped_lock lock(m_mutex);
    ++m_lanes[lane].state.recordsRead;
}

void RunProgress::leftOut(std::size_t lane, std::string_view reason) {
    const std::scoped_lock lock(m_mutex);
    ++m_lanes[lane].state.leftOut[std::string(reason)];
}

void RunProgress::gap(std::size_t lane, ReplayGap gap) {
    const std::scoped_lock lock(m_mutex);
    m_lanes[lane].state.gaps.push_back(std::move(gap));
}

void RunProgress::written(std::size_t lane, std::size_t bytes, Partition target, Offset offset) {
    const std::scoped_lock lock(m_mutex);
    auto& state = m_lanes[lane].state;
    ++m_written;
    ++state.recordsWritten;
    state.bytesWritten += static_cast<std::int64_t>(bytes);
    const auto [place, fresh] = state.written.emplace(target, std::pair(offset, offset));
    if (!fresh) {
        auto& [first, last] = place->second;
        first = std::min(first, offset);
        last = std::max(last, offset);
    }
}

void RunProgress::failed(const Error& error) {
    const std::scoped_lock lock(m_mutex);
    if (!m_error) {
        m_error = error;
    }
}

void RunProgress::proven(std::size_t lane, std::string sourceSha256, std::string targetSha256) {
    const std::scoped_lock lock(m_mutex);
    m_lanes[lane].state.sourceSha256 = std::move(sourceSha256);
    m_lanes[lane].state.targetSha256 = std::move(targetSha256);
}

std::optional<Error> RunProgress::error() const {
    const std::scoped_lock lock(m_mutex);
    return m_error;
}

std::int64_t RunProgress::writtenCount() const {
    const std::scoped_lock lock(m_mutex);
    return m_written;
}

std::int64_t RunProgress::leftOutCount() const {
    const std::scoped_lock lock(m_mutex);
    std::int64_t sum = 0;
    for (const auto& lane : m_lanes) {
        for (const auto& [reason, count] : lane.state.leftOut) {
            sum += count;
        }
    }
    return sum;
}

std::vector<ManifestPartition> RunProgress::partitions() const {
    const std::scoped_lock lock(m_mutex);
    std::vector<ManifestPartition> partitions;
    for (const auto& lane : m_lanes) {
        partitions.push_back(lane.state);
    }
    return partitions;
}

std::optional<std::string> RunProgress::shortfall() const {
    const std::scoped_lock lock(m_mutex);
    for (const auto& lane : m_lanes) {
        const auto partition = lane.state.partition.value();
        if (!lane.state.gaps.empty()) {
            const auto& gap = lane.state.gaps.front();
            return fmt::format("The offsets {} to {} of partition {} could not be read: {}.", gap.from.value(),
                               gap.to.value() - 1, partition, gap.reason);
        }
        if (lane.state.recordsWritten != lane.planned) {
            return fmt::format(
                "{} of the {} planned events of partition {} were written; the source changed since the plan was made "
                "(compaction or a deletion).",
                lane.state.recordsWritten, lane.planned, partition);
        }
    }
    return std::nullopt;
}

} // namespace meshbone::backbone
