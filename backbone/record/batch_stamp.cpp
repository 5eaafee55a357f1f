// SPDX-License-Identifier: Apache-2.0
#include "record/batch_stamp.h"

#include "record/crc32c.h"

namespace meshbone::backbone {

void stampPosition(std::span<char> batch, Offset baseOffset, LeaderEpoch leaderEpoch) {
    storeBigEndian<std::int64_t>(batch.data() + batch_field::kBaseOffset, baseOffset.value());
    storeBigEndian<std::int32_t>(batch.data() + batch_field::kLeaderEpoch, leaderEpoch.value());
}

void stampLogAppendTime(std::span<char> batch, TimestampMs nowMs) {
    const auto attributes = loadBigEndian<std::int16_t>(batch.data() + batch_field::kAttributes);
    storeBigEndian<std::int16_t>(batch.data() + batch_field::kAttributes,
                                 static_cast<std::int16_t>(attributes | batch_attribute::kLogAppendTime));
    storeBigEndian<std::int64_t>(batch.data() + batch_field::kMaxTimestamp, nowMs);
    stampCrc(batch);
}

void stampCrc(std::span<char> batch) {
    const std::string_view summed(batch.data() + batch_field::kAttributes, batch.size() - batch_field::kAttributes);
    storeBigEndian<std::uint32_t>(batch.data() + batch_field::kCrc, crc32c(summed));
}

} // namespace meshbone::backbone
