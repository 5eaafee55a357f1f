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

/// Chooses a SASL mechanism. After version 0 the tokens follow raw, without Kafka headers; after 1 in SaslAuthenticate.
struct SaslHandshakeRequest {
    static constexpr ApiKey kKey = ApiKey::SaslHandshake;
    static constexpr bool kIsRequest = true;
    static constexpr const char* kName = "SaslHandshakeRequest";
    static constexpr Versions kVersions{0, 1};
    static constexpr Version kFlexibleFrom = kNever;

    std::string_view mechanism;

    template <class V>
    static void describe(V& v) {
        v("mechanism", &SaslHandshakeRequest::mechanism);
    }
};

/// The mechanisms that are enabled.
struct SaslHandshakeResponse {
    static constexpr ApiKey kKey = ApiKey::SaslHandshake;
    static constexpr bool kIsRequest = false;
    static constexpr const char* kName = "SaslHandshakeResponse";
    static constexpr Versions kVersions{0, 1};
    static constexpr Version kFlexibleFrom = kNever;

    KafkaCode errorCode = KafkaCode::None;
    std::vector<std::string> mechanisms;

    template <class V>
    static void describe(V& v) {
        v("errorCode", &SaslHandshakeResponse::errorCode);
        v("mechanisms", &SaslHandshakeResponse::mechanisms);
    }
};

} // namespace meshbone::backbone::wire
