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

/// Joins a group. From version 4 on an empty memberId is answered with MEMBER_ID_REQUIRED (KIP-394).
struct JoinGroupRequest {
    static constexpr ApiKey kKey = ApiKey::JoinGroup;
    static constexpr bool kIsRequest = true;
    static constexpr const char* kName = "JoinGroupRequest";
    static constexpr Versions kVersions{0, 9};
    static constexpr Version kFlexibleFrom = 6;

    struct JoinGroupRequestProtocol {
        std::string_view name;
        std::string_view metadata;

        template <class V>
        static void describe(V& v) {
            v("name", &JoinGroupRequestProtocol::name);
            v("metadata", &JoinGroupRequestProtocol::metadata, bytes());
        }
    };

    std::string_view groupId;
    std::int32_t sessionTimeoutMs = 0;
    std::int32_t rebalanceTimeoutMs = -1;
    std::string_view memberId;
    std::optional<std::string_view> groupInstanceId;
    std::string_view protocolType;
    std::vector<JoinGroupRequestProtocol> protocols;
    std::optional<std::string_view> reason;

    template <class V>
    static void describe(V& v) {
        v("groupId", &JoinGroupRequest::groupId);
        v("sessionTimeoutMs", &JoinGroupRequest::sessionTimeoutMs);
        v("rebalanceTimeoutMs", &JoinGroupRequest::rebalanceTimeoutMs, since(1));
        v("memberId", &JoinGroupRequest::memberId);
        v("groupInstanceId", &JoinGroupRequest::groupInstanceId, since(5).nullable());
        v("protocolType", &JoinGroupRequest::protocolType);
        v("protocols", &JoinGroupRequest::protocols);
        v("reason", &JoinGroupRequest::reason, since(8).nullable());
    }
};

/// The generation; only the leader gets the members. An unknown generation is -1.
struct JoinGroupResponse {
    static constexpr ApiKey kKey = ApiKey::JoinGroup;
    static constexpr bool kIsRequest = false;
    static constexpr const char* kName = "JoinGroupResponse";
    static constexpr Versions kVersions{0, 9};
    static constexpr Version kFlexibleFrom = 6;

    struct JoinGroupResponseMember {
        std::string memberId;
        std::optional<std::string> groupInstanceId;
        std::string metadata;

        template <class V>
        static void describe(V& v) {
            v("memberId", &JoinGroupResponseMember::memberId);
            v("groupInstanceId", &JoinGroupResponseMember::groupInstanceId, since(5).nullable());
            v("metadata", &JoinGroupResponseMember::metadata, bytes());
        }
    };

    std::int32_t throttleTimeMs = 0;
    KafkaCode errorCode = KafkaCode::None;
    std::int32_t generationId = -1;
    std::optional<std::string> protocolType;
    std::optional<std::string> protocolName;
    std::string leader;
    bool skipAssignment = false;
    std::string memberId;
    std::vector<JoinGroupResponseMember> members;

    template <class V>
    static void describe(V& v) {
        v("throttleTimeMs", &JoinGroupResponse::throttleTimeMs, since(2));
        v("errorCode", &JoinGroupResponse::errorCode);
        v("generationId", &JoinGroupResponse::generationId);
        v("protocolType", &JoinGroupResponse::protocolType, since(7).nullable());
        v("protocolName", &JoinGroupResponse::protocolName, nullable(7));
        v("leader", &JoinGroupResponse::leader);
        v("skipAssignment", &JoinGroupResponse::skipAssignment, since(9));
        v("memberId", &JoinGroupResponse::memberId);
        v("members", &JoinGroupResponse::members);
    }
};

} // namespace meshbone::backbone::wire
