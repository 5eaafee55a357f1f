// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "log/batch_reader.h"
#include "log/file_cache.h"
#include "log/log_config.h"
#include "log/offset_index.h"
#include "log/time_index.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace meshbone::backbone {

/// A stretch of a log: <base>.log with the batches, and its two indexes. The base offset is at most the first batch's;
/// only the last segment of a log, the active one, grows. Loop thread, or one recovery or compaction thread with a
/// FileCache of its own.
class LogSegment {
public:
    /// `suffix` is put after each file's name, for example ".cleaned".
    static Result<std::unique_ptr<LogSegment>> create(FileCache& cache, const std::filesystem::path& directory,
                                                      Offset base, std::string_view suffix = {});
    /// Opens what is there. Corrupt when an index is missing or can't belong to the log: rebuild() it.
    static Result<std::unique_ptr<LogSegment>> open(FileCache& cache, const std::filesystem::path& directory,
                                                    Offset base, std::string_view suffix = {});
    /// Opens only the log file; the indexes are empty until rebuild().
    static Result<std::unique_ptr<LogSegment>> openBare(FileCache& cache, const std::filesystem::path& directory,
                                                        Offset base, std::string_view suffix = {});

    [[nodiscard]] Offset base() const { return m_base; }
    [[nodiscard]] std::uint64_t sizeBytes() const { return m_size; }
    /// The largest timestamp and the last offset of the batch that brought it; -1 when there is none.
    [[nodiscard]] const TimestampOffset& largest() const { return m_largest; }
    /// The first batch's timestamp: what segment.ms counts from. -1 in an empty segment.
    [[nodiscard]] TimestampMs firstTimestampMs() const { return m_firstTimestampMs; }
    [[nodiscard]] std::size_t indexBytes() const { return std::max(m_offsets.sizeBytes(), m_times.sizeBytes()); }

    /// Writes a stamped batch at the end. After a failure the segment is as before.
    Status append(const BatchView& batch, std::int64_t indexIntervalBytes);
    /// The position of the first batch whose last offset is >= `target`; none when all are below.
    Result<std::optional<std::uint64_t>> positionOf(Offset target);
    /// Appends whole batches that start before `maxBytes` are full and end below `limit`; one at least if `atLeastOne`.
    /// Returns the offset after the last one, none when nothing was appended; `position` moves past them.
    Result<std::optional<Offset>> read(std::uint64_t& position, std::size_t maxBytes, bool atLeastOne, Offset limit,
                                       std::string& into);
    Result<std::shared_ptr<File>> file() { return m_log.get(); }
    OffsetIndex& offsets() { return m_offsets; }
    TimeIndex& times() { return m_times; }

    /// The offset after the last batch, by a scan from the last index entry.
    Result<Offset> findEnd();
    /// No more appends: the last time entry is written and the indexes are flushed. Returns the files to sync.
    Result<std::vector<std::shared_ptr<File>>> seal();
    Status rename(const std::filesystem::path& directory, std::string_view suffix);
    /// The paths of its files as they are called now.
    [[nodiscard]] std::vector<std::filesystem::path> paths();

    // ---- recovery ----
    struct Scan {
        std::uint64_t goodBytes = 0; ///< up to here every batch is whole and has its sum
        Offset nextOffset{0};        ///< after the last good batch; the base when there is none
        std::optional<Error> damage; ///< why the scan stopped before the end of the file
    };
    /// Checks every batch from the start, makes both indexes anew, calls `seen` for each good batch. Changes the log
    /// file in no way. Fails only when the disk does.
    Result<Scan> rebuild(std::int64_t indexIntervalBytes, const std::function<void(const BatchView&)>& seen);
    /// Cuts the log file after a scan's good bytes.
    Status cut(std::uint64_t goodBytes);

private:
    LogSegment(FileCache& cache, const std::filesystem::path& directory, Offset base, std::string_view suffix);
    Status noteBatch(const BatchHeader& batch, std::uint64_t position, std::int64_t indexIntervalBytes);
    Status readFirstTimestamp();
    Result<std::size_t> wholeBatches(std::string_view bytes, Offset limit, std::size_t maxBytes, bool atLeastOne,
                                     std::optional<Offset>& next) const;

    Offset m_base;
    CachedFile m_log;
    OffsetIndex m_offsets;
    TimeIndex m_times;
    std::uint64_t m_size = 0;
    std::uint64_t m_sinceEntry = 0; // bytes after the last index entry's batch
    TimestampOffset m_largest;
    TimestampMs m_firstTimestampMs = -1;
};

} // namespace meshbone::backbone
