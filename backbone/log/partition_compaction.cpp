// SPDX-License-Identifier: Apache-2.0
// What PartitionLog does for compaction on the loop: decide, take the snapshot, swap the result in.
#include "log/log_compaction.h"
#include "log/log_context.h"
#include "log/log_names.h"
#include "log/log_state.h"
#include "log/partition_log.h"

#include <algorithm>

namespace meshbone::backbone {

// The rolled segments, from the first, that are visible to all and older than min.compaction.lag.ms.
std::size_t PartitionLog::compactableSegments(TimestampMs nowMs) const {
    const auto& segments = m_state->segments;
    std::size_t count = 0;
    for (; count + 1 < segments.size(); ++count) {
        const auto largest = segments[count]->largest().timestampMs;
        const bool fresh = m_config->minCompactionLagMs > 0 && largest > nowMs - m_config->minCompactionLagMs;
        if (fresh || segments[count + 1]->base() > std::min(m_highWatermark, m_synced)) {
            break;
        }
    }
    return count;
}

Result<std::unique_ptr<CompactionPlan>> PartitionLog::planCompaction(TimestampMs nowMs, std::size_t memoryBytes) {
    if (auto ready = load(); !ready) {
        return std::unexpected(ready.error());
    }
    if (m_state->compacting || !m_config->cleanupCompact) {
        return nullptr;
    }
    auto plan = std::make_unique<CompactionPlan>();
    std::uint64_t cleanBytes = 0;
    std::uint64_t dirtyBytes = 0;
    bool overdue = false;
    const auto count = compactableSegments(nowMs);
    m_cleanedTo = std::max(m_cleanedTo, m_start);
    for (std::size_t i = 0; i < count; ++i) {
        auto& segment = *m_state->segments[i];
        const bool dirty = m_state->segments[i + 1]->base() > m_cleanedTo;
        (dirty ? dirtyBytes : cleanBytes) += segment.sizeBytes();
        overdue = overdue || (dirty && segment.firstTimestampMs() >= 0 &&
                              nowMs - segment.firstTimestampMs() > m_config->maxCompactionLagMs);
        auto file = segment.file();
        if (!file) {
            return std::unexpected(file.error());
        }
        plan->sources.push_back({segment.base(), segment.sizeBytes(), std::move(*file)});
    }
    const auto all = static_cast<double>(cleanBytes + dirtyBytes);
    if (dirtyBytes == 0 || (static_cast<double>(dirtyBytes) / all < m_config->minCleanableDirtyRatio && !overdue)) {
        return nullptr;
    }
    plan->directory = directory();
    plan->end = m_state->segments[count]->base();
    plan->firstDirty = m_cleanedTo;
    plan->config = *m_config;
    plan->nowMs = nowMs;
    plan->memoryBytes = memoryBytes;
    for (const auto& [id, entry] : m_state->producers.producers()) {
        if (const auto* last = entry.last()) {
            plan->lastBatches.emplace(id, last->lastOffset);
        }
    }
    m_state->compacting = true;
    return plan;
}

// From the .swap on the compaction is decided: recovery would finish it just as this does.
Status PartitionLog::swapIn(const CompactedGroup& group) {
    auto& segments = m_state->segments;
    const auto first = std::ranges::find(segments, group.base, [](const auto& segment) { return segment->base(); });
    const auto at = first - segments.begin();
    std::vector<std::filesystem::path> doomed;
    for (std::size_t i = 0; i < group.replaced.size(); ++i) {
        if (auto gone = retire(**(segments.begin() + at), doomed); !gone) {
            broken(gone.error());
            return gone;
        }
        segments.erase(segments.begin() + at);
    }
    if (!group.empty) {
        auto bare = LogSegment::open(m_context.cache, directory(), group.base, log_name::kSwap);
        auto status = bare ? (*bare)->rename(directory(), {}) : Status(std::unexpected(bare.error()));
        if (!status) {
            broken(status.error()); // the old segments are gone from the list; recovery finishes the swap
            return status;
        }
        segments.insert(segments.begin() + at, std::move(*bare));
    }
    removeLater(std::move(doomed));
    return {};
}

void PartitionLog::finishCompaction(std::optional<Offset> cleanedTo) {
    if (m_state) {
        m_state->compacting = false;
    }
    if (cleanedTo) {
        m_cleanedTo = std::max(m_cleanedTo, *cleanedTo);
    }
}

void PartitionLog::closeIfIdle() {
    if (!m_state || m_state->compacting || m_failure) {
        return;
    }
    // What only the memory has of the indexes goes to the files first.
    if (m_state->active().seal()) {
        m_state.reset();
    }
}

} // namespace meshbone::backbone
