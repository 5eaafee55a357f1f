// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/leave_group.h"
#include "broker/group/handlers/exchange.h"

namespace meshbone::backbone::broker {

namespace {
constexpr std::int16_t kBatchedFrom = 3; // KIP-345: several members, each with an answer of its own

std::vector<LeavingMember> leavingOf(const wire::LeaveGroupRequest& request, std::int16_t version) {
    std::vector<LeavingMember> members;
    if (version < kBatchedFrom) {
        members.push_back({std::string(request.memberId), std::nullopt});
        return members;
    }
    for (const auto& member : request.members) {
        members.push_back({std::string(member.memberId), owned(member.groupInstanceId)});
    }
    return members;
}

void leave(const GroupApi& api, const wire::LeaveGroupRequest& request, std::int16_t version,
           wire::LeaveGroupResponse& response) {
    const auto members = leavingOf(request, version);
    const auto codes = api.groups.leave(std::string(request.groupId), members);
    if (version < kBatchedFrom) {
        response.errorCode = codes.front();
        return;
    }
    for (std::size_t i = 0; i < members.size(); ++i) {
        response.members.push_back({members[i].memberId, members[i].instanceId, codes[i]});
    }
}
} // namespace

Handler leaveGroupHandler(GroupApi api) {
    return decoding<wire::LeaveGroupRequest>([api](const RequestContext& context, const auto& request, Reply reply) {
        wire::LeaveGroupResponse response;
        if (!mayDo(api, context, Operation::Read, request.groupId)) {
            response.errorCode = KafkaCode::GroupAuthorizationFailed;
        } else if (request.groupId.empty()) {
            response.errorCode = KafkaCode::InvalidGroupId;
        } else {
            leave(api, request, context.version, response);
        }
        reply.send(response);
    });
}

} // namespace meshbone::backbone::broker
