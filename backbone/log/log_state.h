// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "log/leader_epochs.h"
#include "log/log_segment.h"
#include "log/producer_state.h"

#include <array>
#include <memory>
#include <optional>
#include <vector>

namespace meshbone::backbone {

/// Where the last reads ended, so that a reader which goes on needs no search. A few, for a few readers.
class ReadHints {
public:
    struct Hint {
        Offset offset = kNoOffset;
        Offset segment{0}; ///< its base
        std::uint64_t position = 0;
    };
    [[nodiscard]] const Hint* find(Offset offset) const {
        for (const auto& hint : m_hints) {
            if (hint.offset == offset) {
                return &hint;
            }
        }
        return nullptr;
    }
    void put(const Hint& hint) { m_hints[m_next++ % m_hints.size()] = hint; }
    void clear() { m_hints.fill({}); }

private:
    std::array<Hint, 4> m_hints{};
    std::size_t m_next = 0;
};

/// What a PartitionLog holds once its files are open. Segments in the order of their bases; the last one is active.
struct LogState {
    std::vector<std::unique_ptr<LogSegment>> segments;
    ProducerStateManager producers;
    LeaderEpochCheckpoint epochs;
    ReadHints hints;
    std::vector<Offset> snapshots; ///< the end offsets of the producer snapshots in the directory, oldest first
    bool compacting = false;       ///< a compaction works on the rolled segments

    [[nodiscard]] LogSegment& active() const { return *segments.back(); }
    /// The segment that `offset` belongs to by its base; the first one when it lies before all.
    [[nodiscard]] std::size_t segmentOf(Offset offset) const {
        std::size_t low = 0;
        std::size_t high = segments.size();
        while (high - low > 1) { // base of `low` <= offset, where that is so at all
            const std::size_t middle = low + (high - low) / 2;
            (segments[middle]->base() <= offset ? low : high) = middle;
        }
        return low;
    }
};

} // namespace meshbone::backbone
