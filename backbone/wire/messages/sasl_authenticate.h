// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/api_key.h"
#include "wire/error_code.h"
#include "wire/field.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace meshbone::backbone::wire {

/// One token of a SASL exchange (KIP-152).
struct SaslAuthenticateRequest {
    static constexpr ApiKey kKey = ApiKey::SaslAuthenticate;
    static constexpr bool kIsRequest = true;
    static constexpr const char* kName = "SaslAuthenticateRequest";
    static constexpr Versions kVersions{0, 2};
    static constexpr Version kFlexibleFrom = 2;

    std::string_view authBytes;

    template <class V>
    static void describe(V& v) {
        v("authBytes", &SaslAuthenticateRequest::authBytes, bytes());
    }
};

/// The answer to it; sessionLifetimeMs > 0: authenticate again in time (KIP-368).
struct SaslAuthenticateResponse {
    static constexpr ApiKey kKey = ApiKey::SaslAuthenticate;
    static constexpr bool kIsRequest = false;
    static constexpr const char* kName = "SaslAuthenticateResponse";
    static constexpr Versions kVersions{0, 2};
    static constexpr Version kFlexibleFrom = 2;

    KafkaCode errorCode = KafkaCode::None;
    std::optional<std::string> errorMessage;
    std::string authBytes;
    std::int64_t sessionLifetimeMs = 0;

    template <class V>
    static void describe(V& v) {
        v("errorCode", &SaslAuthenticateResponse::errorCode);
        v("errorMessage", &SaslAuthenticateResponse::errorMessage, nullable());
        v("authBytes", &SaslAuthenticateResponse::authBytes, bytes());
        v("sessionLifetimeMs", &SaslAuthenticateResponse::sessionLifetimeMs, since(1));
    }
};

} // namespace meshbone::backbone::wire
