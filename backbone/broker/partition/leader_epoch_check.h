// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/kafka_errors.h"
#include "log/partition_log.h"

namespace meshbone::backbone::broker {

/// Whether the epoch that a client believes in is the partition's (KIP-320); -1 means that it doesn't say.
inline KafkaCode checkLeaderEpoch(const PartitionLog& log, LeaderEpoch believed) {
    if (believed.value() < 0 || believed == log.leaderEpoch()) {
        return KafkaCode::None;
    }
    return believed < log.leaderEpoch() ? KafkaCode::FencedLeaderEpoch : KafkaCode::UnknownLeaderEpoch;
}

} // namespace meshbone::backbone::broker
