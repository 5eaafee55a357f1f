// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/find_coordinator.h"
#include "broker/group/handlers/exchange.h"

namespace meshbone::backbone::broker {

namespace {
using Response = wire::FindCoordinatorResponse;

constexpr std::int16_t kBatchedFrom = 4; // KIP-699
constexpr std::int8_t kGroup = 0;
constexpr std::int8_t kTransaction = 1;

/// There is one broker, so it coordinates everything that it may talk about.
Response::Coordinator coordinatorOf(const GroupApi& api, const RequestContext& context, std::string_view key,
                                    std::int8_t keyType) {
    Response::Coordinator found;
    found.key = key;
    found.nodeId = -1;
    found.port = -1;
    const auto kind = keyType == kTransaction ? ResourceKind::TransactionalId : ResourceKind::Group;
    if (keyType != kGroup && keyType != kTransaction) {
        found.errorCode = KafkaCode::InvalidRequest;
    } else if (!api.access.allowed(context, Operation::Describe, kind, key)) {
        found.errorCode = keyType == kTransaction ? KafkaCode::TransactionalIdAuthorizationFailed
                                                  : KafkaCode::GroupAuthorizationFailed;
    } else {
        found.nodeId = context.endpoint->nodeId;
        found.host = context.endpoint->host;
        found.port = context.endpoint->port;
        return found;
    }
    found.errorMessage = std::string(wire::kafkaCodeSentence(found.errorCode));
    return found;
}
} // namespace

Handler findCoordinatorHandler(GroupApi api) {
    return decoding<wire::FindCoordinatorRequest>(
        [api](const RequestContext& context, const auto& request, Reply reply) {
            Response response;
            if (context.version >= kBatchedFrom) {
                for (const auto key : request.coordinatorKeys) {
                    response.coordinators.push_back(coordinatorOf(api, context, key, request.keyType));
                }
            } else {
                auto found = coordinatorOf(api, context, request.key, request.keyType);
                response.errorCode = found.errorCode;
                response.errorMessage = std::move(found.errorMessage);
                response.nodeId = found.nodeId;
                response.host = std::move(found.host);
                response.port = found.port;
            }
            reply.send(response);
        });
}

} // namespace meshbone::backbone::broker
