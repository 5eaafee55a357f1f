// SPDX-License-Identifier: Apache-2.0
#include "log/time_index.h"

#include "record/big_endian.h"

#include <fmt/format.h>

namespace meshbone::backbone {

Status TimeIndex::load() {
    if (auto loaded = m_entries.load(); !loaded) {
        return loaded;
    }
    m_last.reset();
    const auto damaged = [this] {
        return fail(ErrorCode::Corrupt, fmt::format("The index '{}' is not in order.", m_entries.path().string()));
    };
    if (m_entries.count() == 0) {
        return {};
    }
    const auto last = at(m_entries.count() - 1);
    if (!last || last->offset < m_base) {
        return damaged();
    }
    if (m_entries.count() > 1) {
        const auto before = at(m_entries.count() - 2);
        if (!before || before->timestampMs >= last->timestampMs || before->offset > last->offset) {
            return damaged();
        }
    }
    m_last = *last;
    return {};
}

Status TimeIndex::append(TimestampOffset entry) {
    if (entry.timestampMs < 0 || (m_last && entry.timestampMs <= m_last->timestampMs)) {
        return {};
    }
    char bytes[kEntryBytes];
    storeBigEndian(bytes, entry.timestampMs);
    storeBigEndian(bytes + 8, static_cast<std::int32_t>(entry.offset - m_base));
    m_last = entry;
    return m_entries.append({bytes, kEntryBytes});
}

Result<TimestampOffset> TimeIndex::at(std::size_t index) {
    const auto entry = m_entries.at(index);
    if (!entry) {
        return std::unexpected(entry.error());
    }
    return TimestampOffset{loadBigEndian<std::int64_t>(entry->data()),
                           m_base + loadBigEndian<std::int32_t>(entry->data() + 8)};
}

Result<std::optional<TimestampOffset>> TimeIndex::before(TimestampMs timestampMs) {
    std::size_t low = 0;
    std::size_t high = m_entries.count();
    std::optional<TimestampOffset> best;
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        auto entry = at(middle);
        if (!entry) {
            return std::unexpected(entry.error());
        }
        if (entry->timestampMs < timestampMs) {
            best = *entry;
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return best;
}

Result<std::optional<TimestampOffset>> TimeIndex::lastBelow(Offset offset) {
    for (std::size_t i = m_entries.count(); i-- > 0;) {
        auto entry = at(i);
        if (!entry) {
            return std::unexpected(entry.error());
        }
        if (entry->offset < offset) {
            return *entry;
        }
    }
    return std::nullopt;
}

} // namespace meshbone::backbone
