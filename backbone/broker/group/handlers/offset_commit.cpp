// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/offset_commit.h"
#include "broker/group/handlers/exchange.h"

namespace meshbone::backbone::broker {

namespace {
using Response = wire::OffsetCommitResponse;

constexpr std::int16_t kGroupIdNotFoundFrom = 9; // KIP-848

/// The answer with a place for each partition in the order of the request, and what of it is up to the coordinator.
struct Plan {
    Response response;
    std::vector<OffsetToCommit> offsets;
    std::vector<std::pair<std::size_t, std::size_t>> places; ///< of each offset: topic and partition in the response
};

Plan planOf(const GroupApi& api, const RequestContext& context, const wire::OffsetCommitRequest& request) {
    Plan plan;
    const bool groupAllowed = mayDo(api, context, Operation::Read, request.groupId);
    for (const auto& topic : request.topics) {
        auto code = KafkaCode::None;
        if (!groupAllowed) {
            code = KafkaCode::GroupAuthorizationFailed;
        } else if (!api.access.allowed(context, Operation::Read, ResourceKind::Topic, topic.name)) {
            code = KafkaCode::TopicAuthorizationFailed;
        }
        auto& answered = plan.response.topics.emplace_back();
        answered.name = topic.name;
        for (const auto& one : topic.partitions) {
            answered.partitions.push_back({one.partitionIndex, code});
            if (code != KafkaCode::None) {
                continue;
            }
            plan.places.emplace_back(plan.response.topics.size() - 1, answered.partitions.size() - 1);
            auto& offset =
                plan.offsets.emplace_back(OffsetToCommit{.at = {std::string(topic.name), one.partitionIndex},
                                                         .offset = one.committedOffset,
                                                         .leaderEpoch = one.committedLeaderEpoch,
                                                         .metadata = std::string(one.committedMetadata.value_or(""))});
            if (request.retentionTimeMs >= 0) {
                offset.retention = std::chrono::milliseconds(request.retentionTimeMs);
            }
        }
    }
    return plan;
}
} // namespace

Handler offsetCommitHandler(GroupApi api) {
    return decoding<wire::OffsetCommitRequest>([api](const RequestContext& context, const auto& request, Reply reply) {
        auto plan = planOf(api, context, request);
        if (plan.offsets.empty()) {
            return reply.send(plan.response);
        }
        const MemberClaim claim{.memberId = std::string(request.memberId),
                                .instanceId = owned(request.groupInstanceId),
                                .generation = request.generationIdOrMemberEpoch};
        const auto unknownGroup =
            context.version >= kGroupIdNotFoundFrom ? KafkaCode::GroupIdNotFound : KafkaCode::IllegalGeneration;
        api.groups.commit(std::string(request.groupId), claim, std::move(plan.offsets), unknownGroup,
                          [reply = std::move(reply), response = std::move(plan.response),
                           places = std::move(plan.places)](const std::vector<KafkaCode>& codes) mutable {
                              for (std::size_t i = 0; i < places.size(); ++i) {
                                  const auto [topic, partition] = places[i];
                                  response.topics[topic].partitions[partition].errorCode = codes[i];
                              }
                              reply.send(response);
                          });
    });
}

} // namespace meshbone::backbone::broker
