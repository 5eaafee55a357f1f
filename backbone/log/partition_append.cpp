// SPDX-License-Identifier: Apache-2.0
// The append path of PartitionLog, and the roll.
#include "log/file_cache.h"
#include "log/log_context.h"
#include "log/log_names.h"
#include "log/log_state.h"
#include "log/partition_log.h"
#include "record/batch_check.h"
#include "record/batch_stamp.h"
#include "record/recompress.h"
#include "record/record_cursor.h"

#include <fmt/format.h>

namespace meshbone::backbone {
namespace {

using namespace kafka_error;

// Errors of the disk reach clients as KAFKA_STORAGE_ERROR, which they retry.
std::unexpected<Error> storage(Error error) {
    error.kafkaCode = kStorageError;
    return std::unexpected(std::move(error));
}

Result<BatchView> wholeBatch(std::span<char> bytes, std::int64_t maxBytes) {
    if (static_cast<std::int64_t>(bytes.size()) > maxBytes) {
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("The record batch has {} bytes; max.message.bytes allows {}.", bytes.size(), maxBytes),
                    kMessageTooLarge);
    }
    auto batch = batchAt({bytes.data(), bytes.size()});
    if (batch && batch->sizeBytes() != bytes.size()) {
        return fail(ErrorCode::InvalidArgument, "There must be exactly one record batch.", kInvalidRecord);
    }
    return batch;
}

// As the topic's codec wants it; `bytes` is the batch's memory from then on.
Result<BatchView> inTopicsCodec(const BatchView& batch, const LogConfig& config, std::span<char>& bytes,
                                std::string& made) {
    if (!config.codec || batch.codec() == *config.codec) {
        return batch;
    }
    auto anew = recompressed(batch, *config.codec, config.codecLevel);
    if (!anew) {
        return std::unexpected(anew.error());
    }
    made = std::move(*anew);
    bytes = made;
    return wholeBatch(bytes, config.maxMessageBytes);
}

} // namespace

Status PartitionLog::checkTimestamps(const BatchView& batch, TimestampMs nowMs) const {
    if (m_config->timestampType == TimestampType::LogAppendTime || batch.maxTimestampMs() < 0) {
        return {};
    }
    const auto refuse = [&](TimestampMs timestampMs) {
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("The timestamp {} is too far from now; see message.timestamp.before.max.ms and "
                                "message.timestamp.after.max.ms.",
                                timestampMs),
                    kInvalidTimestamp);
    };
    if (batch.maxTimestampMs() > nowMs && batch.maxTimestampMs() - nowMs > m_config->timestampAfterMaxMs) {
        return refuse(batch.maxTimestampMs());
    }
    const auto oldest = batch.baseTimestampMs();
    if (oldest >= 0 && oldest < nowMs && nowMs - oldest > m_config->timestampBeforeMaxMs) {
        return refuse(oldest);
    }
    return {};
}

Status PartitionLog::checkKeys(const BatchView& batch) const {
    auto cursor = RecordCursor::open(batch);
    if (!cursor) {
        return std::unexpected(cursor.error());
    }
    for (;;) {
        const auto more = cursor->next();
        if (!more) {
            return std::unexpected(more.error());
        }
        if (!*more) {
            return {};
        }
        if (!cursor->record().key) {
            return fail(ErrorCode::InvalidArgument,
                        fmt::format("A record without a key can't go into the compacted topic '{}'.", m_name.topic),
                        kInvalidRecord);
        }
    }
}

Result<AppendInfo> PartitionLog::append(std::span<char> bytes, AppendOrigin origin, TimestampMs nowMs) {
    if (auto ready = load(); !ready) {
        return storage(ready.error());
    }
    auto batch = wholeBatch(bytes, origin == AppendOrigin::Client ? m_config->maxMessageBytes : INT32_MAX);
    if (!batch) {
        return std::unexpected(batch.error());
    }
    if (auto accepted = checkBatch(*batch, origin, nowMs); !accepted) {
        return std::unexpected(accepted.error());
    }
    std::string made;
    if (origin == AppendOrigin::Client) {
        batch = inTopicsCodec(*batch, *m_config, bytes, made);
    }
    if (!batch) {
        return std::unexpected(batch.error());
    }
    AppendInfo info{m_end, m_end, -1, m_start, false};
    if (batch->hasProducer() && !batch->isControl()) {
        const auto checked = m_state->producers.check(*batch);
        if (!checked) {
            return std::unexpected(checked.error());
        }
        if (checked->verdict == ProducerStateManager::Verdict::Duplicate) {
            info = {checked->original.firstOffset, checked->original.lastOffset + 1, -1, m_start, true};
            info.logAppendTimeMs =
                m_config->timestampType == TimestampType::LogAppendTime ? checked->original.timestampMs : -1;
            return info;
        }
    }
    if (m_config->timestampType == TimestampType::LogAppendTime) {
        info.logAppendTimeMs = nowMs;
    }
    // Stamped before the roll, which looks at the batch's timestamps; a refused batch is the caller's to drop.
    stampPosition(bytes, m_end, m_epoch);
    if (info.logAppendTimeMs >= 0) {
        stampLogAppendTime(bytes, nowMs);
    }
    if (auto stored = store(*batch, nowMs); !stored) {
        return storage(stored.error());
    }
    info.endOffset = m_end;
    return info;
}

Status PartitionLog::checkBatch(const BatchView& batch, AppendOrigin origin, TimestampMs nowMs) const {
    if (m_end.value() > INT64_MAX - batch.lastOffsetDelta() - 1) {
        return fail(ErrorCode::Exhausted, "The log has no offsets left.", kStorageError);
    }
    if (origin == AppendOrigin::Coordinator) {
        return {};
    }
    auto status = checkClientBatch(batch);
    if (status) {
        status = checkTimestamps(batch, nowMs);
    }
    if (status && m_config->cleanupCompact) {
        status = checkKeys(batch);
    }
    return status;
}

Status PartitionLog::store(const BatchView& batch, TimestampMs nowMs) {
    if (auto room = makeRoomFor(batch, nowMs); !room) {
        return room;
    }
    LogSegment& active = m_state->active();
    if (auto written = active.append(batch, m_config->indexIntervalBytes); !written) {
        if (written.error().code != ErrorCode::Exhausted) { // a full disk can be made free again
            broken(written.error());
        }
        return written;
    }
    auto file = active.file();
    if (!file) {
        return std::unexpected(file.error());
    }
    // The file first, then the end offset: SyncSet's invariant.
    m_syncSet.addBatch(std::move(*file), active.sizeBytes() - batch.sizeBytes(), batch.sizeBytes());
    m_end = batch.nextOffset();
    m_syncSet.publish(m_end);
    m_state->producers.stored(batch, nowMs);
    published(nowMs);
    return {};
}

void PartitionLog::published(TimestampMs nowMs) {
    if (m_config->durable()) {
        m_context.dirty(*this);
        return;
    }
    advanceHighWatermark(m_end);
    if (m_unsyncedSinceMs < 0) {
        m_unsyncedSinceMs = nowMs;
    }
    if (m_config->flushMessages && m_end - m_synced >= *m_config->flushMessages) {
        m_context.dirty(*this);
    }
}

// What is taken from segment.ms for this segment: another one for each log and segment, the same after a restart.
std::int64_t PartitionLog::jitterMs(Offset base) const {
    const auto most = std::min(m_config->segmentJitterMs, m_config->segmentMs);
    const auto hash = std::hash<std::string>{}(fmt::format("{}-{}", directoryName(m_name), base.value()));
    return most > 0 ? static_cast<std::int64_t>(hash % static_cast<std::uint64_t>(most)) : 0;
}

Status PartitionLog::makeRoomFor(const BatchView& batch, TimestampMs nowMs) {
    const LogSegment& active = m_state->active();
    if (active.sizeBytes() == 0 && m_end - active.base() + batch.lastOffsetDelta() <= INT32_MAX) {
        return {};
    }
    const auto size = static_cast<std::int64_t>(active.sizeBytes() + batch.sizeBytes());
    const auto since = active.firstTimestampMs();
    const auto now = batch.maxTimestampMs() >= 0 ? batch.maxTimestampMs() : nowMs;
    const bool full = size > m_config->segmentBytes || size > INT32_MAX;
    const bool old = since >= 0 && now > since && now - since > m_config->segmentMs - jitterMs(active.base());
    const auto indexRoom = static_cast<std::int64_t>(active.indexBytes() + TimeIndex::kEntryBytes);
    const bool indexFull = indexRoom > m_config->segmentIndexBytes;
    const bool offsetsFull = m_end - active.base() + batch.lastOffsetDelta() > INT32_MAX;
    return full || old || indexFull || offsetsFull ? rollAt(m_end) : Status{};
}

Status PartitionLog::roll() {
    if (auto ready = load(); !ready) {
        return ready;
    }
    return m_state->active().sizeBytes() == 0 ? Status{} : rollAt(m_end);
}

// With preallocate, before anything is written to it.
Status PartitionLog::reserveSpace(LogSegment& segment) const {
    const auto file = m_config->preallocate ? segment.file() : Result<std::shared_ptr<File>>(nullptr);
    return file && *file ? (*file)->reserve(static_cast<std::uint64_t>(m_config->segmentBytes)) : Status{};
}

// Nothing is synced here: the sync thread gets the old segment's indexes and the directory along with its log.
Status PartitionLog::rollAt(Offset base) {
    auto sealed = m_state->active().seal();
    if (!sealed) {
        return std::unexpected(sealed.error());
    }
    auto segment = LogSegment::create(m_context.cache, directory(), base);
    if (!segment) {
        return std::unexpected(segment.error());
    }
    auto status = reserveSpace(**segment);
    if (status && m_config->preallocate) { // what the old one did not use goes back
        if (const auto old = m_state->active().file()) {
            status = (*old)->truncate(m_state->active().sizeBytes());
        }
    }
    if (!status) {
        return status;
    }
    for (auto& file : *sealed) {
        m_syncSet.addFile(std::move(file));
    }
    m_syncSet.addDirectory(directory());
    if (m_state->active().base() == base) { // an empty segment that ran out of 32-bit offsets can't be here
        return fail(ErrorCode::Internal, "A segment was rolled onto itself.");
    }
    m_state->segments.push_back(std::move(*segment));
    m_context.dirty(*this); // also when relaxed: so recovery never reads more than the active segment
    return snapshotProducers();
}

Status PartitionLog::snapshotProducers() {
    auto& snapshots = m_state->snapshots;
    if (!snapshots.empty() && snapshots.back() == m_end) {
        return {};
    }
    const auto pathOf = [this](Offset end) { return directory() / offsetFileName(end, log_name::kSnapshot); };
    const auto path = pathOf(m_end);
    auto file = m_context.files.open(path, OpenMode::Create);
    auto written = file ? (*file)->truncate(0) : Status(std::unexpected(file.error()));
    if (written) {
        written = (*file)->writeAt(0, m_state->producers.toSnapshot());
    }
    if (!written) {
        (void)m_context.files.remove(path); // half a snapshot has no valid sum; recovery reads the batches then
        return written;
    }
    m_syncSet.addSnapshot(directory(), path, m_end);
    snapshots.push_back(m_end);
    // The newest one that is on the disk stays: it is what recovery starts from if no later one got there.
    while (snapshots.size() > 1 && snapshots[1] <= m_snapshotSynced) {
        (void)m_context.files.remove(pathOf(snapshots.front()));
        snapshots.erase(snapshots.begin());
    }
    return {};
}

} // namespace meshbone::backbone
