// SPDX-License-Identifier: Apache-2.0
#include "broker/handlers/acl_checks.h"
#include "broker/handlers/handlers.h"
#include "broker/kafka_errors.h"
#include "wire/messages/describe_user_scram_credentials.h"

#include <fmt/format.h>

#include <map>

namespace meshbone::backbone::broker {

namespace {

using Response = wire::DescribeUserScramCredentialsResponse;
using Answer = Response::DescribeUserScramCredentialsResult;

Answer described(const std::string& user, const UserVerifiers& verifiers) {
    Answer answer;
    answer.user = user;
    for (const auto hash : {ScramHash::Sha256, ScramHash::Sha512}) {
        if (const auto& verifier = verifiers.of(hash)) {
            answer.credentialInfos.push_back({kafkaNumber(hash), verifier->iterations});
        }
    }
    return answer;
}

Answer failed(const std::string& user, KafkaCode code, std::string sentence) {
    Answer answer;
    answer.user = user;
    answer.errorCode = code;
    answer.errorMessage = std::move(sentence);
    return answer;
}

std::vector<Answer> describeAsked(const std::map<std::string, UserVerifiers>& users,
                                  const wire::DescribeUserScramCredentialsRequest& request) {
    std::map<std::string, int> times; // as Kafka: each name once, in any order
    for (const auto& asked : *request.users) {
        ++times[std::string(asked.name)];
    }
    std::vector<Answer> answers;
    for (const auto& [user, count] : times) {
        const auto found = users.find(user);
        if (count > 1) {
            answers.push_back(failed(user, KafkaCode::DuplicateResource,
                                     fmt::format("Cannot describe SCRAM credentials for the same user twice in a "
                                                 "single request: {}",
                                                 user)));
        } else if (found == users.end()) {
            answers.push_back(
                failed(user, KafkaCode::ResourceNotFound,
                       fmt::format("Attempt to describe a user credential that does not exist: {}", user)));
        } else {
            answers.push_back(described(user, found->second));
        }
    }
    return answers;
}

} // namespace

Handler describeScramUsersHandler(Services& services) {
    return [&services](const RequestContext& context, Reply reply) {
        const auto request = decodeOrClose<wire::DescribeUserScramCredentialsRequest>(context, reply);
        if (!request) {
            return;
        }
        Response response;
        if (const auto may = mayUseCluster(services, context, Operation::Describe); !may) {
            response.errorCode = kafkaCodeOf(may.error());
            response.errorMessage = may.error().message;
        } else if (request->users && !request->users->empty()) {
            response.results = describeAsked(services.users.all(), *request);
        } else {
            for (const auto& [user, verifiers] : services.users.all()) {
                response.results.push_back(described(user, verifiers));
            }
        }
        reply.send(response);
    };
}

} // namespace meshbone::backbone::broker
