// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/create_acls.h"
#include "broker/acl/acl_wire.h"
#include "broker/handlers/acl_checks.h"
#include "broker/handlers/handlers.h"
#include "broker/kafka_errors.h"

namespace meshbone::backbone::broker {

namespace {

constexpr std::size_t kMostAtOnce = 10'000; // as Kafka's controller: more in one request are refused as a whole

using Answer = wire::CreateAclsResponse::AclCreationResult;

Answer failed(const Error& error) {
    return {kafkaCodeOf(error), error.message};
}

/// The valid ones are made even where others are refused, and become durable together.
std::vector<Answer> createAll(AclStore& acls, const wire::CreateAclsRequest& request) {
    std::vector<Answer> answers(request.creations.size());
    std::vector<AclBinding> bindings;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < request.creations.size(); ++i) {
        if (auto binding = bindingIn(request.creations[i])) {
            bindings.push_back(std::move(*binding));
            places.push_back(i);
        } else {
            answers[i] = failed(binding.error());
        }
    }
    if (const auto added = acls.add(bindings); !added) {
        for (const auto place : places) {
            answers[place] = failed(added.error());
        }
    }
    return answers;
}

} // namespace

Handler createAclsHandler(Services& services) {
    return [&services](const RequestContext& context, Reply reply) {
        const auto request = decodeOrClose<wire::CreateAclsRequest>(context, reply);
        if (!request) {
            return;
        }
        wire::CreateAclsResponse response;
        const auto count = request->creations.size();
        if (const auto may = mayUseAcls(services, context, Operation::Alter); !may) {
            response.results.assign(count, failed(may.error()));
        } else if (count > kMostAtOnce) {
            response.results.assign(
                count, {KafkaCode::PolicyViolation, "Too many ACLs in one request: at most 10,000 are made at once."});
        } else {
            response.results = createAll(*services.acls, *request);
        }
        reply.send(response);
    };
}

} // namespace meshbone::backbone::broker
