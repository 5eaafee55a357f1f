// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/access.h"
#include "broker/group/group_coordinator.h"
#include "broker/handler.h"

namespace meshbone::backbone::broker {

/// What the handlers of the group APIs work with. References; everything must outlive the handlers.
struct GroupApi {
    GroupCoordinator& groups;
    Access& access;
};

/// JoinGroup, SyncGroup, Heartbeat, LeaveGroup, OffsetCommit, OffsetFetch, OffsetDelete, ListGroups, DescribeGroups,
/// DeleteGroups and FindCoordinator: each checks access, hands the request to the coordinator and puts what it says
/// into the answer of the request's version. Loop thread only.
std::vector<HandlerEntry> groupHandlers(GroupApi api);

// One in each file of handlers/.
Handler joinGroupHandler(GroupApi api);
Handler syncGroupHandler(GroupApi api);
Handler heartbeatHandler(GroupApi api);
Handler leaveGroupHandler(GroupApi api);
Handler offsetCommitHandler(GroupApi api);
Handler offsetFetchHandler(GroupApi api);
Handler offsetDeleteHandler(GroupApi api);
Handler listGroupsHandler(GroupApi api);
Handler describeGroupsHandler(GroupApi api);
Handler deleteGroupsHandler(GroupApi api);
Handler findCoordinatorHandler(GroupApi api);

} // namespace meshbone::backbone::broker
