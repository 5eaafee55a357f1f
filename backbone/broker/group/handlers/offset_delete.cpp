// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/offset_delete.h"
#include "broker/group/handlers/exchange.h"

namespace meshbone::backbone::broker {

namespace {
using Response = wire::OffsetDeleteResponse;

struct Plan {
    Response response;
    std::vector<TopicPartition> partitions;
    std::vector<std::pair<std::size_t, std::size_t>> places; ///< of each partition in the response
};

Plan planOf(const GroupApi& api, const RequestContext& context, const wire::OffsetDeleteRequest& request) {
    Plan plan;
    for (const auto& topic : request.topics) {
        const bool allowed = api.access.allowed(context, Operation::Read, ResourceKind::Topic, topic.name);
        auto& answered = plan.response.topics.emplace_back();
        answered.name = topic.name;
        for (const auto& one : topic.partitions) {
            answered.partitions.push_back(
                {one.partitionIndex, allowed ? KafkaCode::None : KafkaCode::TopicAuthorizationFailed});
            if (allowed) {
                plan.places.emplace_back(plan.response.topics.size() - 1, answered.partitions.size() - 1);
                plan.partitions.push_back({std::string(topic.name), one.partitionIndex});
            }
        }
    }
    return plan;
}

void finish(Reply& reply, Plan& plan, KafkaCode code, const std::vector<KafkaCode>& codes) {
    if (code != KafkaCode::None) {
        plan.response.errorCode = code;
        plan.response.topics.clear();
    }
    for (std::size_t i = 0; code == KafkaCode::None && i < plan.places.size(); ++i) {
        const auto [topic, partition] = plan.places[i];
        plan.response.topics[topic].partitions[partition].errorCode = codes[i];
    }
    reply.send(plan.response);
}
} // namespace

Handler offsetDeleteHandler(GroupApi api) {
    return decoding<wire::OffsetDeleteRequest>([api](const RequestContext& context, const auto& request, Reply reply) {
        if (!mayDo(api, context, Operation::Delete, request.groupId)) {
            Response response;
            response.errorCode = KafkaCode::GroupAuthorizationFailed;
            return reply.send(response);
        }
        auto plan = planOf(api, context, request);
        const auto partitions = plan.partitions;
        api.groups.deleteOffsets(std::string(request.groupId), partitions,
                                 [reply = std::move(reply),
                                  plan = std::move(plan)](KafkaCode code, const std::vector<KafkaCode>& codes) mutable {
                                     finish(reply, plan, code, codes);
                                 });
    });
}

} // namespace meshbone::backbone::broker
