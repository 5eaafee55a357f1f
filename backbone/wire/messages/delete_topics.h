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

/// Deletes topics by name, from version 6 also by id.
struct DeleteTopicsRequest {
    static constexpr ApiKey kKey = ApiKey::DeleteTopics;
    static constexpr bool kIsRequest = true;
    static constexpr const char* kName = "DeleteTopicsRequest";
    static constexpr Versions kVersions{1, 6};
    static constexpr Version kFlexibleFrom = 4;

    struct DeleteTopicState {
        std::optional<std::string_view> name;
        TopicId topicId;

        template <class V>
        static void describe(V& v) {
            v("name", &DeleteTopicState::name, since(6).nullable());
            v("topicId", &DeleteTopicState::topicId, since(6));
        }
    };

    std::vector<DeleteTopicState> topics;
    std::vector<std::string_view> topicNames;
    std::int32_t timeoutMs = 0;

    template <class V>
    static void describe(V& v) {
        v("topics", &DeleteTopicsRequest::topics, since(6));
        v("topicNames", &DeleteTopicsRequest::topicNames, until(5));
        v("timeoutMs", &DeleteTopicsRequest::timeoutMs);
    }
};

/// What became of each topic.
struct DeleteTopicsResponse {
    static constexpr ApiKey kKey = ApiKey::DeleteTopics;
    static constexpr bool kIsRequest = false;
    static constexpr const char* kName = "DeleteTopicsResponse";
    static constexpr Versions kVersions{1, 6};
    static constexpr Version kFlexibleFrom = 4;

    struct DeletableTopicResult {
        std::optional<std::string> name;
        TopicId topicId;
        KafkaCode errorCode = KafkaCode::None;
        std::optional<std::string> errorMessage;

        template <class V>
        static void describe(V& v) {
            v("name", &DeletableTopicResult::name, nullable(6));
            v("topicId", &DeletableTopicResult::topicId, since(6));
            v("errorCode", &DeletableTopicResult::errorCode);
            v("errorMessage", &DeletableTopicResult::errorMessage, since(5).nullable());
        }
    };

    std::int32_t throttleTimeMs = 0;
    std::vector<DeletableTopicResult> responses;

    template <class V>
    static void describe(V& v) {
        v("throttleTimeMs", &DeleteTopicsResponse::throttleTimeMs);
        v("responses", &DeleteTopicsResponse::responses);
    }
};

} // namespace meshbone::backbone::wire
