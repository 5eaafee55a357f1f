// SPDX-License-Identifier: Apache-2.0
#include "log/offset_index.h"

#include "record/big_endian.h"

#include <fmt/format.h>

namespace meshbone::backbone {

Status OffsetIndex::load(std::uint64_t logSizeBytes) {
    if (auto loaded = m_entries.load(); !loaded) {
        return loaded;
    }
    const auto lastEntry = last();
    if (!lastEntry) {
        return std::unexpected(lastEntry.error());
    }
    if (!*lastEntry) {
        return {};
    }
    // A tail of zeros, which a power cut can leave, has no growing last entry.
    if ((*lastEntry)->position >= logSizeBytes || (*lastEntry)->offset < m_base) {
        return fail(ErrorCode::Corrupt, fmt::format("The index '{}' points past its log.", m_entries.path().string()));
    }
    if (m_entries.count() > 1) {
        const auto before = at(m_entries.count() - 2);
        if (!before || before->offset >= (*lastEntry)->offset || before->position >= (*lastEntry)->position) {
            return fail(ErrorCode::Corrupt, fmt::format("The index '{}' is not in order.", m_entries.path().string()));
        }
    }
    return {};
}

Status OffsetIndex::append(OffsetPosition entry) {
    char bytes[kEntryBytes];
    storeBigEndian(bytes, static_cast<std::int32_t>(entry.offset - m_base));
    storeBigEndian(bytes + 4, static_cast<std::int32_t>(entry.position));
    return m_entries.append({bytes, kEntryBytes});
}

Result<OffsetPosition> OffsetIndex::at(std::size_t index) {
    const auto entry = m_entries.at(index);
    if (!entry) {
        return std::unexpected(entry.error());
    }
    return OffsetPosition{m_base + loadBigEndian<std::int32_t>(entry->data()),
                          loadBigEndian<std::uint32_t>(entry->data() + 4)};
}

Result<std::optional<OffsetPosition>> OffsetIndex::last() {
    if (m_entries.count() == 0) {
        return std::nullopt;
    }
    auto entry = at(m_entries.count() - 1);
    if (!entry) {
        return std::unexpected(entry.error());
    }
    return *entry;
}

Result<std::optional<OffsetPosition>> OffsetIndex::lookup(Offset target) {
    std::size_t low = 0;
    std::size_t high = m_entries.count();
    std::optional<OffsetPosition> best;
    while (low < high) { // entries before `low` are <= target, those from `high` on are above it
        const std::size_t middle = low + (high - low) / 2;
        auto entry = at(middle);
        if (!entry) {
            return std::unexpected(entry.error());
        }
        if (entry->offset <= target) {
            best = *entry;
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return best;
}

} // namespace meshbone::backbone
