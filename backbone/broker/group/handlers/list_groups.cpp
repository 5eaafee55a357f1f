// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/list_groups.h"
#include "broker/group/handlers/exchange.h"

#include <algorithm>

namespace meshbone::backbone::broker {

namespace {
constexpr std::string_view kClassic = "classic"; // the one type of group that there is here

bool sameWord(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, [](char x, char y) { return (x | 0x20) == (y | 0x20); });
}

/// An empty filter lets everything through.
bool passes(const std::vector<std::string_view>& filter, std::string_view word) {
    return filter.empty() || std::ranges::any_of(filter, [word](auto one) { return sameWord(one, word); });
}
} // namespace

Handler listGroupsHandler(GroupApi api) {
    return decoding<wire::ListGroupsRequest>([api](const RequestContext& context, const auto& request, Reply reply) {
        wire::ListGroupsResponse response;
        const bool all = api.access.mayList(context, Operation::Describe, ResourceKind::Cluster, kClusterName);
        if (all) {
            api.access.allowed(context, Operation::Describe, ResourceKind::Cluster,
                               kClusterName); // tells the observers
        }
        api.groups.forEach([&](const std::string& id, const Group& group) {
            const auto state = groupStateName(group.state());
            if (passes(request.statesFilter, state) && passes(request.typesFilter, kClassic) &&
                (all || api.access.mayList(context, Operation::Describe, ResourceKind::Group, id))) {
                response.groups.push_back(
                    {id, group.protocolType().value_or(""), std::string(state), std::string(kClassic)});
            }
        });
        std::ranges::sort(response.groups, {}, &wire::ListGroupsResponse::ListedGroup::groupId);
        reply.send(response);
    });
}

} // namespace meshbone::backbone::broker
