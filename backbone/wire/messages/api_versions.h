// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/api_key.h"
#include "wire/error_code.h"
#include "wire/field.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace meshbone::backbone::wire {

/// Asks which versions of which APIs are served; also says what software the client is (KIP-511).
struct ApiVersionsRequest {
    static constexpr ApiKey kKey = ApiKey::ApiVersions;
    static constexpr bool kIsRequest = true;
    static constexpr const char* kName = "ApiVersionsRequest";
    static constexpr Versions kVersions{0, 4};
    static constexpr Version kFlexibleFrom = 3;

    std::string_view clientSoftwareName;
    std::string_view clientSoftwareVersion;

    template <class V>
    static void describe(V& v) {
        v("clientSoftwareName", &ApiVersionsRequest::clientSoftwareName, since(3));
        v("clientSoftwareVersion", &ApiVersionsRequest::clientSoftwareVersion, since(3));
    }
};

/// The APIs with their versions, and features (KIP-584).
struct ApiVersionsResponse {
    static constexpr ApiKey kKey = ApiKey::ApiVersions;
    static constexpr bool kIsRequest = false;
    static constexpr const char* kName = "ApiVersionsResponse";
    static constexpr Versions kVersions{0, 4};
    static constexpr Version kFlexibleFrom = 3;

    struct ApiVersion {
        ApiKey apiKey{};
        std::int16_t minVersion = 0;
        std::int16_t maxVersion = 0;

        template <class V>
        static void describe(V& v) {
            v("apiKey", &ApiVersion::apiKey);
            v("minVersion", &ApiVersion::minVersion);
            v("maxVersion", &ApiVersion::maxVersion);
        }
    };

    struct SupportedFeatureKey {
        std::string name;
        std::int16_t minVersion = 0;
        std::int16_t maxVersion = 0;

        template <class V>
        static void describe(V& v) {
            v("name", &SupportedFeatureKey::name, since(3));
            v("minVersion", &SupportedFeatureKey::minVersion, since(3));
            v("maxVersion", &SupportedFeatureKey::maxVersion, since(3));
        }
    };

    struct FinalizedFeatureKey {
        std::string name;
        std::int16_t maxVersionLevel = 0;
        std::int16_t minVersionLevel = 0;

        template <class V>
        static void describe(V& v) {
            v("name", &FinalizedFeatureKey::name, since(3));
            v("maxVersionLevel", &FinalizedFeatureKey::maxVersionLevel, since(3));
            v("minVersionLevel", &FinalizedFeatureKey::minVersionLevel, since(3));
        }
    };

    KafkaCode errorCode = KafkaCode::None;
    std::vector<ApiVersion> apiKeys;
    std::int32_t throttleTimeMs = 0;
    std::vector<SupportedFeatureKey> supportedFeatures;
    std::int64_t finalizedFeaturesEpoch = -1;
    std::vector<FinalizedFeatureKey> finalizedFeatures;
    bool zkMigrationReady = false;

    template <class V>
    static void describe(V& v) {
        v("errorCode", &ApiVersionsResponse::errorCode);
        v("apiKeys", &ApiVersionsResponse::apiKeys);
        v("throttleTimeMs", &ApiVersionsResponse::throttleTimeMs, since(1));
        v("supportedFeatures", &ApiVersionsResponse::supportedFeatures, since(3).tagged(0));
        v("finalizedFeaturesEpoch", &ApiVersionsResponse::finalizedFeaturesEpoch, since(3).tagged(1));
        v("finalizedFeatures", &ApiVersionsResponse::finalizedFeatures, since(3).tagged(2));
        v("zkMigrationReady", &ApiVersionsResponse::zkMigrationReady, since(3).tagged(3));
    }
};

} // namespace meshbone::backbone::wire
