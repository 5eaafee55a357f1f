// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "log/entry_file.h"

#include <backbone/types.h>

#include <optional>

namespace meshbone::backbone {

struct OffsetPosition {
    Offset offset{0};           ///< the last offset of a batch
    std::uint64_t position = 0; ///< where that batch starts in the segment
};

/// <base offset>.index: about one entry per index.interval.bytes of log, Kafka's format: int32 offset - base offset,
/// int32 position, both growing. Loop thread.
class OffsetIndex {
public:
    static constexpr std::size_t kEntryBytes = 8;
    OffsetIndex(FileCache& cache, std::filesystem::path path, Offset base)
        : m_entries(cache, std::move(path), kEntryBytes)
        , m_base(base) {}

    Status create() { return m_entries.create(); }
    /// Takes over the file and checks that it can belong to a log of that size: Corrupt or NotFound means "rebuild it".
    Status load(std::uint64_t logSizeBytes);
    Status append(OffsetPosition entry);
    /// The last entry whose offset is <= `target`; none when the scan must start at the segment's start.
    Result<std::optional<OffsetPosition>> lookup(Offset target);
    Result<std::optional<OffsetPosition>> last();
    [[nodiscard]] std::size_t sizeBytes() const { return m_entries.count() * kEntryBytes; }
    EntryFile& entries() { return m_entries; }

private:
    Result<OffsetPosition> at(std::size_t index);

    EntryFile m_entries;
    Offset m_base;
};

} // namespace meshbone::backbone
