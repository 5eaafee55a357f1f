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

/// Asks who coordinates groups (keyType 0) or transactions (1); several at once from version 4 (KIP-699).
struct FindCoordinatorRequest {
    static constexpr ApiKey kKey = ApiKey::FindCoordinator;
    static constexpr bool kIsRequest = true;
    static constexpr const char* kName = "FindCoordinatorRequest";
    static constexpr Versions kVersions{0, 5};
    static constexpr Version kFlexibleFrom = 3;

    std::string_view key;
    std::int8_t keyType = 0;
    std::vector<std::string_view> coordinatorKeys;

    template <class V>
    static void describe(V& v) {
        v("key", &FindCoordinatorRequest::key, until(3));
        v("keyType", &FindCoordinatorRequest::keyType, since(1));
        v("coordinatorKeys", &FindCoordinatorRequest::coordinatorKeys, since(4));
    }
};

/// The coordinators.
struct FindCoordinatorResponse {
    static constexpr ApiKey kKey = ApiKey::FindCoordinator;
    static constexpr bool kIsRequest = false;
    static constexpr const char* kName = "FindCoordinatorResponse";
    static constexpr Versions kVersions{0, 5};
    static constexpr Version kFlexibleFrom = 3;

    struct Coordinator {
        std::string key;
        std::int32_t nodeId = 0;
        std::string host;
        std::int32_t port = 0;
        KafkaCode errorCode = KafkaCode::None;
        std::optional<std::string> errorMessage;

        template <class V>
        static void describe(V& v) {
            v("key", &Coordinator::key, since(4));
            v("nodeId", &Coordinator::nodeId, since(4));
            v("host", &Coordinator::host, since(4));
            v("port", &Coordinator::port, since(4));
            v("errorCode", &Coordinator::errorCode, since(4));
            v("errorMessage", &Coordinator::errorMessage, since(4).nullable());
        }
    };

    std::int32_t throttleTimeMs = 0;
    KafkaCode errorCode = KafkaCode::None;
    std::optional<std::string> errorMessage;
    std::int32_t nodeId = 0;
    std::string host;
    std::int32_t port = 0;
    std::vector<Coordinator> coordinators;

    template <class V>
    static void describe(V& v) {
        v("throttleTimeMs", &FindCoordinatorResponse::throttleTimeMs, since(1));
        v("errorCode", &FindCoordinatorResponse::errorCode, until(3));
        v("errorMessage", &FindCoordinatorResponse::errorMessage, between(1, 3).nullable());
        v("nodeId", &FindCoordinatorResponse::nodeId, until(3));
        v("host", &FindCoordinatorResponse::host, until(3));
        v("port", &FindCoordinatorResponse::port, until(3));
        v("coordinators", &FindCoordinatorResponse::coordinators, since(4));
    }
};

} // namespace meshbone::backbone::wire
