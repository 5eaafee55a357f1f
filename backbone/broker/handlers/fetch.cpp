// SPDX-License-Identifier: Apache-2.0
#include "broker/fetch/fetch_service.h"
#include "broker/handlers/handlers.h"
#include "broker/kafka_errors.h"

namespace meshbone::backbone::broker {

namespace {

using wire::FetchRequest;

constexpr std::int16_t kFirstWithTopicIds = 13;
/// A fetch whose client has gone is kept for no longer; an early empty answer only makes a client ask again.
constexpr std::chrono::milliseconds kLongestWait{60'000};

std::size_t notNegative(std::int32_t bytes) {
    return static_cast<std::size_t>(std::max(bytes, 0));
}

FetchPlan::TopicPlan planTopic(Services& services, const RequestContext& context,
                               const FetchRequest::FetchTopic& asked) {
    FetchPlan::TopicPlan plan;
    plan.id = asked.topicId;
    plan.name = asked.topic;
    if (context.version >= kFirstWithTopicIds) {
        const auto* topic = services.topics.find(asked.topicId);
        plan.name = topic == nullptr ? std::string() : topic->name;
    }
    // An id that no topic has is unknown, to whoever asks.
    plan.allowed =
        plan.name.empty() || services.access.mayList(context, Operation::Read, ResourceKind::Topic, plan.name);
    if (!plan.allowed) {
        services.access.allowed(context, Operation::Read, ResourceKind::Topic, plan.name); // tells the observers
    }
    plan.partitions.reserve(asked.partitions.size());
    for (const auto& partition : asked.partitions) {
        plan.partitions.push_back({partition.partition, partition.currentLeaderEpoch, partition.lastFetchedEpoch,
                                   partition.fetchOffset, notNegative(partition.partitionMaxBytes)});
    }
    return plan;
}

FetchPlan planOf(Services& services, const RequestContext& context, const FetchRequest& request) {
    FetchPlan plan;
    plan.version = context.version;
    const auto most = static_cast<std::size_t>(services.config.integer("fetch.max.bytes"));
    plan.maxBytes = std::min(notNegative(request.maxBytes), most);
    plan.minBytes = std::min(notNegative(request.minBytes), plan.maxBytes);
    plan.maxWait = std::clamp(std::chrono::milliseconds(request.maxWaitMs), std::chrono::milliseconds(0), kLongestWait);
    plan.topics.reserve(request.topics.size());
    for (const auto& asked : request.topics) {
        plan.topics.push_back(planTopic(services, context, asked));
    }
    return plan;
}

} // namespace

Handler fetchHandler(Services& services) {
    return [&services, service = std::make_shared<FetchService>(services)](const RequestContext& context, Reply reply) {
        const auto request = decodeOrClose<FetchRequest>(context, reply);
        if (!request) {
            return;
        }
        if (request->sessionId != 0) {
            // No sessions here: each answer says session 0, which keeps clients on full fetches (KIP-227).
            wire::FetchResponse response;
            response.errorCode = KafkaCode::FetchSessionIdNotFound;
            reply.send(response);
            return;
        }
        service->fetch(context, planOf(services, context, *request), std::move(reply));
    };
}

} // namespace meshbone::backbone::broker
