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

/// Creates, changes and removes SCRAM credentials; the password comes salted (KIP-554).
struct AlterUserScramCredentialsRequest {
    static constexpr ApiKey kKey = ApiKey::AlterUserScramCredentials;
    static constexpr bool kIsRequest = true;
    static constexpr const char* kName = "AlterUserScramCredentialsRequest";
    static constexpr Versions kVersions{0, 0};
    static constexpr Version kFlexibleFrom = 0;

    struct ScramCredentialDeletion {
        std::string_view name;
        std::int8_t mechanism = 0;

        template <class V>
        static void describe(V& v) {
            v("name", &ScramCredentialDeletion::name);
            v("mechanism", &ScramCredentialDeletion::mechanism);
        }
    };

    struct ScramCredentialUpsertion {
        std::string_view name;
        std::int8_t mechanism = 0;
        std::int32_t iterations = 0;
        std::string_view salt;
        std::string_view saltedPassword;

        template <class V>
        static void describe(V& v) {
            v("name", &ScramCredentialUpsertion::name);
            v("mechanism", &ScramCredentialUpsertion::mechanism);
            v("iterations", &ScramCredentialUpsertion::iterations);
            v("salt", &ScramCredentialUpsertion::salt, bytes());
            v("saltedPassword", &ScramCredentialUpsertion::saltedPassword, bytes());
        }
    };

    std::vector<ScramCredentialDeletion> deletions;
    std::vector<ScramCredentialUpsertion> upsertions;

    template <class V>
    static void describe(V& v) {
        v("deletions", &AlterUserScramCredentialsRequest::deletions);
        v("upsertions", &AlterUserScramCredentialsRequest::upsertions);
    }
};

/// What became of each user, one result for each.
struct AlterUserScramCredentialsResponse {
    static constexpr ApiKey kKey = ApiKey::AlterUserScramCredentials;
    static constexpr bool kIsRequest = false;
    static constexpr const char* kName = "AlterUserScramCredentialsResponse";
    static constexpr Versions kVersions{0, 0};
    static constexpr Version kFlexibleFrom = 0;

    struct AlterUserScramCredentialsResult {
        std::string user;
        KafkaCode errorCode = KafkaCode::None;
        std::optional<std::string> errorMessage;

        template <class V>
        static void describe(V& v) {
            v("user", &AlterUserScramCredentialsResult::user);
            v("errorCode", &AlterUserScramCredentialsResult::errorCode);
            v("errorMessage", &AlterUserScramCredentialsResult::errorMessage, nullable());
        }
    };

    std::int32_t throttleTimeMs = 0;
    std::vector<AlterUserScramCredentialsResult> results;

    template <class V>
    static void describe(V& v) {
        v("throttleTimeMs", &AlterUserScramCredentialsResponse::throttleTimeMs);
        v("results", &AlterUserScramCredentialsResponse::results);
    }
};

} // namespace meshbone::backbone::wire
