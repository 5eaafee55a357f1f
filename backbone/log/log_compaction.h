// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "log/file_system.h"
#include "log/log_config.h"
#include "log/offset_map.h"
#include "record/batch.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <unordered_map>
#include <vector>

namespace meshbone::backbone {

class LogSegment;
struct BatchMeta;
struct BatchRecord;

/// A rolled segment, as compaction reads it: its bytes don't change any more.
struct CompactionSource {
    Offset base{0};
    std::uint64_t sizeBytes = 0;
    std::shared_ptr<File> file;
};

/// A snapshot of what one compaction needs, taken on the loop.
struct CompactionPlan {
    std::filesystem::path directory;
    std::vector<CompactionSource> sources; ///< all rolled segments that may be compacted, from the log's first on
    Offset firstDirty{0};                  ///< below this every key stands only once already
    Offset end{0};                         ///< where the first segment after them begins
    LogConfig config;
    TimestampMs nowMs = 0;
    std::size_t memoryBytes = 0;
    std::unordered_map<std::int64_t, Offset> lastBatches; ///< the last offset of each producer's last batch: kept
};

/// Segments that one compacted segment replaces. Its files are complete and synced under the suffix .swap.
struct CompactedGroup {
    Offset base{0};
    std::vector<Offset> replaced; ///< bases, ascending
    bool empty = false;           ///< nothing was left: there are no files
};

/// One compaction of one log, off the loop, in bounded steps: read one segment's keys, or rewrite one group of
/// segments. Keeps the latest record of each key, offsets, timestamps and headers; a tombstone stays until
/// delete.retention.ms after the compaction that first saw it (KIP-534: the batch carries that time). One thread at a
/// time.
///
/// Crash-safe as Kafka's: a group is written under .cleaned, synced, renamed to .swap (the directory synced), and only
/// then takes the segments' place. Recovery drops a .cleaned and finishes a .swap.
class LogCompaction {
public:
    LogCompaction(FileSystem& files, CompactionPlan plan);
    ~LogCompaction();

    /// Does one step; true while there are more. After a step a group may be ready: take it.
    Result<bool> step(const std::stop_token& stop);
    std::optional<CompactedGroup> takeGroup();
    /// When done: below this each key stands only once. Less than asked for when the memory did not reach.
    [[nodiscard]] Offset cleanedTo() const { return m_cleanedTo; }

private:
    Status mapSegment(const CompactionSource& source, const std::stop_token& stop);
    Result<bool> mapBatch(const BatchView& batch);
    Status rewriteGroup(std::size_t first, std::size_t last, const std::stop_token& stop);
    Status rewriteSegment(const CompactionSource& source, LogSegment& to, const std::stop_token& stop);
    Result<std::optional<std::string>> rewriteBatch(const BatchView& batch);
    static Result<std::optional<std::string>> rebuild(const BatchView& batch, const BatchMeta& meta,
                                                      std::move_only_function<bool(Offset)> isKept);
    Status publish(LogSegment& cleaned);
    [[nodiscard]] bool keeps(const BatchHeader& batch, const BatchRecord& record) const;
    [[nodiscard]] std::size_t endOfGroup(std::size_t first) const;

    FileSystem& m_files;
    CompactionPlan m_plan;
    OffsetMap m_map;
    bool m_mapFull = false;
    Offset m_cleanedTo;
    std::size_t m_mapped = 0;    // sources whose keys are in the map, or that need not be
    std::size_t m_rewritten = 0; // sources that are done
    std::optional<CompactedGroup> m_group;
};

} // namespace meshbone::backbone
