// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "capture/tuple_table.h"

#include <lineage/lineage.h>

#include <mutex>

namespace meshbone::lineage {

/// The observer that Capture::create() makes. observed() runs on the broker's loop thread, drain() on "mb-lineage"; the
/// mutex is held for one table look-up or for a swap of two pointers, never longer.
class BrokerCapture final : public Capture, private backbone::BrokerObserver {
public:
    backbone::BrokerObserver& observer() override { return *this; }

    /// What was seen since the last call; the table is empty afterwards.
    TupleTable drain();

private:
    void observed(const backbone::Observation& observation) override;

    std::mutex m_mutex;
    TupleTable m_table; // guarded by m_mutex
};

/// Now, in milliseconds since the epoch.
TimestampMs wallClockMs();

} // namespace meshbone::lineage
