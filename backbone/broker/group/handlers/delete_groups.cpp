// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/delete_groups.h"
#include "broker/group/handlers/exchange.h"

namespace meshbone::backbone::broker {

Handler deleteGroupsHandler(GroupApi api) {
    return decoding<wire::DeleteGroupsRequest>([api](const RequestContext& context, const auto& request, Reply reply) {
        wire::DeleteGroupsResponse response;
        std::vector<std::string> groups;
        std::vector<std::size_t> places;
        for (const auto id : request.groupsNames) {
            const bool allowed = mayDo(api, context, Operation::Delete, id);
            response.results.push_back(
                {std::string(id), allowed ? KafkaCode::None : KafkaCode::GroupAuthorizationFailed});
            if (allowed) {
                places.push_back(response.results.size() - 1);
                groups.emplace_back(id);
            }
        }
        api.groups.deleteGroups(groups, [reply = std::move(reply), response = std::move(response),
                                         places = std::move(places)](const std::vector<KafkaCode>& codes) mutable {
            for (std::size_t i = 0; i < places.size(); ++i) {
                response.results[places[i]].errorCode = codes[i];
            }
            reply.send(response);
        });
    });
}

} // namespace meshbone::backbone::broker
