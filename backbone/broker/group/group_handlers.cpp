// SPDX-License-Identifier: Apache-2.0
#include "broker/group/group_handlers.h"

#include "wire/api_key.h"

namespace meshbone::backbone::broker {

std::vector<HandlerEntry> groupHandlers(GroupApi api) {
    using wire::ApiKey;
    return {
        {ApiKey::OffsetCommit, offsetCommitHandler(api)},
        {ApiKey::OffsetFetch, offsetFetchHandler(api)},
        {ApiKey::FindCoordinator, findCoordinatorHandler(api)},
        {ApiKey::JoinGroup, joinGroupHandler(api)},
        {ApiKey::Heartbeat, heartbeatHandler(api)},
        {ApiKey::LeaveGroup, leaveGroupHandler(api)},
        {ApiKey::SyncGroup, syncGroupHandler(api)},
        {ApiKey::DescribeGroups, describeGroupsHandler(api)},
        {ApiKey::ListGroups, listGroupsHandler(api)},
        {ApiKey::DeleteGroups, deleteGroupsHandler(api)},
        {ApiKey::OffsetDelete, offsetDeleteHandler(api)},
    };
}

} // namespace meshbone::backbone::broker
