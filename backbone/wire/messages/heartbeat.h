// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/api_key.h"
#include "wire/error_code.h"
#include "wire/field.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace meshbone::backbone::wire {

/// Says that a member is alive.
struct HeartbeatRequest {
    static constexpr ApiKey kKey = ApiKey::Heartbeat;
    static constexpr bool kIsRequest = true;
    static constexpr const char* kName = "HeartbeatRequest";
    static constexpr Versions kVersions{0, 4};
    static constexpr Version kFlexibleFrom = 4;

    std::string_view groupId;
    std::int32_t generationId = 0;
    std::string_view memberId;
    std::optional<std::string_view> groupInstanceId;

    template <class V>
    static void describe(V& v) {
        v("groupId", &HeartbeatRequest::groupId);
        v("generationId", &HeartbeatRequest::generationId);
        v("memberId", &HeartbeatRequest::memberId);
        v("groupInstanceId", &HeartbeatRequest::groupInstanceId, since(3).nullable());
    }
};

/// Whether the member is still part of the generation.
struct HeartbeatResponse {
    static constexpr ApiKey kKey = ApiKey::Heartbeat;
    static constexpr bool kIsRequest = false;
    static constexpr const char* kName = "HeartbeatResponse";
    static constexpr Versions kVersions{0, 4};
    static constexpr Version kFlexibleFrom = 4;

    std::int32_t throttleTimeMs = 0;
    KafkaCode errorCode = KafkaCode::None;

    template <class V>
    static void describe(V& v) {
        v("throttleTimeMs", &HeartbeatResponse::throttleTimeMs, since(1));
        v("errorCode", &HeartbeatResponse::errorCode);
    }
};

} // namespace meshbone::backbone::wire
