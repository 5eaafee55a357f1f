// SPDX-License-Identifier: Apache-2.0
#include "log/log_compaction.h"

#include "log/batch_reader.h"
#include "log/file_cache.h"
#include "log/log_names.h"
#include "log/log_segment.h"
#include "record/batch_builder.h"
#include "record/record_cursor.h"

#include <algorithm>

namespace meshbone::backbone {
namespace {

constexpr std::size_t kChunkBytes = 1U << 20;

std::unexpected<Error> cancelled() {
    return fail(ErrorCode::Cancelled, "The compaction was stopped.");
}

// Calls `visit` for each batch of a source, in order, until it returns false.
template <class Visit>
Status eachBatch(const CompactionSource& source, const std::stop_token& stop, Visit visit) {
    BatchReader reader(*source.file, 0, source.sizeBytes, kChunkBytes);
    for (;;) {
        if (stop.stop_requested()) {
            return cancelled();
        }
        const auto batch = reader.next();
        if (!batch) {
            return std::unexpected(batch.error());
        }
        if (!*batch) {
            return {};
        }
        if (!(*batch)->crcMatches()) { // never spread damage under a new checksum
            return fail(ErrorCode::Corrupt, "A batch does not match its checksum.");
        }
        const Result<bool> more = visit(**batch);
        if (!more || !*more) {
            return more ? Status{} : Status(std::unexpected(more.error()));
        }
    }
}

} // namespace

LogCompaction::LogCompaction(FileSystem& files, CompactionPlan plan)
    : m_files(files)
    , m_plan(std::move(plan))
    , m_map(m_plan.memoryBytes)
    , m_cleanedTo(m_plan.firstDirty) {}

LogCompaction::~LogCompaction() = default;

std::optional<CompactedGroup> LogCompaction::takeGroup() {
    auto group = std::move(m_group);
    m_group.reset();
    return group;
}

Result<bool> LogCompaction::step(const std::stop_token& stop) {
    const auto& sources = m_plan.sources;
    if (m_mapped < sources.size() && !m_mapFull) {
        const bool clean = m_mapped + 1 < sources.size() && sources[m_mapped + 1].base <= m_plan.firstDirty;
        auto mapped = clean ? Status{} : mapSegment(sources[m_mapped], stop);
        ++m_mapped;
        if (m_mapped == sources.size() && !m_mapFull) {
            m_cleanedTo = m_plan.end; // past the last batch there may be a gap, which needs no cleaning either
        }
        return mapped ? Result<bool>(true) : std::unexpected(mapped.error());
    }
    if (m_rewritten == sources.size() || sources[m_rewritten].base >= m_cleanedTo) {
        return false;
    }
    const auto end = endOfGroup(m_rewritten);
    if (auto done = rewriteGroup(m_rewritten, end, stop); !done) {
        return std::unexpected(done.error());
    }
    m_rewritten = end;
    return true;
}

Status LogCompaction::mapSegment(const CompactionSource& source, const std::stop_token& stop) {
    return eachBatch(source, stop, [this](const BatchView& batch) { return mapBatch(batch); });
}

// False when the map is full: then the compaction reaches up to this batch, and the next one goes on.
Result<bool> LogCompaction::mapBatch(const BatchView& batch) {
    if (batch.nextOffset() <= m_plan.firstDirty) {
        return true;
    }
    if (!m_map.hasRoomFor(static_cast<std::size_t>(std::max(batch.recordCount(), 0)))) {
        m_mapFull = true;
        return false;
    }
    if (!batch.isControl()) {
        auto cursor = RecordCursor::open(batch);
        if (!cursor) {
            return std::unexpected(cursor.error());
        }
        for (auto more = cursor->next(); !more || *more; more = cursor->next()) {
            if (!more) {
                return std::unexpected(more.error());
            }
            if (cursor->record().key) {
                m_map.put(*cursor->record().key, cursor->record().offset);
            }
        }
    }
    m_cleanedTo = batch.nextOffset();
    return true;
}

// Neighbours whose bytes and offsets fit into one segment become one.
std::size_t LogCompaction::endOfGroup(std::size_t first) const {
    const auto& sources = m_plan.sources;
    auto size = static_cast<std::int64_t>(sources[first].sizeBytes);
    std::size_t end = first + 1;
    for (; end < sources.size() && sources[end].base < m_cleanedTo; ++end) {
        size += static_cast<std::int64_t>(sources[end].sizeBytes);
        // The end of the next source isn't known here; a segment of its own spans at most 2^31 offsets anyway.
        const bool offsetsFit = end + 1 < sources.size() && sources[end + 1].base - sources[first].base <= INT32_MAX;
        if (size > m_plan.config.segmentBytes || !offsetsFit) {
            break;
        }
    }
    return end;
}

Status LogCompaction::rewriteGroup(std::size_t first, std::size_t last, const std::stop_token& stop) {
    CompactedGroup group{m_plan.sources[first].base, {}, false};
    FileCache cache(m_files, 4);
    auto cleaned = LogSegment::create(cache, m_plan.directory, group.base, log_name::kCleaned);
    Status status = cleaned ? Status{} : Status(std::unexpected(cleaned.error()));
    for (std::size_t i = first; i < last && status; ++i) {
        group.replaced.push_back(m_plan.sources[i].base);
        status = rewriteSegment(m_plan.sources[i], **cleaned, stop);
    }
    group.empty = status && (*cleaned)->sizeBytes() == 0;
    if (status && !group.empty) {
        status = publish(**cleaned);
    }
    if (cleaned && (!status || group.empty)) {
        for (const auto& path : (*cleaned)->paths()) {
            (void)m_files.remove(path);
        }
    }
    if (status) {
        m_group = std::move(group);
    }
    return status;
}

Status LogCompaction::publish(LogSegment& cleaned) {
    auto sealed = cleaned.seal();
    if (!sealed) {
        return std::unexpected(sealed.error());
    }
    auto log = cleaned.file();
    if (!log) {
        return std::unexpected(log.error());
    }
    sealed->push_back(std::move(*log));
    for (const auto& file : *sealed) {
        if (auto synced = file->sync(); !synced) {
            return synced;
        }
    }
    if (auto renamed = cleaned.rename(m_plan.directory, log_name::kSwap); !renamed) {
        return renamed;
    }
    return m_files.syncDirectory(m_plan.directory);
}

Status LogCompaction::rewriteSegment(const CompactionSource& source, LogSegment& to, const std::stop_token& stop) {
    return eachBatch(source, stop, [&](const BatchView& batch) -> Result<bool> {
        const auto bytes = rewriteBatch(batch);
        if (!bytes) {
            return std::unexpected(bytes.error());
        }
        if (!*bytes) {
            return true;
        }
        // An empty string: the batch stays as it is.
        const auto kept = (*bytes)->empty() ? Result<BatchView>(batch) : batchAt(**bytes);
        if (!kept) {
            return std::unexpected(kept.error());
        }
        auto written = to.append(*kept, m_plan.config.indexIntervalBytes);
        return written ? Result<bool>(true) : std::unexpected(written.error());
    });
}

bool LogCompaction::keeps(const BatchHeader& batch, const BatchRecord& record) const {
    if (!record.key) {
        return true; // written before the topic was compacted; nothing can replace it
    }
    const auto latest = m_map.find(*record.key);
    if (latest && record.offset < *latest) {
        return false;
    }
    const auto horizon = batch.deleteHorizonMs();
    return record.value || !horizon || m_plan.nowMs < *horizon;
}

// What the batch becomes: nothing, itself (an empty string), or new bytes.
Result<std::optional<std::string>> LogCompaction::rewriteBatch(const BatchView& batch) {
    if (batch.isControl() || batch.baseOffset() >= m_cleanedTo) {
        return std::string();
    }
    auto cursor = RecordCursor::open(batch);
    if (!cursor) {
        return std::unexpected(cursor.error());
    }
    auto meta = BatchMeta::of(batch);
    struct Kept {
        Offset offset;
        bool tombstone;
    };
    std::vector<Kept> kept;
    for (auto more = cursor->next(); !more || *more; more = cursor->next()) {
        if (!more) {
            return std::unexpected(more.error());
        }
        if (keeps(batch, cursor->record())) {
            kept.push_back({cursor->record().offset, !cursor->record().value});
        }
    }
    const bool tombstones = std::ranges::any_of(kept, &Kept::tombstone);
    const bool marks = tombstones && !meta.deleteHorizonMs;
    if (kept.size() == static_cast<std::size_t>(batch.recordCount()) && !marks && !kept.empty()) {
        return std::string();
    }
    if (kept.empty()) {
        const auto last = m_plan.lastBatches.find(batch.producerId().value());
        if (last == m_plan.lastBatches.end() || last->second != batch.lastOffset()) {
            return std::nullopt;
        }
        meta.deleteHorizonMs.reset(); // the producer's last batch stays, empty, so that its sequence is not forgotten
    } else if (marks) {
        meta.deleteHorizonMs = m_plan.nowMs + m_plan.config.deleteRetentionMs;
    } else if (!tombstones) {
        meta.deleteHorizonMs.reset();
    }
    return rebuild(batch, meta, [&, next = kept.begin()](Offset offset) mutable {
        const bool mine = next != kept.end() && next->offset == offset;
        next += mine ? 1 : 0;
        return mine;
    });
}

Result<std::optional<std::string>> LogCompaction::rebuild(const BatchView& batch, const BatchMeta& meta,
                                                          std::move_only_function<bool(Offset)> isKept) {
    BatchBuilder builder(meta);
    auto cursor = RecordCursor::open(batch);
    if (!cursor) {
        return std::unexpected(cursor.error());
    }
    for (auto more = cursor->next(); more && *more; more = cursor->next()) {
        const auto& record = cursor->record();
        if (isKept(record.offset)) {
            builder.add(record.offset, record.timestampMs, record.key, record.value, record.headers);
        }
    }
    auto built = builder.build();
    if (!built) {
        return std::unexpected(built.error());
    }
    return std::move(*built);
}

} // namespace meshbone::backbone
