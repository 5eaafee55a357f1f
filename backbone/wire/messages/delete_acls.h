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

/// Removes the bindings that match any of the filters.
struct DeleteAclsRequest {
    static constexpr ApiKey kKey = ApiKey::DeleteAcls;
    static constexpr bool kIsRequest = true;
    static constexpr const char* kName = "DeleteAclsRequest";
    static constexpr Versions kVersions{1, 3};
    static constexpr Version kFlexibleFrom = 2;

    struct DeleteAclsFilter {
        std::int8_t resourceTypeFilter = 0;
        std::optional<std::string_view> resourceNameFilter;
        std::int8_t patternTypeFilter = 3;
        std::optional<std::string_view> principalFilter;
        std::optional<std::string_view> hostFilter;
        std::int8_t operation = 0;
        std::int8_t permissionType = 0;

        template <class V>
        static void describe(V& v) {
            v("resourceTypeFilter", &DeleteAclsFilter::resourceTypeFilter);
            v("resourceNameFilter", &DeleteAclsFilter::resourceNameFilter, nullable());
            v("patternTypeFilter", &DeleteAclsFilter::patternTypeFilter);
            v("principalFilter", &DeleteAclsFilter::principalFilter, nullable());
            v("hostFilter", &DeleteAclsFilter::hostFilter, nullable());
            v("operation", &DeleteAclsFilter::operation);
            v("permissionType", &DeleteAclsFilter::permissionType);
        }
    };

    std::vector<DeleteAclsFilter> filters;

    template <class V>
    static void describe(V& v) {
        v("filters", &DeleteAclsRequest::filters);
    }
};

/// What each filter removed, in the order of the request.
struct DeleteAclsResponse {
    static constexpr ApiKey kKey = ApiKey::DeleteAcls;
    static constexpr bool kIsRequest = false;
    static constexpr const char* kName = "DeleteAclsResponse";
    static constexpr Versions kVersions{1, 3};
    static constexpr Version kFlexibleFrom = 2;

    struct DeleteAclsMatchingAcl {
        KafkaCode errorCode = KafkaCode::None;
        std::optional<std::string> errorMessage;
        std::int8_t resourceType = 0;
        std::string resourceName;
        std::int8_t patternType = 3;
        std::string principal;
        std::string host;
        std::int8_t operation = 0;
        std::int8_t permissionType = 0;

        template <class V>
        static void describe(V& v) {
            v("errorCode", &DeleteAclsMatchingAcl::errorCode);
            v("errorMessage", &DeleteAclsMatchingAcl::errorMessage, nullable());
            v("resourceType", &DeleteAclsMatchingAcl::resourceType);
            v("resourceName", &DeleteAclsMatchingAcl::resourceName);
            v("patternType", &DeleteAclsMatchingAcl::patternType);
            v("principal", &DeleteAclsMatchingAcl::principal);
            v("host", &DeleteAclsMatchingAcl::host);
            v("operation", &DeleteAclsMatchingAcl::operation);
            v("permissionType", &DeleteAclsMatchingAcl::permissionType);
        }
    };

    struct DeleteAclsFilterResult {
        KafkaCode errorCode = KafkaCode::None;
        std::optional<std::string> errorMessage;
        std::vector<DeleteAclsMatchingAcl> matchingAcls;

        template <class V>
        static void describe(V& v) {
            v("errorCode", &DeleteAclsFilterResult::errorCode);
            v("errorMessage", &DeleteAclsFilterResult::errorMessage, nullable());
            v("matchingAcls", &DeleteAclsFilterResult::matchingAcls);
        }
    };

    std::int32_t throttleTimeMs = 0;
    std::vector<DeleteAclsFilterResult> filterResults;

    template <class V>
    static void describe(V& v) {
        v("throttleTimeMs", &DeleteAclsResponse::throttleTimeMs);
        v("filterResults", &DeleteAclsResponse::filterResults);
    }
};

} // namespace meshbone::backbone::wire
