// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>
#include <backbone/types.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace meshbone::backbone {

struct EpochStart {
    LeaderEpoch epoch{0};
    Offset start{0}; ///< the first offset of the epoch
    friend bool operator==(const EpochStart&, const EpochStart&) = default;
};

/// leader-epoch-checkpoint of a partition: which epoch began at which offset. A single broker starts a new epoch only
/// when recovery cut records away, so that clients which saw them notice. Epochs and starts only grow. Value type.
///
/// The file is Kafka's: "0", the number of lines, then "<epoch> <start offset>" each.
class LeaderEpochCheckpoint {
public:
    [[nodiscard]] const std::vector<EpochStart>& entries() const { return m_entries; }
    [[nodiscard]] LeaderEpoch latest() const { return m_entries.empty() ? LeaderEpoch(0) : m_entries.back().epoch; }
    /// Begins an epoch; does nothing unless it is above the latest. Entries that begin at or after `start` go.
    void begin(LeaderEpoch epoch, Offset start);
    /// The largest epoch <= `epoch` and where the next one began, `end` for the latest. None when there is none so low.
    [[nodiscard]] std::optional<std::pair<LeaderEpoch, Offset>> endOf(LeaderEpoch epoch, Offset end) const;
    /// The epoch that `offset` was written in.
    [[nodiscard]] LeaderEpoch at(Offset offset) const;

    [[nodiscard]] std::string toText() const;
    static Result<LeaderEpochCheckpoint> fromText(std::string_view text);

private:
    std::vector<EpochStart> m_entries;
};

} // namespace meshbone::backbone
