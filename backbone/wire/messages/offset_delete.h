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

/// Deletes committed offsets of topics that the group is not subscribed to (KIP-496).
struct OffsetDeleteRequest {
    static constexpr ApiKey kKey = ApiKey::OffsetDelete;
    static constexpr bool kIsRequest = true;
    static constexpr const char* kName = "OffsetDeleteRequest";
    static constexpr Versions kVersions{0, 0};
    static constexpr Version kFlexibleFrom = kNever;

    struct OffsetDeleteRequestPartition {
        Partition partitionIndex;

        template <class V>
        static void describe(V& v) {
            v("partitionIndex", &OffsetDeleteRequestPartition::partitionIndex);
        }
    };

    struct OffsetDeleteRequestTopic {
        std::string_view name;
        std::vector<OffsetDeleteRequestPartition> partitions;

        template <class V>
        static void describe(V& v) {
            v("name", &OffsetDeleteRequestTopic::name);
            v("partitions", &OffsetDeleteRequestTopic::partitions);
        }
    };

    std::string_view groupId;
    std::vector<OffsetDeleteRequestTopic> topics;

    template <class V>
    static void describe(V& v) {
        v("groupId", &OffsetDeleteRequest::groupId);
        v("topics", &OffsetDeleteRequest::topics);
    }
};

/// What became of each partition.
struct OffsetDeleteResponse {
    static constexpr ApiKey kKey = ApiKey::OffsetDelete;
    static constexpr bool kIsRequest = false;
    static constexpr const char* kName = "OffsetDeleteResponse";
    static constexpr Versions kVersions{0, 0};
    static constexpr Version kFlexibleFrom = kNever;

    struct OffsetDeleteResponsePartition {
        Partition partitionIndex;
        KafkaCode errorCode = KafkaCode::None;

        template <class V>
        static void describe(V& v) {
            v("partitionIndex", &OffsetDeleteResponsePartition::partitionIndex);
            v("errorCode", &OffsetDeleteResponsePartition::errorCode);
        }
    };

    struct OffsetDeleteResponseTopic {
        std::string name;
        std::vector<OffsetDeleteResponsePartition> partitions;

        template <class V>
        static void describe(V& v) {
            v("name", &OffsetDeleteResponseTopic::name);
            v("partitions", &OffsetDeleteResponseTopic::partitions);
        }
    };

    KafkaCode errorCode = KafkaCode::None;
    std::int32_t throttleTimeMs = 0;
    std::vector<OffsetDeleteResponseTopic> topics;

    template <class V>
    static void describe(V& v) {
        v("errorCode", &OffsetDeleteResponse::errorCode);
        v("throttleTimeMs", &OffsetDeleteResponse::throttleTimeMs);
        v("topics", &OffsetDeleteResponse::topics);
    }
};

} // namespace meshbone::backbone::wire
