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

/// Asks which users there are and with which mechanisms; null or no users: all (KIP-554).
struct DescribeUserScramCredentialsRequest {
    static constexpr ApiKey kKey = ApiKey::DescribeUserScramCredentials;
    static constexpr bool kIsRequest = true;
    static constexpr const char* kName = "DescribeUserScramCredentialsRequest";
    static constexpr Versions kVersions{0, 0};
    static constexpr Version kFlexibleFrom = 0;

    struct UserName {
        std::string_view name;

        template <class V>
        static void describe(V& v) {
            v("name", &UserName::name);
        }
    };

    std::optional<std::vector<UserName>> users;

    template <class V>
    static void describe(V& v) {
        v("users", &DescribeUserScramCredentialsRequest::users, nullable());
    }
};

/// The users; never a salt or a key.
struct DescribeUserScramCredentialsResponse {
    static constexpr ApiKey kKey = ApiKey::DescribeUserScramCredentials;
    static constexpr bool kIsRequest = false;
    static constexpr const char* kName = "DescribeUserScramCredentialsResponse";
    static constexpr Versions kVersions{0, 0};
    static constexpr Version kFlexibleFrom = 0;

    struct CredentialInfo {
        std::int8_t mechanism = 0;
        std::int32_t iterations = 0;

        template <class V>
        static void describe(V& v) {
            v("mechanism", &CredentialInfo::mechanism);
            v("iterations", &CredentialInfo::iterations);
        }
    };

    struct DescribeUserScramCredentialsResult {
        std::string user;
        KafkaCode errorCode = KafkaCode::None;
        std::optional<std::string> errorMessage;
        std::vector<CredentialInfo> credentialInfos;

        template <class V>
        static void describe(V& v) {
            v("user", &DescribeUserScramCredentialsResult::user);
            v("errorCode", &DescribeUserScramCredentialsResult::errorCode);
            v("errorMessage", &DescribeUserScramCredentialsResult::errorMessage, nullable());
            v("credentialInfos", &DescribeUserScramCredentialsResult::credentialInfos);
        }
    };

    std::int32_t throttleTimeMs = 0;
    KafkaCode errorCode = KafkaCode::None;
    std::optional<std::string> errorMessage;
    std::vector<DescribeUserScramCredentialsResult> results;

    template <class V>
    static void describe(V& v) {
        v("throttleTimeMs", &DescribeUserScramCredentialsResponse::throttleTimeMs);
        v("errorCode", &DescribeUserScramCredentialsResponse::errorCode);
        v("errorMessage", &DescribeUserScramCredentialsResponse::errorMessage, nullable());
        v("results", &DescribeUserScramCredentialsResponse::results);
    }
};

} // namespace meshbone::backbone::wire
