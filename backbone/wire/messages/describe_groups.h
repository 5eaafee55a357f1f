// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/api_key.h"
#include "wire/error_code.h"
#include "wire/field.h"
#include "wire/messages/authorized_operations.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace meshbone::backbone::wire {

/// Asks for the state and the members of groups.
struct DescribeGroupsRequest {
    static constexpr ApiKey kKey = ApiKey::DescribeGroups;
    static constexpr bool kIsRequest = true;
    static constexpr const char* kName = "DescribeGroupsRequest";
    static constexpr Versions kVersions{0, 6};
    static constexpr Version kFlexibleFrom = 5;

    std::vector<std::string_view> groups;
    bool includeAuthorizedOperations = false;

    template <class V>
    static void describe(V& v) {
        v("groups", &DescribeGroupsRequest::groups);
        v("includeAuthorizedOperations", &DescribeGroupsRequest::includeAuthorizedOperations, since(3));
    }
};

/// The groups; one that is not there is "Dead".
struct DescribeGroupsResponse {
    static constexpr ApiKey kKey = ApiKey::DescribeGroups;
    static constexpr bool kIsRequest = false;
    static constexpr const char* kName = "DescribeGroupsResponse";
    static constexpr Versions kVersions{0, 6};
    static constexpr Version kFlexibleFrom = 5;

    struct DescribedGroupMember {
        std::string memberId;
        std::optional<std::string> groupInstanceId;
        std::string clientId;
        std::string clientHost;
        std::string memberMetadata;
        std::string memberAssignment;

        template <class V>
        static void describe(V& v) {
            v("memberId", &DescribedGroupMember::memberId);
            v("groupInstanceId", &DescribedGroupMember::groupInstanceId, since(4).nullable());
            v("clientId", &DescribedGroupMember::clientId);
            v("clientHost", &DescribedGroupMember::clientHost);
            v("memberMetadata", &DescribedGroupMember::memberMetadata, bytes());
            v("memberAssignment", &DescribedGroupMember::memberAssignment, bytes());
        }
    };

    struct DescribedGroup {
        KafkaCode errorCode = KafkaCode::None;
        std::optional<std::string> errorMessage;
        std::string groupId;
        std::string groupState;
        std::string protocolType;
        std::string protocolData;
        std::vector<DescribedGroupMember> members;
        std::int32_t authorizedOperations = kNoAuthorizedOperations;

        template <class V>
        static void describe(V& v) {
            v("errorCode", &DescribedGroup::errorCode);
            v("errorMessage", &DescribedGroup::errorMessage, since(6).nullable());
            v("groupId", &DescribedGroup::groupId);
            v("groupState", &DescribedGroup::groupState);
            v("protocolType", &DescribedGroup::protocolType);
            v("protocolData", &DescribedGroup::protocolData);
            v("members", &DescribedGroup::members);
            v("authorizedOperations", &DescribedGroup::authorizedOperations, since(3));
        }
    };

    std::int32_t throttleTimeMs = 0;
    std::vector<DescribedGroup> groups;

    template <class V>
    static void describe(V& v) {
        v("throttleTimeMs", &DescribeGroupsResponse::throttleTimeMs, since(1));
        v("groups", &DescribeGroupsResponse::groups);
    }
};

} // namespace meshbone::backbone::wire
