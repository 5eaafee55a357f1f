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

/// Asks for configurations of topics (resourceType 2) and brokers (4); null keys: all of them.
struct DescribeConfigsRequest {
    static constexpr ApiKey kKey = ApiKey::DescribeConfigs;
    static constexpr bool kIsRequest = true;
    static constexpr const char* kName = "DescribeConfigsRequest";
    static constexpr Versions kVersions{1, 4};
    static constexpr Version kFlexibleFrom = 4;

    struct DescribeConfigsResource {
        std::int8_t resourceType = 0;
        std::string_view resourceName;
        std::optional<std::vector<std::string_view>> configurationKeys;

        template <class V>
        static void describe(V& v) {
            v("resourceType", &DescribeConfigsResource::resourceType);
            v("resourceName", &DescribeConfigsResource::resourceName);
            v("configurationKeys", &DescribeConfigsResource::configurationKeys, nullable());
        }
    };

    std::vector<DescribeConfigsResource> resources;
    bool includeSynonyms = false;
    bool includeDocumentation = false;

    template <class V>
    static void describe(V& v) {
        v("resources", &DescribeConfigsRequest::resources);
        v("includeSynonyms", &DescribeConfigsRequest::includeSynonyms);
        v("includeDocumentation", &DescribeConfigsRequest::includeDocumentation, since(3));
    }
};

/// The configurations, with where each value comes from.
struct DescribeConfigsResponse {
    static constexpr ApiKey kKey = ApiKey::DescribeConfigs;
    static constexpr bool kIsRequest = false;
    static constexpr const char* kName = "DescribeConfigsResponse";
    static constexpr Versions kVersions{1, 4};
    static constexpr Version kFlexibleFrom = 4;

    struct DescribeConfigsSynonym {
        std::string name;
        std::optional<std::string> value;
        std::int8_t source = 0;

        template <class V>
        static void describe(V& v) {
            v("name", &DescribeConfigsSynonym::name);
            v("value", &DescribeConfigsSynonym::value, nullable());
            v("source", &DescribeConfigsSynonym::source);
        }
    };

    struct DescribeConfigsResourceResult {
        std::string name;
        std::optional<std::string> value;
        bool readOnly = false;
        std::int8_t configSource = -1;
        bool isSensitive = false;
        std::vector<DescribeConfigsSynonym> synonyms;
        std::int8_t configType = 0;
        std::optional<std::string> documentation;

        template <class V>
        static void describe(V& v) {
            v("name", &DescribeConfigsResourceResult::name);
            v("value", &DescribeConfigsResourceResult::value, nullable());
            v("readOnly", &DescribeConfigsResourceResult::readOnly);
            v("configSource", &DescribeConfigsResourceResult::configSource);
            v("isSensitive", &DescribeConfigsResourceResult::isSensitive);
            v("synonyms", &DescribeConfigsResourceResult::synonyms);
            v("configType", &DescribeConfigsResourceResult::configType, since(3));
            v("documentation", &DescribeConfigsResourceResult::documentation, since(3).nullable());
        }
    };

    struct DescribeConfigsResult {
        KafkaCode errorCode = KafkaCode::None;
        std::optional<std::string> errorMessage;
        std::int8_t resourceType = 0;
        std::string resourceName;
        std::vector<DescribeConfigsResourceResult> configs;

        template <class V>
        static void describe(V& v) {
            v("errorCode", &DescribeConfigsResult::errorCode);
            v("errorMessage", &DescribeConfigsResult::errorMessage, nullable());
            v("resourceType", &DescribeConfigsResult::resourceType);
            v("resourceName", &DescribeConfigsResult::resourceName);
            v("configs", &DescribeConfigsResult::configs);
        }
    };

    std::int32_t throttleTimeMs = 0;
    std::vector<DescribeConfigsResult> results;

    template <class V>
    static void describe(V& v) {
        v("throttleTimeMs", &DescribeConfigsResponse::throttleTimeMs);
        v("results", &DescribeConfigsResponse::results);
    }
};

} // namespace meshbone::backbone::wire
