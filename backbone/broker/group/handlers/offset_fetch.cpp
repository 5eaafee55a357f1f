// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/offset_fetch.h"
#include "broker/group/handlers/exchange.h"

namespace meshbone::backbone::broker {

namespace {
using Request = wire::OffsetFetchRequest;
using Response = wire::OffsetFetchResponse;

constexpr std::int16_t kBatchedFrom = 8;    // KIP-709
constexpr std::int16_t kGroupErrorFrom = 2; // before, an error of the group stands at each partition

/// What is committed for one partition: -1 where nothing is. A commit is durable before it is shown, and there are no
/// transactions, so every offset is stable.
template <class Partitions>
auto fetched(const GroupOffsets& offsets, std::string_view topic, Partition partition) {
    typename Partitions::value_type one;
    one.partitionIndex = partition;
    one.committedOffset = kNoOffset;
    one.metadata = "";
    if (const auto* const committed = offsets.find(topic, partition.value())) {
        one.committedOffset = committed->offset;
        one.committedLeaderEpoch = committed->leaderEpoch;
        one.metadata = committed->metadata;
    }
    return one;
}

/// Fills the topics of one group, for both layouts of the answer (they differ in name only).
template <class Topics, class Asked>
void fetchAsked(const GroupApi& api, const RequestContext& context, std::string_view group, const Asked& asked,
                Topics& topics) {
    const auto& offsets = api.groups.offsetsOf(group);
    for (const auto& topic : asked) {
        const bool allowed = api.access.allowed(context, Operation::Describe, ResourceKind::Topic, topic.name);
        auto& answered = topics.emplace_back();
        answered.name = topic.name;
        for (const auto partition : topic.partitionIndexes) {
            auto one = fetched<decltype(answered.partitions)>(allowed ? offsets : api.groups.offsetsOf({}), topic.name,
                                                              partition);
            one.errorCode = allowed ? KafkaCode::None : KafkaCode::TopicAuthorizationFailed;
            answered.partitions.push_back(std::move(one));
        }
    }
}

template <class Topics>
void fetchAll(const GroupApi& api, const RequestContext& context, std::string_view group, Topics& topics) {
    const auto& offsets = api.groups.offsetsOf(group);
    for (const auto& [topic, partitions] : offsets.all()) {
        if (!api.access.mayList(context, Operation::Describe, ResourceKind::Topic, topic)) {
            continue;
        }
        auto& answered = topics.emplace_back();
        answered.name = topic;
        for (const auto& [partition, offset] : partitions) {
            answered.partitions.push_back(fetched<decltype(answered.partitions)>(offsets, topic, Partition(partition)));
        }
    }
}

void refuseEach(const std::vector<Request::OffsetFetchRequestTopic>& asked, KafkaCode code, Response& response) {
    for (const auto& topic : asked) {
        auto& answered = response.topics.emplace_back();
        answered.name = topic.name;
        for (const auto partition : topic.partitionIndexes) {
            answered.partitions.push_back({partition, kNoOffset, LeaderEpoch(-1), "", code});
        }
    }
}

void fetchOne(const GroupApi& api, const RequestContext& context, const Request& request, Response& response) {
    if (!mayDo(api, context, Operation::Describe, request.groupId)) {
        response.errorCode = KafkaCode::GroupAuthorizationFailed;
        if (context.version < kGroupErrorFrom && request.topics) {
            refuseEach(*request.topics, response.errorCode, response);
        }
    } else if (request.topics) {
        fetchAsked(api, context, request.groupId, *request.topics, response.topics);
    } else {
        fetchAll(api, context, request.groupId, response.topics);
    }
}

void fetchBatch(const GroupApi& api, const RequestContext& context, const Request& request, Response& response) {
    for (const auto& group : request.groups) {
        auto& answered = response.groups.emplace_back();
        answered.groupId = group.groupId;
        if (!mayDo(api, context, Operation::Describe, group.groupId)) {
            answered.errorCode = KafkaCode::GroupAuthorizationFailed;
        } else if (group.topics) {
            fetchAsked(api, context, group.groupId, *group.topics, answered.topics);
        } else {
            fetchAll(api, context, group.groupId, answered.topics);
        }
    }
}
} // namespace

Handler offsetFetchHandler(GroupApi api) {
    return decoding<Request>([api](const RequestContext& context, const Request& request, Reply reply) {
        Response response;
        if (context.version < kBatchedFrom) {
            fetchOne(api, context, request, response);
        } else {
            fetchBatch(api, context, request, response);
        }
        reply.send(response);
    });
}

} // namespace meshbone::backbone::broker
