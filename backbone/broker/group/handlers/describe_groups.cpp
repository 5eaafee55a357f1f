// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/describe_groups.h"
#include "broker/authorized_operations.h"
#include "broker/group/handlers/exchange.h"

#include <fmt/format.h>

namespace meshbone::backbone::broker {

namespace {
using Response = wire::DescribeGroupsResponse;

constexpr std::int16_t kNotFoundFrom = 6; // KIP-1043: an unknown group is an error; before, it is a dead one

/// Metadata and assignments are shown of a stable group only: else they belong to no generation.
void describe(const Group& group, Response::DescribedGroup& described) {
    const bool stable = group.is(GroupState::Stable);
    described.groupState = groupStateName(group.state());
    described.protocolType = group.protocolType().value_or("");
    described.protocolData = stable ? group.protocol().value_or("") : "";
    for (const auto& [id, member] : group.members()) {
        auto& one = described.members.emplace_back();
        one.memberId = id;
        one.groupInstanceId = member.instanceId;
        one.clientId = member.clientId;
        one.clientHost = member.clientHost;
        const auto* const metadata = stable ? member.metadataOf(described.protocolData) : nullptr;
        if (metadata != nullptr) {
            one.memberMetadata = *metadata;
            one.memberAssignment = member.assignment;
        }
    }
}

std::int32_t operationsOn(const GroupApi& api, const RequestContext& context, std::string_view group) {
    using enum Operation;
    return authorizedOperations(api.access, context, ResourceKind::Group, group, {Read, Delete, Describe});
}

Response::DescribedGroup describeOne(const GroupApi& api, const RequestContext& context, std::string_view id,
                                     bool withOperations) {
    Response::DescribedGroup described;
    described.groupId = id;
    if (!mayDo(api, context, Operation::Describe, id)) {
        described.errorCode = KafkaCode::GroupAuthorizationFailed;
        return described;
    }
    if (const auto* const group = api.groups.find(id)) {
        describe(*group, described);
    } else {
        described.groupState = groupStateName(GroupState::Dead);
        if (context.version >= kNotFoundFrom) {
            described.errorCode = KafkaCode::GroupIdNotFound;
            described.errorMessage = fmt::format("Group {} not found.", id);
        }
    }
    if (withOperations && described.errorCode == KafkaCode::None) {
        described.authorizedOperations = operationsOn(api, context, id);
    }
    return described;
}
} // namespace

Handler describeGroupsHandler(GroupApi api) {
    return decoding<wire::DescribeGroupsRequest>(
        [api](const RequestContext& context, const auto& request, Reply reply) {
            Response response;
            for (const auto id : request.groups) {
                response.groups.push_back(describeOne(api, context, id, request.includeAuthorizedOperations));
            }
            reply.send(response);
        });
}

} // namespace meshbone::backbone::broker
