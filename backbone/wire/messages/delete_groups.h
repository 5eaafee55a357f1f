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

/// Deletes groups that are empty.
struct DeleteGroupsRequest {
    static constexpr ApiKey kKey = ApiKey::DeleteGroups;
    static constexpr bool kIsRequest = true;
    static constexpr const char* kName = "DeleteGroupsRequest";
    static constexpr Versions kVersions{0, 2};
    static constexpr Version kFlexibleFrom = 2;

    std::vector<std::string_view> groupsNames;

    template <class V>
    static void describe(V& v) {
        v("groupsNames", &DeleteGroupsRequest::groupsNames);
    }
};

/// What became of each group.
struct DeleteGroupsResponse {
    static constexpr ApiKey kKey = ApiKey::DeleteGroups;
    static constexpr bool kIsRequest = false;
    static constexpr const char* kName = "DeleteGroupsResponse";
    static constexpr Versions kVersions{0, 2};
    static constexpr Version kFlexibleFrom = 2;

    struct DeletableGroupResult {
        std::string groupId;
        KafkaCode errorCode = KafkaCode::None;

        template <class V>
        static void describe(V& v) {
            v("groupId", &DeletableGroupResult::groupId);
            v("errorCode", &DeletableGroupResult::errorCode);
        }
    };

    std::int32_t throttleTimeMs = 0;
    std::vector<DeletableGroupResult> results;

    template <class V>
    static void describe(V& v) {
        v("throttleTimeMs", &DeleteGroupsResponse::throttleTimeMs);
        v("results", &DeleteGroupsResponse::results);
    }
};

} // namespace meshbone::backbone::wire
