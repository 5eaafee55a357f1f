// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access/posix_rule.h"

#include <string_view>
#include <vector>

namespace meshbone::lineage {

inline constexpr std::size_t kMaxZoneFile = 1 << 20;

/// A zone's offsets from UTC over time, as a zone file has them (TZif, RFC 8536). Immutable.
class ZoneRules {
public:
    /// Nothing for what isn't such a file. What it holds can't crash or stall it.
    static std::optional<ZoneRules> parse(std::string_view file);

    /// Seconds to add to UTC then.
    [[nodiscard]] std::int64_t offsetAt(std::int64_t utcSeconds) const;

private:
    struct Change {
        std::int64_t atSeconds = 0, offset = 0;
    };
    std::vector<Change> m_changes;   ///< ascending
    std::int64_t m_first = 0;        ///< before all of them
    std::optional<PosixRule> m_rule; ///< after all of them; none: as after the last
};

} // namespace meshbone::lineage
