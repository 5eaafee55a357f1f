// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "log/log_config.h"
#include "log/sync_queue.h"
#include "record/batch.h"

#include <backbone/error.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace meshbone::backbone {

struct CompactedGroup;
struct CompactionPlan;
struct LogContext;
struct LogState;
class LogSegment;

/// Who made a batch: a client's is checked in full, a coordinator's (group offsets, markers) is trusted.
enum class AppendOrigin : std::uint8_t { Client, Coordinator };

struct AppendInfo {
    Offset baseOffset{0};
    Offset endOffset{0};              ///< what the high watermark must reach before acks=all may be answered
    TimestampMs logAppendTimeMs = -1; ///< -1 with CreateTime, as the Produce answer has it
    Offset logStartOffset{0};
    bool duplicate = false; ///< the producer's retry of a batch that is there already: offsets are its own
};

struct ReadInfo {
    Offset nextOffset{0};      ///< where the next read goes on; the offset asked for when nothing was there
    std::size_t sizeBytes = 0; ///< appended to the buffer, whole batches only
};

struct TimestampedOffset {
    Offset offset{0};
    TimestampMs timestampMs = -1;
    LeaderEpoch leaderEpoch{0};
};

/// The answer of OffsetForLeaderEpoch: the largest known epoch <= the one asked for, and where it ended.
struct EpochEnd {
    LeaderEpoch epoch{-1};
    Offset endOffset = kNoOffset;
};

/// One partition's log: segments in a directory, batches stored as they came. Made and owned by LogDirectory.
///
/// Threads: everything here belongs to the loop thread, but for the part that SyncQueue names. The files are opened
/// when something first needs them; until then it holds only its offsets, about 1 KB.
///
/// Invariants: logStartOffset <= highWatermark <= logEndOffset; offsets only grow; a batch is in the file before the
/// end offset shows it; with a durable configuration the high watermark never passes what is synced.
class PartitionLog final : public SyncSource {
public:
    /// Where a log stands when it is not opened yet: from the clean shutdown's checkpoint, or from recovery.
    struct Position {
        Offset start{0};
        Offset end{0};
        Offset synced{0}; ///< below this everything is on the disk
        LeaderEpoch epoch{0};
    };
    PartitionLog(LogContext& context, TopicPartition name, TopicId id, std::shared_ptr<const LogConfig> config,
                 Position position);
    ~PartitionLog() override;

    [[nodiscard]] const TopicPartition& name() const { return m_name; }
    [[nodiscard]] const TopicId& topicId() const { return m_id; }
    [[nodiscard]] const LogConfig& config() const { return *m_config; }
    void setConfig(std::shared_ptr<const LogConfig> config);
    [[nodiscard]] Offset logStartOffset() const { return m_start; }
    [[nodiscard]] Offset highWatermark() const { return m_highWatermark; }
    [[nodiscard]] Offset logEndOffset() const { return m_end; }
    /// Below it everything is on the disk, be it in the journal.
    [[nodiscard]] Offset syncedOffset() const { return m_synced; }
    /// Below it everything is on the disk in the log's own files: what recovery may rely on.
    [[nodiscard]] Offset recoveryPoint() const { return m_recoveryPoint; }
    [[nodiscard]] LeaderEpoch leaderEpoch() const { return m_epoch; }
    /// Why the log takes nothing any more: a sync failed, or its files are damaged. Sticky until a restart.
    [[nodiscard]] const std::optional<Error>& failure() const { return m_failure; }

    /// Checks a batch, stamps it in place and writes it at the end. `batch` is exactly one record batch. With a
    /// durable configuration it also joins the turn's dirty list: hand that over with LogDirectory::endTurn(), and
    /// answer acks=all when highWatermark() >= endOffset. Errors carry the protocol's code: CORRUPT_MESSAGE,
    /// INVALID_RECORD, MESSAGE_TOO_LARGE, OUT_OF_ORDER_SEQUENCE_NUMBER, INVALID_PRODUCER_EPOCH, INVALID_TIMESTAMP,
    /// KAFKA_STORAGE_ERROR (disk full, failed). A refused batch leaves no trace.
    Result<AppendInfo> append(std::span<char> batch, AppendOrigin origin, TimestampMs nowMs);

    /// Appends whole batches to `into`, from the one that contains `from`, up to the high watermark and about
    /// `maxBytes`; the first batch comes even if it is larger when `atLeastOne`. Nothing at or past the high watermark
    /// is not an error. OFFSET_OUT_OF_RANGE below the start or past the end.
    Result<ReadInfo> read(Offset from, std::size_t maxBytes, bool atLeastOne, std::string& into);

    /// The first record below the high watermark whose timestamp is >= `timestampMs`, also where timestamps are out of
    /// order; none when there is no such record.
    Result<std::optional<TimestampedOffset>> firstAtOrAfter(TimestampMs timestampMs);
    /// The first of the records with the largest timestamp below the high watermark (ListOffsets -3).
    Result<std::optional<TimestampedOffset>> maxTimestamp();
    Result<EpochEnd> endOfEpoch(LeaderEpoch epoch);

    /// DeleteRecords: moves the log start (kNoOffset: to the high watermark) and drops the segments before it. Returns
    /// the new start. OFFSET_OUT_OF_RANGE above the high watermark.
    Result<Offset> deleteRecordsBefore(Offset offset);
    /// Drops segments that retention.ms, retention.bytes or the log start leave behind. Returns how many went.
    Result<int> applyRetention(TimestampMs nowMs);
    /// False: applyRetention() would find nothing, and need not open the files for it.
    [[nodiscard]] bool wantsRetention() const { return m_dropWaits || m_end != m_start; }
    /// A compaction that is worth doing now (min.cleanable.dirty.ratio, min. and max.compaction.lag.ms), with its
    /// snapshot; none when there isn't one or one is running. finishCompaction() must follow.
    Result<std::unique_ptr<CompactionPlan>> planCompaction(TimestampMs nowMs, std::size_t memoryBytes);
    /// Puts a compacted group in the place of its segments: a few renames.
    Status swapIn(const CompactedGroup& group);
    /// The compaction is over; up to `cleanedTo` when it came to its end.
    void finishCompaction(std::optional<Offset> cleanedTo);
    [[nodiscard]] Offset cleanedTo() const { return m_cleanedTo; }
    /// Closes the files of a log that nobody uses: it is as before its first use.
    void closeIfIdle();
    [[nodiscard]] bool isOpen() const { return m_state != nullptr; }
    /// Starts a new segment, if the active one has records. Compaction touches only what is rolled.
    Status roll();
    /// Bytes of all segments (DescribeLogDirs).
    Result<std::uint64_t> sizeBytes();

    /// For relaxed logs: joins the dirty list when flush.ms has passed since the first unsynced record.
    void flushIfDue(TimestampMs nowMs);
    /// Before a clean shutdown: everything written, indexes flushed, producer snapshot. What of it isn't on the disk
    /// yet is left for the next sync, see hasUnsynced().
    Status seal();
    [[nodiscard]] bool hasUnsynced() const { return !m_syncSet.empty(); }

    // ---- SyncSource: called by the sync thread ----
    SyncSet::Taken takeUnsynced() override { return m_syncSet.take(); }
    [[nodiscard]] std::pair<TopicId, Partition> identity() const override { return {m_id, m_name.partition}; }
    /// Syncs what is unsynced here and now, for who can't wait for the sync thread. Blocks.
    SyncPoint sync();
    // ---- called on the loop with what the sync found; true when the high watermark moved ----
    bool applySync(const SyncPoint& point);

private:
    friend class LogDirectory;

    Status load();
    Status openFiles();
    void adoptUnsynced(const std::vector<std::filesystem::path>& paths);
    Status checkBatch(const BatchView& batch, AppendOrigin origin, TimestampMs nowMs) const;
    Status checkTimestamps(const BatchView& batch, TimestampMs nowMs) const;
    Status checkKeys(const BatchView& batch) const;
    Status store(const BatchView& batch, TimestampMs nowMs);
    Status makeRoomFor(const BatchView& batch, TimestampMs nowMs);
    void published(TimestampMs nowMs);
    void advanceHighWatermark(Offset to);
    Status rollAt(Offset base);
    [[nodiscard]] std::int64_t jitterMs(Offset base) const;
    Status reserveSpace(LogSegment& segment) const;
    Status snapshotProducers();
    [[nodiscard]] std::size_t expiredSegments(TimestampMs nowMs) const;
    Result<std::size_t> droppableSegments(std::size_t count);
    Status dropSegments(std::size_t count);
    Status retire(LogSegment& segment, std::vector<std::filesystem::path>& doomed);
    void removeLater(std::vector<std::filesystem::path> doomed);
    [[nodiscard]] std::size_t compactableSegments(TimestampMs nowMs) const;
    void broken(Error error);
    [[nodiscard]] std::filesystem::path directory() const;

    LogContext& m_context;
    const TopicPartition m_name; // the sync thread reads it
    const TopicId m_id;          // and this
    std::shared_ptr<const LogConfig> m_config;
    Offset m_start;
    Offset m_highWatermark;
    Offset m_end;
    Offset m_synced;
    Offset m_recoveryPoint;              // <= m_synced
    Offset m_snapshotSynced = kNoOffset; // the newest producer snapshot that is known to be on the disk
    bool m_dropWaits = true;             // segments before the start may be there: they wait, or nobody looked yet
    LeaderEpoch m_epoch;
    Offset m_cleanedTo{0};             // cleaner point: below it each key stands once
    std::unique_ptr<LogState> m_state; // null until something needs the files
    std::optional<Error> m_failure;
    TimestampMs m_unsyncedSinceMs = -1; // relaxed logs: when the oldest unsynced record came
    SyncSet m_syncSet;                  // has its own lock
};

} // namespace meshbone::backbone
