// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/join_group.h"
#include "broker/group/handlers/exchange.h"

namespace meshbone::backbone::broker {

namespace {
constexpr std::int16_t kRebalanceTimeoutFrom = 1;
constexpr std::int16_t kKnownIdFrom = 4;        // KIP-394
constexpr std::int16_t kSkipAssignmentFrom = 9; // KIP-814

JoinRequest toJoin(const RequestContext& context, const wire::JoinGroupRequest& request) {
    const bool oneTimeout = context.version < kRebalanceTimeoutFrom;
    JoinRequest join{.memberId = std::string(request.memberId),
                     .instanceId = owned(request.groupInstanceId),
                     .clientId = context.client->clientId,
                     .clientHost = "/" + context.client->host, // Kafka shows addresses as Java writes them
                     .sessionTimeout = std::chrono::milliseconds(request.sessionTimeoutMs),
                     .rebalanceTimeout =
                         std::chrono::milliseconds(oneTimeout ? request.sessionTimeoutMs : request.rebalanceTimeoutMs),
                     .protocolType = std::string(request.protocolType),
                     .needsKnownId = context.version >= kKnownIdFrom,
                     .maySkipAssignment = context.version >= kSkipAssignmentFrom};
    join.protocols.reserve(request.protocols.size());
    for (const auto& protocol : request.protocols) {
        join.protocols.push_back({std::string(protocol.name), Bytes(protocol.metadata)});
    }
    return join;
}

wire::JoinGroupResponse toResponse(JoinAnswer answer) {
    wire::JoinGroupResponse response;
    response.errorCode = answer.error;
    response.generationId = answer.generation;
    response.protocolType = std::move(answer.protocolType);
    response.protocolName = std::move(answer.protocol);
    response.leader = std::move(answer.leader);
    response.skipAssignment = answer.skipAssignment;
    response.memberId = std::move(answer.memberId);
    response.members.reserve(answer.members.size());
    for (auto& member : answer.members) {
        response.members.push_back(
            {std::move(member.memberId), std::move(member.instanceId), std::move(member.metadata)});
    }
    return response;
}
} // namespace

Handler joinGroupHandler(GroupApi api) {
    return decoding<wire::JoinGroupRequest>([api](const RequestContext& context, const auto& request, Reply reply) {
        auto done = [reply = std::move(reply)](JoinAnswer result) mutable {
            reply.send(toResponse(std::move(result)));
        };
        if (!mayDo(api, context, Operation::Read, request.groupId)) {
            return done({.error = KafkaCode::GroupAuthorizationFailed, .memberId = std::string(request.memberId)});
        }
        api.groups.join(std::string(request.groupId), toJoin(context, request), std::move(done));
    });
}

} // namespace meshbone::backbone::broker
