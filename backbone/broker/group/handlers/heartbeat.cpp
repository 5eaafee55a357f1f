// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/heartbeat.h"
#include "broker/group/handlers/exchange.h"

namespace meshbone::backbone::broker {

Handler heartbeatHandler(GroupApi api) {
    return decoding<wire::HeartbeatRequest>([api](const RequestContext& context, const auto& request, Reply reply) {
        wire::HeartbeatResponse response;
        if (mayDo(api, context, Operation::Read, request.groupId)) {
            response.errorCode =
                api.groups.heartbeat(std::string(request.groupId), {.memberId = std::string(request.memberId),
                                                                    .instanceId = owned(request.groupInstanceId),
                                                                    .generation = request.generationId});
        } else {
            response.errorCode = KafkaCode::GroupAuthorizationFailed;
        }
        reply.send(response);
    });
}

} // namespace meshbone::backbone::broker
