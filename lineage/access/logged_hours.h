// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/types.h>
#include <catalog/access_simulate.h>

#include <algorithm>
#include <map>
#include <utility>

namespace meshbone::lineage {

inline constexpr std::int64_t kLogHourMs = catalog::CountedSpan::kHourMs;
inline constexpr std::size_t kMaxLogHours = 200'000; ///< over twenty years

/// When something was in the log. What is beyond its bound was not watched, as far as it tells.
class LoggedHours {
public:
    void saw(TimestampMs timeMs) {
        const auto hour = timeMs / kLogHourMs;
        auto at = m_hours.find(hour);
        if (at == m_hours.end()) {
            if (m_hours.size() >= kMaxLogHours) {
                return;
            }
            at = m_hours.emplace(hour, std::pair(timeMs, timeMs)).first;
        }
        at->second.first = std::min(at->second.first, timeMs);
        at->second.second = std::max(at->second.second, timeMs);
    }
    [[nodiscard]] bool isEmpty() const { return m_hours.empty(); }
    void tell(catalog::EvidenceCoverage& coverage) const {
        for (const auto& [hour, span] : m_hours) {
            if (coverage.fromMs < 0) {
                coverage.fromMs = span.first;
            } else if (span.first - coverage.toMs > kLogHourMs) {
                coverage.gaps.emplace_back(coverage.toMs, span.first);
            }
            coverage.toMs = span.second;
        }
    }

private:
    std::map<std::int64_t, std::pair<TimestampMs, TimestampMs>> m_hours;
};

} // namespace meshbone::lineage
