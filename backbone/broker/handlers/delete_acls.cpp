// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/delete_acls.h"
#include "broker/acl/acl_wire.h"
#include "broker/handlers/acl_checks.h"
#include "broker/handlers/handlers.h"
#include "broker/kafka_errors.h"

#include <set>

namespace meshbone::backbone::broker {

namespace {

constexpr std::size_t kMostAtOnce = 10'000; // bindings; as Kafka's controller

using Answer = wire::DeleteAclsResponse::DeleteAclsFilterResult;

Answer failed(const Error& error) {
    return {kafkaCodeOf(error), error.message, {}};
}

std::vector<Answer> deleteAll(AclStore& acls, const wire::DeleteAclsRequest& request) {
    std::vector<Answer> answers;
    std::set<AclBinding> going;
    for (const auto& asked : request.filters) {
        const auto filter = filterIn(asked);
        if (!filter) {
            answers.push_back(failed(filter.error()));
            continue;
        }
        auto& answer = answers.emplace_back();
        for (const auto& binding : acls.table().matching(*filter)) {
            answer.matchingAcls.push_back(matchingAcl(binding));
            going.insert(binding);
        }
    }
    auto removed = going.size() > kMostAtOnce
                       ? refuse(KafkaCode::PolicyViolation, "Too many ACLs match: at most 10,000 are removed at once.")
                       : acls.remove(std::vector(going.begin(), going.end()));
    if (!removed) {
        for (auto& answer : answers) {
            answer = answer.errorCode == KafkaCode::None ? failed(removed.error()) : answer;
        }
    }
    return answers;
}

} // namespace

Handler deleteAclsHandler(Services& services) {
    return [&services](const RequestContext& context, Reply reply) {
        const auto request = decodeOrClose<wire::DeleteAclsRequest>(context, reply);
        if (!request) {
            return;
        }
        wire::DeleteAclsResponse response;
        if (const auto may = mayUseAcls(services, context, Operation::Alter); !may) {
            response.filterResults.assign(request->filters.size(), failed(may.error()));
        } else {
            response.filterResults = deleteAll(*services.acls, *request);
        }
        reply.send(response);
    };
}

} // namespace meshbone::backbone::broker
