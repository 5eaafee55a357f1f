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

/// Deletes the records before an offset; -1 stands for the high watermark (KIP-107).
struct DeleteRecordsRequest {
    static constexpr ApiKey kKey = ApiKey::DeleteRecords;
    static constexpr bool kIsRequest = true;
    static constexpr const char* kName = "DeleteRecordsRequest";
    static constexpr Versions kVersions{0, 2};
    static constexpr Version kFlexibleFrom = 2;

    struct DeleteRecordsPartition {
        Partition partitionIndex;
        Offset offset;

        template <class V>
        static void describe(V& v) {
            v("partitionIndex", &DeleteRecordsPartition::partitionIndex);
            v("offset", &DeleteRecordsPartition::offset);
        }
    };

    struct DeleteRecordsTopic {
        std::string_view name;
        std::vector<DeleteRecordsPartition> partitions;

        template <class V>
        static void describe(V& v) {
            v("name", &DeleteRecordsTopic::name);
            v("partitions", &DeleteRecordsTopic::partitions);
        }
    };

    std::vector<DeleteRecordsTopic> topics;
    std::int32_t timeoutMs = 0;

    template <class V>
    static void describe(V& v) {
        v("topics", &DeleteRecordsRequest::topics);
        v("timeoutMs", &DeleteRecordsRequest::timeoutMs);
    }
};

/// The new log start offsets.
struct DeleteRecordsResponse {
    static constexpr ApiKey kKey = ApiKey::DeleteRecords;
    static constexpr bool kIsRequest = false;
    static constexpr const char* kName = "DeleteRecordsResponse";
    static constexpr Versions kVersions{0, 2};
    static constexpr Version kFlexibleFrom = 2;

    struct DeleteRecordsPartitionResult {
        Partition partitionIndex;
        Offset lowWatermark;
        KafkaCode errorCode = KafkaCode::None;

        template <class V>
        static void describe(V& v) {
            v("partitionIndex", &DeleteRecordsPartitionResult::partitionIndex);
            v("lowWatermark", &DeleteRecordsPartitionResult::lowWatermark);
            v("errorCode", &DeleteRecordsPartitionResult::errorCode);
        }
    };

    struct DeleteRecordsTopicResult {
        std::string name;
        std::vector<DeleteRecordsPartitionResult> partitions;

        template <class V>
        static void describe(V& v) {
            v("name", &DeleteRecordsTopicResult::name);
            v("partitions", &DeleteRecordsTopicResult::partitions);
        }
    };

    std::int32_t throttleTimeMs = 0;
    std::vector<DeleteRecordsTopicResult> topics;

    template <class V>
    static void describe(V& v) {
        v("throttleTimeMs", &DeleteRecordsResponse::throttleTimeMs);
        v("topics", &DeleteRecordsResponse::topics);
    }
};

} // namespace meshbone::backbone::wire
