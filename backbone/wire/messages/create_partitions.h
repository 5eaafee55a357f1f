// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/api_key.h"
#include "wire/error_code.h"
#include "wire/field.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace meshbone::backbone::wire {

/// Raises the number of partitions of topics to `count`.
struct CreatePartitionsRequest {
    static constexpr ApiKey kKey = ApiKey::CreatePartitions;
    static constexpr bool kIsRequest = true;
    static constexpr const char* kName = "CreatePartitionsRequest";
    static constexpr Versions kVersions{0, 3};
    static constexpr Version kFlexibleFrom = 2;

    struct CreatePartitionsAssignment {
        std::vector<std::int32_t> brokerIds;

        template <class V>
        static void describe(V& v) {
            v("brokerIds", &CreatePartitionsAssignment::brokerIds);
        }
    };

    struct CreatePartitionsTopic {
        std::string_view name;
        std::int32_t count = 0;
        std::optional<std::vector<CreatePartitionsAssignment>> assignments;

        template <class V>
        static void describe(V& v) {
            v("name", &CreatePartitionsTopic::name);
            v("count", &CreatePartitionsTopic::count);
            v("assignments", &CreatePartitionsTopic::assignments, nullable());
        }
    };

    std::vector<CreatePartitionsTopic> topics;
    std::int32_t timeoutMs = 0;
    bool validateOnly = false;

    template <class V>
    static void describe(V& v) {
        v("topics", &CreatePartitionsRequest::topics);
        v("timeoutMs", &CreatePartitionsRequest::timeoutMs);
        v("validateOnly", &CreatePartitionsRequest::validateOnly);
    }
};

/// What became of each topic; must name every topic of the request.
struct CreatePartitionsResponse {
    static constexpr ApiKey kKey = ApiKey::CreatePartitions;
    static constexpr bool kIsRequest = false;
    static constexpr const char* kName = "CreatePartitionsResponse";
    static constexpr Versions kVersions{0, 3};
    static constexpr Version kFlexibleFrom = 2;

    struct CreatePartitionsTopicResult {
        std::string name;
        KafkaCode errorCode = KafkaCode::None;
        std::optional<std::string> errorMessage;

        template <class V>
        static void describe(V& v) {
            v("name", &CreatePartitionsTopicResult::name);
            v("errorCode", &CreatePartitionsTopicResult::errorCode);
            v("errorMessage", &CreatePartitionsTopicResult::errorMessage, nullable());
        }
    };

    std::int32_t throttleTimeMs = 0;
    std::vector<CreatePartitionsTopicResult> results;

    template <class V>
    static void describe(V& v) {
        v("throttleTimeMs", &CreatePartitionsResponse::throttleTimeMs);
        v("results", &CreatePartitionsResponse::results);
    }
};

} // namespace meshbone::backbone::wire
