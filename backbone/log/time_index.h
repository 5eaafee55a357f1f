// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "log/entry_file.h"

#include <backbone/types.h>

#include <optional>

namespace meshbone::backbone {

struct TimestampOffset {
    TimestampMs timestampMs = -1; ///< the largest timestamp so far
    Offset offset{0};             ///< the last offset of the batch that brought it
    friend bool operator==(const TimestampOffset&, const TimestampOffset&) = default;
};

/// <base offset>.timeindex, Kafka's format: int64 largest timestamp so far, int32 offset - base offset of the batch
/// that brought it. Invariant: every record up to an entry's offset has a timestamp <= the entry's, and timestamps
/// grow strictly, so that the search is right however disordered the records' own timestamps are. Loop thread.
class TimeIndex {
public:
    static constexpr std::size_t kEntryBytes = 12;
    TimeIndex(FileCache& cache, std::filesystem::path path, Offset base)
        : m_entries(cache, std::move(path), kEntryBytes)
        , m_base(base) {}

    Status create() {
        m_last.reset();
        return m_entries.create();
    }
    /// Takes over the file; Corrupt or NotFound means "rebuild it".
    Status load();
    /// Does nothing when the timestamp isn't above the last entry's.
    Status append(TimestampOffset entry);
    /// The last entry with a timestamp < `timestampMs`: no record before its offset can be what is looked for.
    Result<std::optional<TimestampOffset>> before(TimestampMs timestampMs);
    /// The last entry whose offset is < `offset`; searched from the end, where it nearly always is.
    Result<std::optional<TimestampOffset>> lastBelow(Offset offset);
    [[nodiscard]] const std::optional<TimestampOffset>& last() const { return m_last; }
    [[nodiscard]] std::size_t sizeBytes() const { return m_entries.count() * kEntryBytes; }
    EntryFile& entries() { return m_entries; }

private:
    Result<TimestampOffset> at(std::size_t index);

    EntryFile m_entries;
    Offset m_base;
    std::optional<TimestampOffset> m_last;
};

} // namespace meshbone::backbone
