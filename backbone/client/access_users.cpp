// SPDX-License-Identifier: Apache-2.0
#include "client/access_admin.h"
#include "client/kafka_errors.h"
#include "sasl/scram.h"
#include "wire/messages/alter_user_scram_credentials.h"
#include "wire/messages/describe_user_scram_credentials.h"

#include <fmt/format.h>

#include <random>

namespace meshbone::backbone {

namespace {

constexpr int kIterations = 8'192; // twice Kafka's least; a login stays under some milliseconds
constexpr std::size_t kSaltBytes = 24;
constexpr std::int8_t kSha256 = 1, kSha512 = 2; // KIP-554

std::int8_t numberOf(ScramMechanism mechanism) {
    return mechanism == ScramMechanism::Sha256 ? kSha256 : kSha512;
}

Status alter(const Profile& profile, const wire::AlterUserScramCredentialsRequest& request, std::string_view doing,
             const CallOptions& options) {
    WireClient client(profile, Deadline(options));
    const auto node = client.anyNode();
    if (!node) {
        return std::unexpected(node.error());
    }
    const auto response = client.call<wire::AlterUserScramCredentialsResponse>(*node, request, doing);
    if (!response) {
        return std::unexpected(response.error());
    }
    for (const auto& result : response->results) {
        if (result.errorCode == wire::KafkaCode::ResourceNotFound) {
            return fail(ErrorCode::NotFound, fmt::format("Could not {}: there is no such credential.", doing),
                        static_cast<std::int16_t>(result.errorCode));
        }
        if (result.errorCode != wire::KafkaCode::None) {
            return std::unexpected(accessError(result.errorCode, doing, result.errorMessage, Operation::Alter));
        }
    }
    return {};
}

ScramUser userOf(const wire::DescribeUserScramCredentialsResponse::DescribeUserScramCredentialsResult& result) {
    ScramUser user{result.user, {}};
    for (const auto& credential : result.credentialInfos) {
        if (credential.mechanism == kSha256 || credential.mechanism == kSha512) {
            user.credentials.push_back(
                {credential.mechanism == kSha256 ? ScramMechanism::Sha256 : ScramMechanism::Sha512,
                 credential.iterations});
        }
    }
    return user;
}

} // namespace

std::string_view name(ScramMechanism mechanism) {
    return mechanism == ScramMechanism::Sha256 ? "SCRAM-SHA-256" : "SCRAM-SHA-512";
}

std::string randomPassword() {
    constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    std::random_device device;
    std::uniform_int_distribution<std::size_t> pick(0, kLetters.size() - 1);
    std::string password(32, '\0');
    for (auto& letter : password) {
        letter = kLetters[pick(device)];
    }
    return password;
}

Result<std::vector<ScramUser>> WireAccessAdmin::users(const CallOptions& options) {
    constexpr std::string_view kDoing = "list the users";
    WireClient client(m_profile, Deadline(options));
    const auto node = client.anyNode();
    if (!node) {
        return std::unexpected(node.error());
    }
    wire::DescribeUserScramCredentialsRequest request;
    request.users.emplace(); // all; where the right is missing Kafka (4.4) never answers a request without a list
    const auto response = client.call<wire::DescribeUserScramCredentialsResponse>(*node, request, kDoing);
    if (!response) {
        return std::unexpected(response.error());
    }
    if (response->errorCode != wire::KafkaCode::None) {
        return std::unexpected(accessError(response->errorCode, kDoing, response->errorMessage, Operation::Describe));
    }
    std::vector<ScramUser> users;
    for (const auto& result : response->results) {
        users.push_back(userOf(result));
    }
    return users;
}

Status WireAccessAdmin::putUser(const std::string& user, const std::string& password, ScramMechanism mechanism,
                                const CallOptions& options) {
    if (user.empty() || password.empty()) {
        return fail(ErrorCode::InvalidArgument, "A user needs a name and a password.");
    }
    const auto hash = mechanism == ScramMechanism::Sha256 ? sasl::ScramHash::Sha256 : sasl::ScramHash::Sha512;
    const auto salt = sasl::randomBytes(kSaltBytes);
    const auto salted = sasl::saltedPassword(hash, password, salt, kIterations);
    wire::AlterUserScramCredentialsRequest request;
    request.upsertions.push_back({user, numberOf(mechanism), kIterations, salt, salted});
    return alter(m_profile, request, fmt::format("set the password of '{}'", user), options);
}

Status WireAccessAdmin::removeUser(const std::string& user, ScramMechanism mechanism, const CallOptions& options) {
    wire::AlterUserScramCredentialsRequest request;
    request.deletions.push_back({user, numberOf(mechanism)});
    return alter(m_profile, request, fmt::format("remove {} of '{}'", name(mechanism), user), options);
}

} // namespace meshbone::backbone
