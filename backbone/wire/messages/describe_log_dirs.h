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

/// Asks for the size of partitions on disk; null topics: all.
struct DescribeLogDirsRequest {
    static constexpr ApiKey kKey = ApiKey::DescribeLogDirs;
    static constexpr bool kIsRequest = true;
    static constexpr const char* kName = "DescribeLogDirsRequest";
    static constexpr Versions kVersions{1, 4};
    static constexpr Version kFlexibleFrom = 2;

    struct DescribableLogDirTopic {
        std::string_view topic;
        std::vector<Partition> partitions;

        template <class V>
        static void describe(V& v) {
            v("topic", &DescribableLogDirTopic::topic);
            v("partitions", &DescribableLogDirTopic::partitions);
        }
    };

    std::optional<std::vector<DescribableLogDirTopic>> topics;

    template <class V>
    static void describe(V& v) {
        v("topics", &DescribeLogDirsRequest::topics, nullable());
    }
};

/// The log directories. partitionSize is in bytes.
struct DescribeLogDirsResponse {
    static constexpr ApiKey kKey = ApiKey::DescribeLogDirs;
    static constexpr bool kIsRequest = false;
    static constexpr const char* kName = "DescribeLogDirsResponse";
    static constexpr Versions kVersions{1, 4};
    static constexpr Version kFlexibleFrom = 2;

    struct DescribeLogDirsPartition {
        Partition partitionIndex;
        std::int64_t partitionSize = 0;
        std::int64_t offsetLag = 0;
        bool isFutureKey = false;

        template <class V>
        static void describe(V& v) {
            v("partitionIndex", &DescribeLogDirsPartition::partitionIndex);
            v("partitionSize", &DescribeLogDirsPartition::partitionSize);
            v("offsetLag", &DescribeLogDirsPartition::offsetLag);
            v("isFutureKey", &DescribeLogDirsPartition::isFutureKey);
        }
    };

    struct DescribeLogDirsTopic {
        std::string name;
        std::vector<DescribeLogDirsPartition> partitions;

        template <class V>
        static void describe(V& v) {
            v("name", &DescribeLogDirsTopic::name);
            v("partitions", &DescribeLogDirsTopic::partitions);
        }
    };

    struct DescribeLogDirsResult {
        KafkaCode errorCode = KafkaCode::None;
        std::string logDir;
        std::vector<DescribeLogDirsTopic> topics;
        std::int64_t totalBytes = -1;
        std::int64_t usableBytes = -1;

        template <class V>
        static void describe(V& v) {
            v("errorCode", &DescribeLogDirsResult::errorCode);
            v("logDir", &DescribeLogDirsResult::logDir);
            v("topics", &DescribeLogDirsResult::topics);
            v("totalBytes", &DescribeLogDirsResult::totalBytes, since(4));
            v("usableBytes", &DescribeLogDirsResult::usableBytes, since(4));
        }
    };

    std::int32_t throttleTimeMs = 0;
    KafkaCode errorCode = KafkaCode::None;
    std::vector<DescribeLogDirsResult> results;

    template <class V>
    static void describe(V& v) {
        v("throttleTimeMs", &DescribeLogDirsResponse::throttleTimeMs);
        v("errorCode", &DescribeLogDirsResponse::errorCode, since(3));
        v("results", &DescribeLogDirsResponse::results);
    }
};

} // namespace meshbone::backbone::wire
