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

/// Looks offsets up by time; -1 latest, -2 earliest, -3 the largest timestamp (version 7, KIP-734), -4 earliest local
/// (8), -5 latest tiered (9).
struct ListOffsetsRequest {
    static constexpr ApiKey kKey = ApiKey::ListOffsets;
    static constexpr bool kIsRequest = true;
    static constexpr const char* kName = "ListOffsetsRequest";
    static constexpr Versions kVersions{1, 10};
    static constexpr Version kFlexibleFrom = 6;

    struct ListOffsetsPartition {
        Partition partitionIndex;
        LeaderEpoch currentLeaderEpoch{-1};
        TimestampMs timestamp = 0;

        template <class V>
        static void describe(V& v) {
            v("partitionIndex", &ListOffsetsPartition::partitionIndex);
            v("currentLeaderEpoch", &ListOffsetsPartition::currentLeaderEpoch, since(4));
            v("timestamp", &ListOffsetsPartition::timestamp);
        }
    };

    struct ListOffsetsTopic {
        std::string_view name;
        std::vector<ListOffsetsPartition> partitions;

        template <class V>
        static void describe(V& v) {
            v("name", &ListOffsetsTopic::name);
            v("partitions", &ListOffsetsTopic::partitions);
        }
    };

    std::int32_t replicaId = 0;
    std::int8_t isolationLevel = 0;
    std::vector<ListOffsetsTopic> topics;
    std::int32_t timeoutMs = 0;

    template <class V>
    static void describe(V& v) {
        v("replicaId", &ListOffsetsRequest::replicaId);
        v("isolationLevel", &ListOffsetsRequest::isolationLevel, since(2));
        v("topics", &ListOffsetsRequest::topics);
        v("timeoutMs", &ListOffsetsRequest::timeoutMs, since(10));
    }
};

/// An offset per partition; -1 where there is no such record.
struct ListOffsetsResponse {
    static constexpr ApiKey kKey = ApiKey::ListOffsets;
    static constexpr bool kIsRequest = false;
    static constexpr const char* kName = "ListOffsetsResponse";
    static constexpr Versions kVersions{1, 10};
    static constexpr Version kFlexibleFrom = 6;

    struct ListOffsetsPartitionResponse {
        Partition partitionIndex;
        KafkaCode errorCode = KafkaCode::None;
        TimestampMs timestamp = -1;
        Offset offset{-1};
        LeaderEpoch leaderEpoch{-1};

        template <class V>
        static void describe(V& v) {
            v("partitionIndex", &ListOffsetsPartitionResponse::partitionIndex);
            v("errorCode", &ListOffsetsPartitionResponse::errorCode);
            v("timestamp", &ListOffsetsPartitionResponse::timestamp);
            v("offset", &ListOffsetsPartitionResponse::offset);
            v("leaderEpoch", &ListOffsetsPartitionResponse::leaderEpoch, since(4));
        }
    };

    struct ListOffsetsTopicResponse {
        std::string name;
        std::vector<ListOffsetsPartitionResponse> partitions;

        template <class V>
        static void describe(V& v) {
            v("name", &ListOffsetsTopicResponse::name);
            v("partitions", &ListOffsetsTopicResponse::partitions);
        }
    };

    std::int32_t throttleTimeMs = 0;
    std::vector<ListOffsetsTopicResponse> topics;

    template <class V>
    static void describe(V& v) {
        v("throttleTimeMs", &ListOffsetsResponse::throttleTimeMs, since(2));
        v("topics", &ListOffsetsResponse::topics);
    }
};

} // namespace meshbone::backbone::wire
