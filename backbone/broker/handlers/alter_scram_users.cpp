// SPDX-License-Identifier: Apache-2.0
#include "broker/handlers/acl_checks.h"
#include "broker/handlers/handlers.h"
#include "broker/kafka_errors.h"
#include "wire/messages/alter_user_scram_credentials.h"

#include <fmt/format.h>

#include <map>

namespace meshbone::backbone::broker {

namespace {

using Request = wire::AlterUserScramCredentialsRequest;
using Answers = std::map<std::string, Error>; ///< by user; what is wrong with its changes, Internal: nothing

constexpr int kMinIterations = 4'096, kMaxIterations = 16'384; // Kafka's bounds
constexpr std::size_t kMaxSaltBytes = 1'024;

std::optional<ScramHash> hashOf(std::int8_t mechanism) {
    for (const auto hash : {ScramHash::Sha256, ScramHash::Sha512}) {
        if (kafkaNumber(hash) == mechanism) {
            return hash;
        }
    }
    return std::nullopt;
}

Status checkName(std::string_view user, std::optional<ScramHash> hash) {
    if (user.empty()) {
        return refuse(KafkaCode::UnacceptableCredential, "Username must not be empty");
    }
    return hash ? Status{} : refuse(KafkaCode::UnsupportedSaslMechanism, "Unknown SCRAM mechanism");
}

Result<UserChange> changeIn(const Request::ScramCredentialDeletion& asked, const UserStore& users) {
    const auto hash = hashOf(asked.mechanism);
    if (auto named = checkName(asked.name, hash); !named) {
        return std::unexpected(named.error());
    }
    const std::string user(asked.name);
    if (!users.verifier(*hash, user).second) {
        return refuse(KafkaCode::ResourceNotFound,
                      fmt::format("Attempt to delete a user credential that does not exist: {}", user));
    }
    return UserChange{user, *hash, std::nullopt};
}

Result<UserChange> changeIn(const Request::ScramCredentialUpsertion& asked, const UserStore& /*users*/) {
    const auto hash = hashOf(asked.mechanism);
    if (auto named = checkName(asked.name, hash); !named) {
        return std::unexpected(named.error());
    }
    if (asked.iterations < kMinIterations || asked.iterations > kMaxIterations) {
        return refuse(KafkaCode::UnacceptableCredential,
                      asked.iterations < kMinIterations ? "Too few iterations" : "Too many iterations");
    }
    if (asked.saltedPassword.empty() || asked.salt.empty() || asked.salt.size() > kMaxSaltBytes) {
        return refuse(KafkaCode::UnacceptableCredential, "A credential needs a salt and a salted password.");
    }
    // What came is the password, salted: from it the keys that RFC 5802 has the server keep.
    return UserChange{std::string(asked.name), *hash,
                      sasl::scramVerifierOf(*hash, asked.saltedPassword, asked.salt, asked.iterations)};
}

/// Changes of users about whom nothing is wrong; a user who is named twice for one mechanism is refused as a whole.
std::vector<UserChange> acceptable(const Request& request, const UserStore& users, Answers& answers) {
    std::vector<UserChange> changes;
    std::map<std::string, int> times;
    const auto add = [&](const auto& all) {
        for (const auto& asked : all) {
            const std::string user(asked.name);
            auto change = changeIn(asked, users);
            auto& answer = answers[user];
            if (++times[user] > 1) {
                answer = {ErrorCode::InvalidArgument, "A user credential cannot be altered twice in the same request",
                          static_cast<std::int16_t>(KafkaCode::DuplicateResource)};
            } else if (!change) {
                answer = change.error();
            } else {
                changes.push_back(std::move(*change));
            }
        }
    };
    add(request.deletions);
    add(request.upsertions);
    std::erase_if(changes, [&](const UserChange& change) { return answers[change.user].kafkaCode != 0; });
    return changes;
}

/// A user who is gone does not stay connected: Kafka's would.
void closeSessions(Services& services, const std::vector<UserChange>& changes) {
    for (const auto& change : changes) {
        if (!services.users.has(change.user) && services.sessions.count(change.user) > 0) {
            services.loop.afterTurnEnd(
                [&services, user = change.user] { services.sessions.close(user, "Its user was removed."); });
        }
    }
}

Answers alterAll(Services& services, const Request& request) {
    Answers answers;
    const auto changes = acceptable(request, services.users, answers);
    if (const auto done = services.users.change(changes); !done) {
        for (const auto& change : changes) {
            answers[change.user] = {done.error().code, done.error().message,
                                    static_cast<std::int16_t>(kafkaCodeOf(done.error()))};
        }
    } else {
        closeSessions(services, changes);
    }
    return answers;
}

Answers refuseAll(const Request& request, const Error& error) {
    Answers answers;
    for (const auto& asked : request.deletions) {
        answers[std::string(asked.name)] = error;
    }
    for (const auto& asked : request.upsertions) {
        answers[std::string(asked.name)] = error;
    }
    return answers;
}

} // namespace

Handler alterScramUsersHandler(Services& services) {
    return [&services](const RequestContext& context, Reply reply) {
        const auto request = decodeOrClose<Request>(context, reply);
        if (!request) {
            return;
        }
        const auto may = mayUseCluster(services, context, Operation::Alter);
        wire::AlterUserScramCredentialsResponse response;
        for (const auto& [user, error] : may ? alterAll(services, *request) : refuseAll(*request, may.error())) {
            const auto code = static_cast<KafkaCode>(error.kafkaCode);
            response.results.push_back(
                {user, code, code == KafkaCode::None ? std::nullopt : std::optional(error.message)});
        }
        reply.send(response);
    };
}

} // namespace meshbone::backbone::broker
