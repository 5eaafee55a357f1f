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

/// Asks for the member's assignment; the leader brings those of all.
struct SyncGroupRequest {
    static constexpr ApiKey kKey = ApiKey::SyncGroup;
    static constexpr bool kIsRequest = true;
    static constexpr const char* kName = "SyncGroupRequest";
    static constexpr Versions kVersions{0, 5};
    static constexpr Version kFlexibleFrom = 4;

    struct SyncGroupRequestAssignment {
        std::string_view memberId;
        std::string_view assignment;

        template <class V>
        static void describe(V& v) {
            v("memberId", &SyncGroupRequestAssignment::memberId);
            v("assignment", &SyncGroupRequestAssignment::assignment, bytes());
        }
    };

    std::string_view groupId;
    std::int32_t generationId = 0;
    std::string_view memberId;
    std::optional<std::string_view> groupInstanceId;
    std::optional<std::string_view> protocolType;
    std::optional<std::string_view> protocolName;
    std::vector<SyncGroupRequestAssignment> assignments;

    template <class V>
    static void describe(V& v) {
        v("groupId", &SyncGroupRequest::groupId);
        v("generationId", &SyncGroupRequest::generationId);
        v("memberId", &SyncGroupRequest::memberId);
        v("groupInstanceId", &SyncGroupRequest::groupInstanceId, since(3).nullable());
        v("protocolType", &SyncGroupRequest::protocolType, since(5).nullable());
        v("protocolName", &SyncGroupRequest::protocolName, since(5).nullable());
        v("assignments", &SyncGroupRequest::assignments);
    }
};

/// The member's assignment.
struct SyncGroupResponse {
    static constexpr ApiKey kKey = ApiKey::SyncGroup;
    static constexpr bool kIsRequest = false;
    static constexpr const char* kName = "SyncGroupResponse";
    static constexpr Versions kVersions{0, 5};
    static constexpr Version kFlexibleFrom = 4;

    std::int32_t throttleTimeMs = 0;
    KafkaCode errorCode = KafkaCode::None;
    std::optional<std::string> protocolType;
    std::optional<std::string> protocolName;
    std::string assignment;

    template <class V>
    static void describe(V& v) {
        v("throttleTimeMs", &SyncGroupResponse::throttleTimeMs, since(1));
        v("errorCode", &SyncGroupResponse::errorCode);
        v("protocolType", &SyncGroupResponse::protocolType, since(5).nullable());
        v("protocolName", &SyncGroupResponse::protocolName, since(5).nullable());
        v("assignment", &SyncGroupResponse::assignment, bytes());
    }
};

} // namespace meshbone::backbone::wire
