// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/api_key.h"
#include "wire/error_code.h"
#include "wire/field.h"

#include <backbone/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace meshbone::backbone::wire {

/// Commits offsets. Generation -1 with an empty member: from outside an empty group.
struct OffsetCommitRequest {
    static constexpr ApiKey kKey = ApiKey::OffsetCommit;
    static constexpr bool kIsRequest = true;
    static constexpr const char* kName = "OffsetCommitRequest";
    static constexpr Versions kVersions{2, 9};
    static constexpr Version kFlexibleFrom = 8;

    struct OffsetCommitRequestPartition {
        Partition partitionIndex;
        Offset committedOffset;
        LeaderEpoch committedLeaderEpoch{-1};
        std::optional<std::string_view> committedMetadata;

        template <class V>
        static void describe(V& v) {
            v("partitionIndex", &OffsetCommitRequestPartition::partitionIndex);
            v("committedOffset", &OffsetCommitRequestPartition::committedOffset);
            v("committedLeaderEpoch", &OffsetCommitRequestPartition::committedLeaderEpoch, since(6));
            v("committedMetadata", &OffsetCommitRequestPartition::committedMetadata, nullable());
        }
    };

    struct OffsetCommitRequestTopic {
        std::string_view name;
        std::vector<OffsetCommitRequestPartition> partitions;

        template <class V>
        static void describe(V& v) {
            v("name", &OffsetCommitRequestTopic::name);
            v("partitions", &OffsetCommitRequestTopic::partitions);
        }
    };

    std::string_view groupId;
    std::int32_t generationIdOrMemberEpoch = -1;
    std::string_view memberId;
    std::optional<std::string_view> groupInstanceId;
    std::int64_t retentionTimeMs = -1;
    std::vector<OffsetCommitRequestTopic> topics;

    template <class V>
    static void describe(V& v) {
        v("groupId", &OffsetCommitRequest::groupId);
        v("generationIdOrMemberEpoch", &OffsetCommitRequest::generationIdOrMemberEpoch);
        v("memberId", &OffsetCommitRequest::memberId);
        v("groupInstanceId", &OffsetCommitRequest::groupInstanceId, since(7).nullable());
        v("retentionTimeMs", &OffsetCommitRequest::retentionTimeMs, until(4));
        v("topics", &OffsetCommitRequest::topics);
    }
};

/// What became of each partition.
struct OffsetCommitResponse {
    static constexpr ApiKey kKey = ApiKey::OffsetCommit;
    static constexpr bool kIsRequest = false;
    static constexpr const char* kName = "OffsetCommitResponse";
    static constexpr Versions kVersions{2, 9};
    static constexpr Version kFlexibleFrom = 8;

    struct OffsetCommitResponsePartition {
        Partition partitionIndex;
        KafkaCode errorCode = KafkaCode::None;

        template <class V>
        static void describe(V& v) {
            v("partitionIndex", &OffsetCommitResponsePartition::partitionIndex);
            v("errorCode", &OffsetCommitResponsePartition::errorCode);
        }
    };

    struct OffsetCommitResponseTopic {
        std::string name;
        std::vector<OffsetCommitResponsePartition> partitions;

        template <class V>
        static void describe(V& v) {
            v("name", &OffsetCommitResponseTopic::name);
            v("partitions", &OffsetCommitResponseTopic::partitions);
        }
    };

    std::int32_t throttleTimeMs = 0;
    std::vector<OffsetCommitResponseTopic> topics;

    template <class V>
    static void describe(V& v) {
        v("throttleTimeMs", &OffsetCommitResponse::throttleTimeMs, since(3));
        v("topics", &OffsetCommitResponse::topics);
    }
};

} // namespace meshbone::backbone::wire
