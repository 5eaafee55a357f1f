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

/// Lists groups; empty filters: all.
struct ListGroupsRequest {
    static constexpr ApiKey kKey = ApiKey::ListGroups;
    static constexpr bool kIsRequest = true;
    static constexpr const char* kName = "ListGroupsRequest";
    static constexpr Versions kVersions{0, 5};
    static constexpr Version kFlexibleFrom = 3;

    std::vector<std::string_view> statesFilter;
    std::vector<std::string_view> typesFilter;

    template <class V>
    static void describe(V& v) {
        v("statesFilter", &ListGroupsRequest::statesFilter, since(4));
        v("typesFilter", &ListGroupsRequest::typesFilter, since(5));
    }
};

/// The groups.
struct ListGroupsResponse {
    static constexpr ApiKey kKey = ApiKey::ListGroups;
    static constexpr bool kIsRequest = false;
    static constexpr const char* kName = "ListGroupsResponse";
    static constexpr Versions kVersions{0, 5};
    static constexpr Version kFlexibleFrom = 3;

    struct ListedGroup {
        std::string groupId;
        std::string protocolType;
        std::string groupState;
        std::string groupType;

        template <class V>
        static void describe(V& v) {
            v("groupId", &ListedGroup::groupId);
            v("protocolType", &ListedGroup::protocolType);
            v("groupState", &ListedGroup::groupState, since(4));
            v("groupType", &ListedGroup::groupType, since(5));
        }
    };

    std::int32_t throttleTimeMs = 0;
    KafkaCode errorCode = KafkaCode::None;
    std::vector<ListedGroup> groups;

    template <class V>
    static void describe(V& v) {
        v("throttleTimeMs", &ListGroupsResponse::throttleTimeMs, since(1));
        v("errorCode", &ListGroupsResponse::errorCode);
        v("groups", &ListGroupsResponse::groups);
    }
};

} // namespace meshbone::backbone::wire
