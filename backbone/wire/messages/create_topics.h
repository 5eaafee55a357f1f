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
#include <utility>
#include <vector>

namespace meshbone::backbone::wire {

/// Creates topics; numPartitions and replicationFactor -1 take the defaults (version 4).
struct CreateTopicsRequest {
    static constexpr ApiKey kKey = ApiKey::CreateTopics;
    static constexpr bool kIsRequest = true;
    static constexpr const char* kName = "CreateTopicsRequest";
    static constexpr Versions kVersions{2, 7};
    static constexpr Version kFlexibleFrom = 5;

    struct CreatableReplicaAssignment {
        Partition partitionIndex;
        std::vector<std::int32_t> brokerIds;

        template <class V>
        static void describe(V& v) {
            v("partitionIndex", &CreatableReplicaAssignment::partitionIndex);
            v("brokerIds", &CreatableReplicaAssignment::brokerIds);
        }
    };

    struct CreatableTopicConfig {
        std::string_view name;
        std::optional<std::string_view> value;

        template <class V>
        static void describe(V& v) {
            v("name", &CreatableTopicConfig::name);
            v("value", &CreatableTopicConfig::value, nullable());
        }
    };

    struct CreatableTopic {
        std::string_view name;
        std::int32_t numPartitions = 0;
        std::int16_t replicationFactor = 0;
        std::vector<CreatableReplicaAssignment> assignments;
        std::vector<CreatableTopicConfig> configs;

        template <class V>
        static void describe(V& v) {
            v("name", &CreatableTopic::name);
            v("numPartitions", &CreatableTopic::numPartitions);
            v("replicationFactor", &CreatableTopic::replicationFactor);
            v("assignments", &CreatableTopic::assignments);
            v("configs", &CreatableTopic::configs);
        }
    };

    std::vector<CreatableTopic> topics;
    std::int32_t timeoutMs = 60000;
    bool validateOnly = false;

    template <class V>
    static void describe(V& v) {
        v("topics", &CreateTopicsRequest::topics);
        v("timeoutMs", &CreateTopicsRequest::timeoutMs);
        v("validateOnly", &CreateTopicsRequest::validateOnly);
    }
};

/// What became of each topic. Never leave configs null: Java's admin client fails on it.
struct CreateTopicsResponse {
    static constexpr ApiKey kKey = ApiKey::CreateTopics;
    static constexpr bool kIsRequest = false;
    static constexpr const char* kName = "CreateTopicsResponse";
    static constexpr Versions kVersions{2, 7};
    static constexpr Version kFlexibleFrom = 5;

    struct CreatableTopicConfigs {
        std::string name;
        std::optional<std::string> value;
        bool readOnly = false;
        std::int8_t configSource = -1;
        bool isSensitive = false;

        template <class V>
        static void describe(V& v) {
            v("name", &CreatableTopicConfigs::name, since(5));
            v("value", &CreatableTopicConfigs::value, since(5).nullable());
            v("readOnly", &CreatableTopicConfigs::readOnly, since(5));
            v("configSource", &CreatableTopicConfigs::configSource, since(5));
            v("isSensitive", &CreatableTopicConfigs::isSensitive, since(5));
        }
    };

    struct CreatableTopicResult {
        std::string name;
        TopicId topicId;
        KafkaCode errorCode = KafkaCode::None;
        std::optional<std::string> errorMessage;
        KafkaCode topicConfigErrorCode = KafkaCode::None;
        std::int32_t numPartitions = -1;
        std::int16_t replicationFactor = -1;
        std::optional<std::vector<CreatableTopicConfigs>> configs{std::in_place};

        template <class V>
        static void describe(V& v) {
            v("name", &CreatableTopicResult::name);
            v("topicId", &CreatableTopicResult::topicId, since(7));
            v("errorCode", &CreatableTopicResult::errorCode);
            v("errorMessage", &CreatableTopicResult::errorMessage, nullable());
            v("topicConfigErrorCode", &CreatableTopicResult::topicConfigErrorCode, since(5).tagged(0));
            v("numPartitions", &CreatableTopicResult::numPartitions, since(5));
            v("replicationFactor", &CreatableTopicResult::replicationFactor, since(5));
            v("configs", &CreatableTopicResult::configs, since(5).nullable());
        }
    };

    std::int32_t throttleTimeMs = 0;
    std::vector<CreatableTopicResult> topics;

    template <class V>
    static void describe(V& v) {
        v("throttleTimeMs", &CreateTopicsResponse::throttleTimeMs);
        v("topics", &CreateTopicsResponse::topics);
    }
};

} // namespace meshbone::backbone::wire
