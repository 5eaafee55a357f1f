// SPDX-License-Identifier: Apache-2.0
// Finding records of a PartitionLog by time.
#include "log/log_context.h"
#include "log/log_state.h"
#include "log/partition_log.h"
#include "record/record_cursor.h"

namespace meshbone::backbone {
namespace {

constexpr std::size_t kChunkBytes = 64U << 10;

struct Bounds {
    Offset from{0};  // the first offset that may be seen
    Offset below{0}; // and the end of those
};
using Found = std::optional<TimestampedOffset>;

// The first record of a batch, inside the bounds, with a timestamp of at least `timestampMs`.
Result<Found> firstInBatch(const BatchView& batch, Bounds bounds, TimestampMs timestampMs) {
    auto cursor = RecordCursor::open(batch);
    if (!cursor) {
        return std::unexpected(cursor.error());
    }
    for (;;) {
        const auto more = cursor->next();
        if (!more) {
            return std::unexpected(more.error());
        }
        const auto& record = cursor->record();
        if (!*more || record.offset >= bounds.below) {
            return std::nullopt;
        }
        if (record.offset >= bounds.from && record.timestampMs >= timestampMs) {
            return TimestampedOffset{record.offset, record.timestampMs, batch.leaderEpoch()};
        }
    }
}

// Walks the batches of a segment that overlap the bounds, from the one that contains `start` on. `visit` returns
// true to stop.
template <class Visit>
Status walk(LogSegment& segment, Offset start, Bounds bounds, Visit visit) {
    const auto position = segment.positionOf(std::max(start, bounds.from));
    if (!position) {
        return std::unexpected(position.error());
    }
    auto file = segment.file();
    if (!file) {
        return std::unexpected(file.error());
    }
    if (!*position) {
        return {};
    }
    BatchReader reader(**file, **position, segment.sizeBytes(), kChunkBytes);
    for (;;) {
        const auto header = reader.nextHeader();
        if (!header) {
            return std::unexpected(header.error());
        }
        if (!*header || (*header)->baseOffset() >= bounds.below) {
            return {};
        }
        const Result<bool> stop = visit(reader, **header);
        if (!stop || *stop) {
            return stop ? Status{} : Status(std::unexpected(stop.error()));
        }
    }
}

Result<Found> firstInSegment(LogSegment& segment, Bounds bounds, TimestampMs timestampMs) {
    const auto entry = segment.times().before(timestampMs);
    if (!entry) {
        return std::unexpected(entry.error());
    }
    Found found;
    const auto start = *entry ? (*entry)->offset : segment.base();
    auto status = walk(segment, start, bounds, [&](BatchReader& reader, const BatchHeader& header) -> Result<bool> {
        if (header.maxTimestampMs() < timestampMs) {
            return false;
        }
        const auto batch = reader.whole();
        if (!batch) {
            return std::unexpected(batch.error());
        }
        auto hit = firstInBatch(*batch, bounds, timestampMs);
        if (!hit) {
            return std::unexpected(hit.error());
        }
        found = *hit;
        return found.has_value();
    });
    return status ? Result<Found>(found) : std::unexpected(status.error());
}

// The largest timestamp among the records of one batch that lie inside the bounds, where it beats `best`.
Status improve(const BatchView& batch, Bounds bounds, Found& best) {
    auto cursor = RecordCursor::open(batch);
    if (!cursor) {
        return std::unexpected(cursor.error());
    }
    for (;;) {
        const auto more = cursor->next();
        if (!more || !*more) {
            return more ? Status{} : Status(std::unexpected(more.error()));
        }
        const auto& record = cursor->record();
        if (record.offset >= bounds.from && record.offset < bounds.below &&
            (!best || record.timestampMs > best->timestampMs)) {
            best = TimestampedOffset{record.offset, record.timestampMs, batch.leaderEpoch()};
        }
    }
}

// Where the walk for the largest timestamp may start: what lies before has nothing larger.
Result<Offset> startForLargest(LogSegment& segment, Bounds bounds) {
    const auto& largest = segment.largest();
    if (largest.offset < bounds.below) {
        return largest.offset;
    }
    const auto entry = segment.times().lastBelow(bounds.below); // the largest is not on the disk yet
    if (!entry) {
        return std::unexpected(entry.error());
    }
    return *entry ? (*entry)->offset : segment.base();
}

Status improveFromSegment(LogSegment& segment, Bounds bounds, Found& best) {
    const auto start = startForLargest(segment, bounds);
    if (!start) {
        return std::unexpected(start.error());
    }
    return walk(segment, *start, bounds, [&](BatchReader& reader, const BatchHeader& header) -> Result<bool> {
        if (best && header.maxTimestampMs() <= best->timestampMs) {
            return false;
        }
        const auto batch = reader.whole();
        auto status = batch ? improve(*batch, bounds, best) : Status(std::unexpected(batch.error()));
        return status ? Result<bool>(false) : std::unexpected(status.error());
    });
}

} // namespace

Result<std::optional<TimestampedOffset>> PartitionLog::firstAtOrAfter(TimestampMs timestampMs) {
    if (auto ready = load(); !ready) {
        return std::unexpected(ready.error());
    }
    const Bounds bounds{m_start, m_highWatermark};
    for (const auto& segment : m_state->segments) {
        if (segment->largest().timestampMs < timestampMs || segment->base() >= bounds.below) {
            continue;
        }
        auto found = firstInSegment(*segment, bounds, timestampMs);
        if (!found || *found) {
            return found;
        }
    }
    return std::nullopt;
}

Result<std::optional<TimestampedOffset>> PartitionLog::maxTimestamp() {
    if (auto ready = load(); !ready) {
        return std::unexpected(ready.error());
    }
    const Bounds bounds{m_start, m_highWatermark};
    Found best;
    for (const auto& segment : m_state->segments) {
        if (segment->sizeBytes() == 0 || segment->base() >= bounds.below ||
            (best && segment->largest().timestampMs <= best->timestampMs)) {
            continue;
        }
        if (auto status = improveFromSegment(*segment, bounds, best); !status) {
            return std::unexpected(status.error());
        }
    }
    return best;
}

} // namespace meshbone::backbone
