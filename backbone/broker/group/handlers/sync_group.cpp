// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/sync_group.h"
#include "broker/group/handlers/exchange.h"

namespace meshbone::backbone::broker {

namespace {
constexpr std::int16_t kProtocolFrom = 5; // KIP-559: protocol type and name are required from here on

SyncRequest toSync(const wire::SyncGroupRequest& request) {
    SyncRequest sync{.memberId = std::string(request.memberId),
                     .instanceId = owned(request.groupInstanceId),
                     .generation = request.generationId,
                     .protocolType = owned(request.protocolType),
                     .protocol = owned(request.protocolName)};
    sync.assignments.reserve(request.assignments.size());
    for (const auto& one : request.assignments) {
        sync.assignments.emplace_back(one.memberId, one.assignment);
    }
    return sync;
}

wire::SyncGroupResponse toResponse(SyncAnswer answer) {
    wire::SyncGroupResponse response;
    response.errorCode = answer.error;
    response.protocolType = std::move(answer.protocolType);
    response.protocolName = std::move(answer.protocol);
    response.assignment = std::move(answer.assignment);
    return response;
}
} // namespace

Handler syncGroupHandler(GroupApi api) {
    return decoding<wire::SyncGroupRequest>([api](const RequestContext& context, const auto& request, Reply reply) {
        auto done = [reply = std::move(reply)](SyncAnswer result) mutable {
            reply.send(toResponse(std::move(result)));
        };
        if (!mayDo(api, context, Operation::Read, request.groupId)) {
            return done({.error = KafkaCode::GroupAuthorizationFailed});
        }
        if (context.version >= kProtocolFrom && (!request.protocolType || !request.protocolName)) {
            return done({.error = KafkaCode::InconsistentGroupProtocol});
        }
        api.groups.sync(std::string(request.groupId), toSync(request), std::move(done));
    });
}

} // namespace meshbone::backbone::broker
