// SPDX-License-Identifier: Apache-2.0
#include "capture/capture.h"

#include <chrono>
#include <utility>

namespace meshbone::lineage {

TimestampMs wallClockMs() {
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

std::unique_ptr<Capture> Capture::create() {
    return std::make_unique<BrokerCapture>();
}

TupleTable BrokerCapture::drain() {
    TupleTable fresh;
    const std::lock_guard lock(m_mutex);
    std::swap(fresh, m_table);
    return fresh;
}

void BrokerCapture::observed(const backbone::Observation& observation) {
    if (observation.client == nullptr) {
        return;
    }
    const auto nowMs = wallClockMs();
    const std::lock_guard lock(m_mutex);
    m_table.add(observation, nowMs);
}

} // namespace meshbone::lineage
