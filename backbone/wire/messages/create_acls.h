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

/// Adds bindings; one that is there already stays.
struct CreateAclsRequest {
    static constexpr ApiKey kKey = ApiKey::CreateAcls;
    static constexpr bool kIsRequest = true;
    static constexpr const char* kName = "CreateAclsRequest";
    static constexpr Versions kVersions{1, 3};
    static constexpr Version kFlexibleFrom = 2;

    struct AclCreation {
        std::int8_t resourceType = 0;
        std::string_view resourceName;
        std::int8_t resourcePatternType = 3;
        std::string_view principal;
        std::string_view host;
        std::int8_t operation = 0;
        std::int8_t permissionType = 0;

        template <class V>
        static void describe(V& v) {
            v("resourceType", &AclCreation::resourceType);
            v("resourceName", &AclCreation::resourceName);
            v("resourcePatternType", &AclCreation::resourcePatternType);
            v("principal", &AclCreation::principal);
            v("host", &AclCreation::host);
            v("operation", &AclCreation::operation);
            v("permissionType", &AclCreation::permissionType);
        }
    };

    std::vector<AclCreation> creations;

    template <class V>
    static void describe(V& v) {
        v("creations", &CreateAclsRequest::creations);
    }
};

/// What became of each, in the order of the request.
struct CreateAclsResponse {
    static constexpr ApiKey kKey = ApiKey::CreateAcls;
    static constexpr bool kIsRequest = false;
    static constexpr const char* kName = "CreateAclsResponse";
    static constexpr Versions kVersions{1, 3};
    static constexpr Version kFlexibleFrom = 2;

    struct AclCreationResult {
        KafkaCode errorCode = KafkaCode::None;
        std::optional<std::string> errorMessage;

        template <class V>
        static void describe(V& v) {
            v("errorCode", &AclCreationResult::errorCode);
            v("errorMessage", &AclCreationResult::errorMessage, nullable());
        }
    };

    std::int32_t throttleTimeMs = 0;
    std::vector<AclCreationResult> results;

    template <class V>
    static void describe(V& v) {
        v("throttleTimeMs", &CreateAclsResponse::throttleTimeMs);
        v("results", &CreateAclsResponse::results);
    }
};

} // namespace meshbone::backbone::wire
