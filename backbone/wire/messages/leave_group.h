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

/// Leaves a group; several members at once from version 3 (KIP-345).
struct LeaveGroupRequest {
    static constexpr ApiKey kKey = ApiKey::LeaveGroup;
    static constexpr bool kIsRequest = true;
    static constexpr const char* kName = "LeaveGroupRequest";
    static constexpr Versions kVersions{0, 5};
    static constexpr Version kFlexibleFrom = 4;

    struct MemberIdentity {
        std::string_view memberId;
        std::optional<std::string_view> groupInstanceId;
        std::optional<std::string_view> reason;

        template <class V>
        static void describe(V& v) {
            v("memberId", &MemberIdentity::memberId, since(3));
            v("groupInstanceId", &MemberIdentity::groupInstanceId, since(3).nullable());
            v("reason", &MemberIdentity::reason, since(5).nullable());
        }
    };

    std::string_view groupId;
    std::string_view memberId;
    std::vector<MemberIdentity> members;

    template <class V>
    static void describe(V& v) {
        v("groupId", &LeaveGroupRequest::groupId);
        v("memberId", &LeaveGroupRequest::memberId, until(2));
        v("members", &LeaveGroupRequest::members, since(3));
    }
};

/// What became of each member.
struct LeaveGroupResponse {
    static constexpr ApiKey kKey = ApiKey::LeaveGroup;
    static constexpr bool kIsRequest = false;
    static constexpr const char* kName = "LeaveGroupResponse";
    static constexpr Versions kVersions{0, 5};
    static constexpr Version kFlexibleFrom = 4;

    struct MemberResponse {
        std::string memberId;
        std::optional<std::string> groupInstanceId;
        KafkaCode errorCode = KafkaCode::None;

        template <class V>
        static void describe(V& v) {
            v("memberId", &MemberResponse::memberId, since(3));
            v("groupInstanceId", &MemberResponse::groupInstanceId, since(3).nullable());
            v("errorCode", &MemberResponse::errorCode, since(3));
        }
    };

    std::int32_t throttleTimeMs = 0;
    KafkaCode errorCode = KafkaCode::None;
    std::vector<MemberResponse> members;

    template <class V>
    static void describe(V& v) {
        v("throttleTimeMs", &LeaveGroupResponse::throttleTimeMs, since(1));
        v("errorCode", &LeaveGroupResponse::errorCode);
        v("members", &LeaveGroupResponse::members, since(3));
    }
};

} // namespace meshbone::backbone::wire
