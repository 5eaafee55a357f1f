// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "record/batch.h"

#include <span>

namespace meshbone::backbone {

/// Writes where the batch stands in its log. Outside the CRC, so the sum stays right. `batch` is a whole batch.
void stampPosition(std::span<char> batch, Offset baseOffset, LeaderEpoch leaderEpoch);

/// Makes the batch carry the broker's time (message.timestamp.type=LogAppendTime). Changes attributes and the largest
/// timestamp, both inside the CRC, so the sum is made anew.
void stampLogAppendTime(std::span<char> batch, TimestampMs nowMs);

/// Sums the batch again after its fields were changed.
void stampCrc(std::span<char> batch);

} // namespace meshbone::backbone
