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

/// Changes single configurations: configOperation 0 set, 1 delete, 2 append, 3 subtract (KIP-339).
struct IncrementalAlterConfigsRequest {
    static constexpr ApiKey kKey = ApiKey::IncrementalAlterConfigs;
    static constexpr bool kIsRequest = true;
    static constexpr const char* kName = "IncrementalAlterConfigsRequest";
    static constexpr Versions kVersions{0, 1};
    static constexpr Version kFlexibleFrom = 1;

    struct AlterableConfig {
        std::string_view name;
        std::int8_t configOperation = 0;
        std::optional<std::string_view> value;

        template <class V>
        static void describe(V& v) {
            v("name", &AlterableConfig::name);
            v("configOperation", &AlterableConfig::configOperation);
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
        v("resources", &IncrementalAlterConfigsRequest::resources);
        v("validateOnly", &IncrementalAlterConfigsRequest::validateOnly);
    }
};

/// What became of each resource.
struct IncrementalAlterConfigsResponse {
    static constexpr ApiKey kKey = ApiKey::IncrementalAlterConfigs;
    static constexpr bool kIsRequest = false;
    static constexpr const char* kName = "IncrementalAlterConfigsResponse";
    static constexpr Versions kVersions{0, 1};
    static constexpr Version kFlexibleFrom = 1;

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
        v("throttleTimeMs", &IncrementalAlterConfigsResponse::throttleTimeMs);
        v("responses", &IncrementalAlterConfigsResponse::responses);
    }
};

} // namespace meshbone::backbone::wire
