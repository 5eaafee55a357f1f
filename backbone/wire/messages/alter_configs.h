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

/// Replaces the whole configuration of resources; what is not named goes back to its default.
struct AlterConfigsRequest {
    static constexpr ApiKey kKey = ApiKey::AlterConfigs;
    static constexpr bool kIsRequest = true;
    static constexpr const char* kName = "AlterConfigsRequest";
    static constexpr Versions kVersions{0, 2};
    static constexpr Version kFlexibleFrom = 2;

    struct AlterableConfig {
        std::string_view name;
        std::optional<std::string_view> value;

        template <class V>
        static void describe(V& v) {
            v("name", &AlterableConfig::name);
            v("value", &AlterableConfig::value, nullable());
        }
    };

    struct AlterConfigsResource {
        std::int8_t resourceType = 0;
        std::string_view resourceName;
        std::vector<AlterableConfig> configs;

        template <class V>
        static void describe(V& v) {
            v("resourceType", &AlterConfigsResource::resourceType);
            v("resourceName", &AlterConfigsResource::resourceName);
            v("configs", &AlterConfigsResource::configs);
        }
    };

    std::vector<AlterConfigsResource> resources;
    bool validateOnly = false;

    template <class V>
    static void describe(V& v) {
        v("resources", &AlterConfigsRequest::resources);
        v("validateOnly", &AlterConfigsRequest::validateOnly);
    }
};

/// What became of each resource.
struct AlterConfigsResponse {
    static constexpr ApiKey kKey = ApiKey::AlterConfigs;
    static constexpr bool kIsRequest = false;
    static constexpr const char* kName = "AlterConfigsResponse";
    static constexpr Versions kVersions{0, 2};
    static constexpr Version kFlexibleFrom = 2;

    struct AlterConfigsResourceResponse {
        KafkaCode errorCode = KafkaCode::None;
        std::optional<std::string> errorMessage;
        std::int8_t resourceType = 0;
        std::string resourceName;

        template <class V>
        static void describe(V& v) {
            v("errorCode", &AlterConfigsResourceResponse::errorCode);
            v("errorMessage", &AlterConfigsResourceResponse::errorMessage, nullable());
            v("resourceType", &AlterConfigsResourceResponse::resourceType);
            v("resourceName", &AlterConfigsResourceResponse::resourceName);
        }
    };

    std::int32_t throttleTimeMs = 0;
    std::vector<AlterConfigsResourceResponse> responses;

    template <class V>
    static void describe(V& v) {
        v("throttleTimeMs", &AlterConfigsResponse::throttleTimeMs);
        v("responses", &AlterConfigsResponse::responses);
    }
};

} // namespace meshbone::backbone::wire
