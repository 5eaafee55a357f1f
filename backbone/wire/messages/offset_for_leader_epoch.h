// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/api_key.h"
#include "wire/error_code.h"
#include "wire/field.h"

#include <backbone/types.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace meshbone::backbone::wire {

/// Asks where leader epochs end, for truncation checks (KIP-101, KIP-320).
struct OffsetForLeaderEpochRequest {
    static constexpr ApiKey kKey = ApiKey::OffsetForLeaderEpoch;
    static constexpr bool kIsRequest = true;
    static constexpr const char* kName = "OffsetForLeaderEpochRequest";
    static constexpr Versions kVersions{2, 4};
    static constexpr Version kFlexibleFrom = 4;

    struct OffsetForLeaderPartition {
        Partition partition;
        LeaderEpoch currentLeaderEpoch{-1};
        LeaderEpoch leaderEpoch;

        template <class V>
        static void describe(V& v) {
            v("partition", &OffsetForLeaderPartition::partition);
            v("currentLeaderEpoch", &OffsetForLeaderPartition::currentLeaderEpoch);
            v("leaderEpoch", &OffsetForLeaderPartition::leaderEpoch);
        }
    };

    struct OffsetForLeaderTopic {
        std::string_view topic;
        std::vector<OffsetForLeaderPartition> partitions;

        template <class V>
        static void describe(V& v) {
            v("topic", &OffsetForLeaderTopic::topic);
            v("partitions", &OffsetForLeaderTopic::partitions);
        }
    };

    std::int32_t replicaId = -2;
    std::vector<OffsetForLeaderTopic> topics;

    template <class V>
    static void describe(V& v) {
        v("replicaId", &OffsetForLeaderEpochRequest::replicaId, since(3));
        v("topics", &OffsetForLeaderEpochRequest::topics);
    }
};

/// The largest epoch not above the one asked for, and its end offset.
struct OffsetForLeaderEpochResponse {
    static constexpr ApiKey kKey = ApiKey::OffsetForLeaderEpoch;
    static constexpr bool kIsRequest = false;
    static constexpr const char* kName = "OffsetForLeaderEpochResponse";
    static constexpr Versions kVersions{2, 4};
    static constexpr Version kFlexibleFrom = 4;

    struct EpochEndOffset {
        KafkaCode errorCode = KafkaCode::None;
        Partition partition;
        LeaderEpoch leaderEpoch{-1};
        Offset endOffset{-1};

        template <class V>
        static void describe(V& v) {
            v("errorCode", &EpochEndOffset::errorCode);
            v("partition", &EpochEndOffset::partition);
            v("leaderEpoch", &EpochEndOffset::leaderEpoch);
            v("endOffset", &EpochEndOffset::endOffset);
        }
    };

    struct OffsetForLeaderTopicResult {
        std::string topic;
        std::vector<EpochEndOffset> partitions;

        template <class V>
        static void describe(V& v) {
            v("topic", &OffsetForLeaderTopicResult::topic);
            v("partitions", &OffsetForLeaderTopicResult::partitions);
        }
    };

    std::int32_t throttleTimeMs = 0;
    std::vector<OffsetForLeaderTopicResult> topics;

    template <class V>
    static void describe(V& v) {
        v("throttleTimeMs", &OffsetForLeaderEpochResponse::throttleTimeMs);
        v("topics", &OffsetForLeaderEpochResponse::topics);
    }
};

} // namespace meshbone::backbone::wire
