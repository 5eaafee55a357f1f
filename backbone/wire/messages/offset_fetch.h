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

/// Asks for committed offsets; null topics: all. Several groups at once from version 8 (KIP-709).
struct OffsetFetchRequest {
    static constexpr ApiKey kKey = ApiKey::OffsetFetch;
    static constexpr bool kIsRequest = true;
    static constexpr const char* kName = "OffsetFetchRequest";
    static constexpr Versions kVersions{1, 9};
    static constexpr Version kFlexibleFrom = 6;

    struct OffsetFetchRequestTopic {
        std::string_view name;
        std::vector<Partition> partitionIndexes;

        template <class V>
        static void describe(V& v) {
            v("name", &OffsetFetchRequestTopic::name, until(7));
            v("partitionIndexes", &OffsetFetchRequestTopic::partitionIndexes, until(7));
        }
    };

    struct OffsetFetchRequestTopics {
        std::string_view name;
        std::vector<Partition> partitionIndexes;

        template <class V>
        static void describe(V& v) {
            v("name", &OffsetFetchRequestTopics::name, since(8));
            v("partitionIndexes", &OffsetFetchRequestTopics::partitionIndexes, since(8));
        }
    };

    struct OffsetFetchRequestGroup {
        std::string_view groupId;
        std::optional<std::string_view> memberId;
        std::int32_t memberEpoch = -1;
        std::optional<std::vector<OffsetFetchRequestTopics>> topics;

        template <class V>
        static void describe(V& v) {
            v("groupId", &OffsetFetchRequestGroup::groupId, since(8));
            v("memberId", &OffsetFetchRequestGroup::memberId, since(9).nullable());
            v("memberEpoch", &OffsetFetchRequestGroup::memberEpoch, since(9));
            v("topics", &OffsetFetchRequestGroup::topics, since(8).nullable());
        }
    };

    std::string_view groupId;
    std::optional<std::vector<OffsetFetchRequestTopic>> topics;
    std::vector<OffsetFetchRequestGroup> groups;
    bool requireStable = false;

    template <class V>
    static void describe(V& v) {
        v("groupId", &OffsetFetchRequest::groupId, until(7));
        v("topics", &OffsetFetchRequest::topics, until(7).nullable(2));
        v("groups", &OffsetFetchRequest::groups, since(8));
        v("requireStable", &OffsetFetchRequest::requireStable, since(7));
    }
};

/// The committed offsets; -1 where there is none.
struct OffsetFetchResponse {
    static constexpr ApiKey kKey = ApiKey::OffsetFetch;
    static constexpr bool kIsRequest = false;
    static constexpr const char* kName = "OffsetFetchResponse";
    static constexpr Versions kVersions{1, 9};
    static constexpr Version kFlexibleFrom = 6;

    struct OffsetFetchResponsePartition {
        Partition partitionIndex;
        Offset committedOffset;
        LeaderEpoch committedLeaderEpoch{-1};
        std::optional<std::string> metadata;
        KafkaCode errorCode = KafkaCode::None;

        template <class V>
        static void describe(V& v) {
            v("partitionIndex", &OffsetFetchResponsePartition::partitionIndex, until(7));
            v("committedOffset", &OffsetFetchResponsePartition::committedOffset, until(7));
            v("committedLeaderEpoch", &OffsetFetchResponsePartition::committedLeaderEpoch, between(5, 7));
            v("metadata", &OffsetFetchResponsePartition::metadata, until(7).nullable());
            v("errorCode", &OffsetFetchResponsePartition::errorCode, until(7));
        }
    };

    struct OffsetFetchResponseTopic {
        std::string name;
        std::vector<OffsetFetchResponsePartition> partitions;

        template <class V>
        static void describe(V& v) {
            v("name", &OffsetFetchResponseTopic::name, until(7));
            v("partitions", &OffsetFetchResponseTopic::partitions, until(7));
        }
    };

    struct OffsetFetchResponsePartitions {
        Partition partitionIndex;
        Offset committedOffset;
        LeaderEpoch committedLeaderEpoch{-1};
        std::optional<std::string> metadata;
        KafkaCode errorCode = KafkaCode::None;

        template <class V>
        static void describe(V& v) {
            v("partitionIndex", &OffsetFetchResponsePartitions::partitionIndex, since(8));
            v("committedOffset", &OffsetFetchResponsePartitions::committedOffset, since(8));
            v("committedLeaderEpoch", &OffsetFetchResponsePartitions::committedLeaderEpoch, since(8));
            v("metadata", &OffsetFetchResponsePartitions::metadata, since(8).nullable());
            v("errorCode", &OffsetFetchResponsePartitions::errorCode, since(8));
        }
    };

    struct OffsetFetchResponseTopics {
        std::string name;
        std::vector<OffsetFetchResponsePartitions> partitions;

        template <class V>
        static void describe(V& v) {
            v("name", &OffsetFetchResponseTopics::name, since(8));
            v("partitions", &OffsetFetchResponseTopics::partitions, since(8));
        }
    };

    struct OffsetFetchResponseGroup {
        std::string groupId;
        std::vector<OffsetFetchResponseTopics> topics;
        KafkaCode errorCode = KafkaCode::None;

        template <class V>
        static void describe(V& v) {
            v("groupId", &OffsetFetchResponseGroup::groupId, since(8));
            v("topics", &OffsetFetchResponseGroup::topics, since(8));
            v("errorCode", &OffsetFetchResponseGroup::errorCode, since(8));
        }
    };

    std::int32_t throttleTimeMs = 0;
    std::vector<OffsetFetchResponseTopic> topics;
    KafkaCode errorCode = KafkaCode::None;
    std::vector<OffsetFetchResponseGroup> groups;

    template <class V>
    static void describe(V& v) {
        v("throttleTimeMs", &OffsetFetchResponse::throttleTimeMs, since(3));
        v("topics", &OffsetFetchResponse::topics, until(7));
        v("errorCode", &OffsetFetchResponse::errorCode, between(2, 7));
        v("groups", &OffsetFetchResponse::groups, since(8));
    }
};

} // namespace meshbone::backbone::wire
