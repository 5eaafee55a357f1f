// SPDX-License-Identifier: Apache-2.0
#include "log/journal_format.h"

#include "record/big_endian.h"
#include "record/crc32c.h"

#include <algorithm>

namespace meshbone::backbone {
namespace {

using namespace journal_format;

constexpr std::string_view kMagic = "MBJ1";
constexpr std::size_t kSummedFrom = 4; // of a group; the header has its magic first

std::size_t wholePages(std::size_t bytes) {
    return (bytes + kPageBytes - 1) / kPageBytes * kPageBytes;
}

std::unexpected<Error> noJournal() {
    return fail(ErrorCode::NotFound, "There is no journal.");
}

// The entries of a group whose sum was right; what does not fit is left out, for it can't be one of ours.
void takeEntries(std::string_view body, std::vector<JournalEntry>& into) {
    while (body.size() >= kEntryHeaderBytes) {
        JournalEntry entry;
        std::ranges::copy(body.substr(0, entry.topic.bytes.size()), entry.topic.bytes.begin());
        entry.partition = Partition(loadBigEndian<std::int32_t>(body.data() + 16));
        const auto size = loadBigEndian<std::uint32_t>(body.data() + 20);
        body.remove_prefix(kEntryHeaderBytes);
        if (size > body.size()) {
            return;
        }
        entry.batches = body.substr(0, size);
        into.push_back(entry);
        body.remove_prefix(size);
    }
}

} // namespace

std::string journalHeader(std::uint64_t generation) {
    std::string header(kPageBytes, '\0');
    std::ranges::copy(kMagic, header.begin());
    storeBigEndian(header.data() + 8, generation);
    storeBigEndian(header.data() + 4, crc32c(std::string_view(header).substr(8, kHeaderBytes - 8)));
    return header;
}

Result<JournalContent> readJournal(const File& file) {
    char head[kGroupHeaderBytes];
    auto got = file.readAt(0, {head, kHeaderBytes});
    if (!got) {
        return std::unexpected(got.error());
    }
    const std::string_view header(head, kHeaderBytes);
    if (*got < kHeaderBytes || !header.starts_with(kMagic) ||
        loadBigEndian<std::uint32_t>(head + 4) != crc32c(header.substr(8))) {
        return noJournal();
    }
    JournalContent content;
    content.generation = loadBigEndian<std::uint64_t>(head + 8);
    std::uint64_t at = kPageBytes;
    for (std::uint64_t sequence = 0;; ++sequence) {
        got = file.readAt(at, {head, kGroupHeaderBytes});
        if (!got) {
            return std::unexpected(got.error());
        }
        const auto size = *got < kGroupHeaderBytes ? 0 : loadBigEndian<std::uint32_t>(head + 4);
        if (size == 0 || size > kMaxGroupBytes || loadBigEndian<std::uint64_t>(head + 8) != content.generation ||
            loadBigEndian<std::uint64_t>(head + 16) != sequence) {
            return content;
        }
        std::string group(kGroupHeaderBytes + size, '\0');
        got = file.readAt(at, group);
        if (!got) {
            return std::unexpected(got.error());
        }
        if (*got < group.size() ||
            loadBigEndian<std::uint32_t>(group.data()) != crc32c(std::string_view(group).substr(kSummedFrom))) {
            return content; // written only in part: nobody was told that it is there
        }
        content.bodies.push_back(std::move(group));
        takeEntries(std::string_view(content.bodies.back()).substr(kGroupHeaderBytes), content.entries);
        at += wholePages(kGroupHeaderBytes + size);
    }
}

void JournalGroup::begin() {
    m_bytes.assign(kGroupHeaderBytes, '\0');
}

std::span<char> JournalGroup::add(const TopicId& topic, Partition partition, std::size_t sizeBytes) {
    const auto at = m_bytes.size();
    m_bytes.resize(at + kEntryHeaderBytes + sizeBytes);
    char* entry = m_bytes.data() + at;
    std::ranges::copy(topic.bytes, entry);
    storeBigEndian(entry + 16, partition.value());
    storeBigEndian(entry + 20, static_cast<std::uint32_t>(sizeBytes));
    return {entry + kEntryHeaderBytes, sizeBytes};
}

std::string_view JournalGroup::finish(std::uint64_t generation, std::uint64_t sequence) {
    const auto size = m_bytes.size();
    storeBigEndian(m_bytes.data() + 4, static_cast<std::uint32_t>(size - kGroupHeaderBytes));
    storeBigEndian(m_bytes.data() + 8, generation);
    storeBigEndian(m_bytes.data() + 16, sequence);
    storeBigEndian(m_bytes.data(), crc32c(std::string_view(m_bytes).substr(kSummedFrom)));
    m_bytes.resize(wholePages(size), '\0');
    return m_bytes;
}

} // namespace meshbone::backbone
