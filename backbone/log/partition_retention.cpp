// SPDX-License-Identifier: Apache-2.0
// What leaves a PartitionLog: DeleteRecords and retention.
#include "log/log_context.h"
#include "log/log_names.h"
#include "log/log_state.h"
#include "log/partition_log.h"
#include "record/batch_check.h"

#include <fmt/format.h>

namespace meshbone::backbone {
namespace {
constexpr std::int64_t kProducerExpiryMs = 86'400'000; // producer.id.expiration.ms
}

Result<Offset> PartitionLog::deleteRecordsBefore(Offset offset) {
    if (auto ready = load(); !ready) {
        return std::unexpected(ready.error());
    }
    const auto to = offset == kNoOffset ? m_highWatermark : offset;
    if (to < Offset(0) || to > m_highWatermark) {
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("Records before offset {} can't be deleted from {}: it has them up to {}.", to.value(),
                                directoryName(m_name), m_highWatermark.value()),
                    kafka_error::kOffsetOutOfRange);
    }
    m_start = std::max(m_start, to);
    std::size_t count = 0;
    while (count + 1 < m_state->segments.size() && m_state->segments[count + 1]->base() <= m_start) {
        ++count;
    }
    if (auto dropped = dropSegments(count); !dropped) {
        return std::unexpected(dropped.error());
    }
    return m_start;
}

// How many segments, oldest first, are wholly behind the log start, the time or the size that is kept. Never the
// active one, and never one that consumers have not been allowed to see.
std::size_t PartitionLog::expiredSegments(TimestampMs nowMs) const {
    const auto& segments = m_state->segments;
    std::int64_t size = 0;
    for (const auto& segment : segments) {
        size += static_cast<std::int64_t>(segment->sizeBytes());
    }
    std::size_t count = 0;
    for (; count + 1 < segments.size(); ++count) {
        const auto& segment = *segments[count];
        const auto end = segments[count + 1]->base();
        const auto bytes = static_cast<std::int64_t>(segment.sizeBytes());
        const auto largest = segment.largest().timestampMs;
        const bool old = m_config->cleanupDelete && m_config->retentionMs >= 0 && largest >= 0 &&
                         nowMs - largest > m_config->retentionMs;
        const bool tooMuch =
            m_config->cleanupDelete && m_config->retentionBytes >= 0 && size - bytes >= m_config->retentionBytes;
        if (end > m_highWatermark || !(end <= m_start || old || tooMuch)) {
            break;
        }
        size -= bytes;
    }
    return count;
}

Result<int> PartitionLog::applyRetention(TimestampMs nowMs) {
    if (auto ready = load(); !ready) {
        return std::unexpected(ready.error());
    }
    if (m_state->compacting) {
        return 0; // its segments are being read; the next round comes soon
    }
    m_dropWaits = false;
    m_state->producers.expire(nowMs - kProducerExpiryMs);
    const auto& active = m_state->active();
    const auto largest = active.largest().timestampMs;
    if (m_config->cleanupDelete && m_config->retentionMs >= 0 && active.sizeBytes() > 0 && largest >= 0 &&
        nowMs - largest > m_config->retentionMs) {
        if (auto rolled = rollAt(m_end); !rolled) {
            return std::unexpected(rolled.error());
        }
    }
    const auto before = m_state->segments.size();
    if (auto dropped = dropSegments(expiredSegments(nowMs)); !dropped) {
        return std::unexpected(dropped.error());
    }
    return static_cast<int>(before - m_state->segments.size());
}

// Renamed at once, so that a crash can't bring them back; removed later, because unlinking a large file takes long.
Status PartitionLog::retire(LogSegment& segment, std::vector<std::filesystem::path>& doomed) {
    for (const auto& path : segment.paths()) { // the log first: indexes without it are removed by recovery
        auto to = path;
        to += log_name::kDeleted;
        const auto status = m_context.files.rename(path, to);
        if (!status && status.error().code != ErrorCode::NotFound) {
            return status;
        }
        doomed.push_back(std::move(to));
    }
    return {};
}

void PartitionLog::removeLater(std::vector<std::filesystem::path> doomed) {
    m_state->hints.clear();
    m_syncSet.addDirectory(directory());
    m_context.later([&files = m_context.files, doomed = std::move(doomed)] {
        for (const auto& path : doomed) {
            (void)files.remove(path); // what can't be removed now is removed by the next recovery
        }
    });
}

// How many of the `count` oldest segments may go now. Once its batches are gone, a snapshot alone tells that a producer
// sent them, so a segment waits for one that is on the disk: a retry after a power cut would be stored twice. The next
// round of retention takes what has to wait here.
Result<std::size_t> PartitionLog::droppableSegments(std::size_t count) {
    auto& state = *m_state;
    auto droppable = state.producers.size() == 0 ? count : 0;
    while (droppable < count && state.segments[droppable + 1]->base() <= m_snapshotSynced) {
        ++droppable;
    }
    if (droppable == count) {
        return count;
    }
    m_dropWaits = true;
    if (state.snapshots.empty() || state.snapshots.back() < state.segments[count]->base()) {
        // On a full disk the one that is there must do, or nothing would ever make room.
        if (auto written = snapshotProducers(); !written && state.snapshots.empty()) {
            return std::unexpected(written.error());
        }
    }
    const auto newest = state.snapshots.back();
    m_syncSet.addSnapshot(directory(), directory() / offsetFileName(newest, log_name::kSnapshot), newest);
    m_context.dirty(*this);
    return droppable;
}

// The oldest goes first: whatever a crash leaves is a log without a gap.
Status PartitionLog::dropSegments(std::size_t count) {
    if (count == 0 || m_state->compacting) {
        return {};
    }
    const auto droppable = droppableSegments(count);
    if (!droppable || *droppable == 0) {
        return droppable ? Status{} : Status(std::unexpected(droppable.error()));
    }
    auto& segments = m_state->segments;
    std::vector<std::filesystem::path> doomed;
    Status status;
    for (count = *droppable; count > 0 && status; --count) {
        status = retire(*segments.front(), doomed);
        if (status) {
            segments.erase(segments.begin());
        }
    }
    m_start = std::max(m_start, segments.front()->base());
    removeLater(std::move(doomed));
    return status;
}

} // namespace meshbone::backbone
