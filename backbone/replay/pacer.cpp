// SPDX-License-Identifier: Apache-2.0
#include "replay/pacer.h"

#include <algorithm>

namespace meshbone::backbone {

Pacer::Clock::time_point Pacer::due(TimestampMs timestampMs) {
    double seconds = 0;
    if (m_pace.kind == Pace::Kind::RecordsPerSecond) {
        seconds = static_cast<double>(m_count++) / m_pace.value;
    } else if (byTime()) {
        if (m_firstMs < 0) {
            m_firstMs = timestampMs;
        }
        m_latestMs = std::max(m_latestMs, timestampMs);
        const double factor = m_pace.kind == Pace::Kind::Factor ? m_pace.value : 1.0;
        seconds = static_cast<double>(m_latestMs - m_firstMs) / 1000.0 / factor;
    }
    return m_startedAt + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
}

} // namespace meshbone::backbone
