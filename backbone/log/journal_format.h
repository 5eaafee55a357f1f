// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "log/file_system.h"

#include <backbone/types.h>

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace meshbone::backbone {

/// The journal's file, big-endian: a header, then groups, each from a multiple of 4096 on, so that a group that is
/// being written never touches the page of one that was acknowledged. What lies behind the last valid group is of an
/// earlier use and is told by its generation.
///
///     header   0  "MBJ1"
///              4  CRC-32C     uint32   of the rest
///              8  generation  uint64   one more each time that the file is used from its start again
///     group    0  CRC-32C     uint32   of everything behind it, entries included
///              4  body bytes  uint32   of the entries
///              8  generation  uint64   the header's
///             16  sequence    uint64   0, 1, 2, ... in a generation
///     entry    0  topic id    16 bytes
///             16  partition   int32
///             20  bytes       uint32
///             24  whole record batches as they are in the segment
namespace journal_format {
inline constexpr std::string_view kName = "meshbone-journal";
inline constexpr std::size_t kPageBytes = 4096;
inline constexpr std::size_t kHeaderBytes = 16;
inline constexpr std::size_t kGroupHeaderBytes = 24;
inline constexpr std::size_t kEntryHeaderBytes = 24;
/// A group is written at once and read at once.
inline constexpr std::size_t kMaxGroupBytes = 4U << 20;
} // namespace journal_format

/// Batches of one partition, borrowed from a JournalContent.
struct JournalEntry {
    TopicId topic;
    Partition partition{0};
    std::string_view batches;
};

/// The valid groups of a journal in their order.
struct JournalContent {
    std::uint64_t generation = 0;
    std::vector<JournalEntry> entries;
    std::deque<std::string> bodies; ///< what the entries borrow; a deque, so that they stay where they are
};

/// Reads what is valid. A file that is damaged has no entries from the damage on, for a group without its sum was never
/// acknowledged. NotFound when there is no file or it has no valid header; Io when it can't be read.
Result<JournalContent> readJournal(const File& file);

[[nodiscard]] std::string journalHeader(std::uint64_t generation);

/// Builds a group: begin(), add() and the bytes of each entry, finish(). Reused for its memory.
class JournalGroup {
public:
    void begin();
    /// Room for `sizeBytes` of batches, to be filled before the next call.
    std::span<char> add(const TopicId& topic, Partition partition, std::size_t sizeBytes);
    /// The group with its sums, padded with zeros to whole pages; valid until begin().
    [[nodiscard]] std::string_view finish(std::uint64_t generation, std::uint64_t sequence);

private:
    std::string m_bytes;
};

} // namespace meshbone::backbone
