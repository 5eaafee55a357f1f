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

/// Asks for the bindings that match a filter; numbers as in backbone/acl.h, null matches anything.
struct DescribeAclsRequest {
    static constexpr ApiKey kKey = ApiKey::DescribeAcls;
    static constexpr bool kIsRequest = true;
    static constexpr const char* kName = "DescribeAclsRequest";
    static constexpr Versions kVersions{1, 3};
    static constexpr Version kFlexibleFrom = 2;

    std::int8_t resourceTypeFilter = 0;
    std::optional<std::string_view> resourceNameFilter;
    std::int8_t patternTypeFilter = 3;
    std::optional<std::string_view> principalFilter;
    std::optional<std::string_view> hostFilter;
    std::int8_t operation = 0;
    std::int8_t permissionType = 0;

    template <class V>
    static void describe(V& v) {
        v("resourceTypeFilter", &DescribeAclsRequest::resourceTypeFilter);
        v("resourceNameFilter", &DescribeAclsRequest::resourceNameFilter, nullable());
        v("patternTypeFilter", &DescribeAclsRequest::patternTypeFilter);
        v("principalFilter", &DescribeAclsRequest::principalFilter, nullable());
        v("hostFilter", &DescribeAclsRequest::hostFilter, nullable());
        v("operation", &DescribeAclsRequest::operation);
        v("permissionType", &DescribeAclsRequest::permissionType);
    }
};

/// The bindings by resource.
struct DescribeAclsResponse {
    static constexpr ApiKey kKey = ApiKey::DescribeAcls;
    static constexpr bool kIsRequest = false;
    static constexpr const char* kName = "DescribeAclsResponse";
    static constexpr Versions kVersions{1, 3};
    static constexpr Version kFlexibleFrom = 2;

    struct AclDescription {
        std::string principal;
        std::string host;
        std::int8_t operation = 0;
        std::int8_t permissionType = 0;

        template <class V>
        static void describe(V& v) {
            v("principal", &AclDescription::principal);
            v("host", &AclDescription::host);
            v("operation", &AclDescription::operation);
            v("permissionType", &AclDescription::permissionType);
        }
    };

    struct DescribeAclsResource {
        std::int8_t resourceType = 0;
        std::string resourceName;
        std::int8_t patternType = 3;
        std::vector<AclDescription> acls;

        template <class V>
        static void describe(V& v) {
            v("resourceType", &DescribeAclsResource::resourceType);
            v("resourceName", &DescribeAclsResource::resourceName);
            v("patternType", &DescribeAclsResource::patternType);
            v("acls", &DescribeAclsResource::acls);
        }
    };

    std::int32_t throttleTimeMs = 0;
    KafkaCode errorCode = KafkaCode::None;
    std::optional<std::string> errorMessage;
    std::vector<DescribeAclsResource> resources;

    template <class V>
    static void describe(V& v) {
        v("throttleTimeMs", &DescribeAclsResponse::throttleTimeMs);
        v("errorCode", &DescribeAclsResponse::errorCode);
        v("errorMessage", &DescribeAclsResponse::errorMessage, nullable());
        v("resources", &DescribeAclsResponse::resources);
    }
};

} // namespace meshbone::backbone::wire
