// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/create_partitions.h"
#include "broker/handlers/handlers.h"
#include "broker/kafka_errors.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace meshbone::backbone::broker {

namespace {

using Asked = wire::CreatePartitionsRequest::CreatePartitionsTopic;

Status checkAssignments(const Asked& asked, const Topic& topic, std::int32_t nodeId) {
    if (!asked.assignments) {
        return {};
    }
    const auto added = asked.count - static_cast<std::int32_t>(topic.partitions.size());
    if (static_cast<std::int32_t>(asked.assignments->size()) != added) {
        return refuse(
            KafkaCode::InvalidReplicaAssignment,
            fmt::format("{} partitions are added, but {} assignments are given.", added, asked.assignments->size()));
    }
    const bool allHere = std::ranges::all_of(
        *asked.assignments, [&](const auto& a) { return a.brokerIds == std::vector<std::int32_t>{nodeId}; });
    return allHere ? Status{}
                   : refuse(KafkaCode::InvalidReplicaAssignment,
                            fmt::format("A partition can have one replica here, on broker {}.", nodeId));
}

Status addTo(Services& services, const RequestContext& context, const Asked& asked, bool validateOnly) {
    if (!services.access.allowed(context, Operation::Alter, ResourceKind::Topic, asked.name)) {
        return refuse(KafkaCode::TopicAuthorizationFailed, "Not allowed to alter this topic.",
                      ErrorCode::PermissionDenied);
    }
    auto* topic = services.topics.find(asked.name);
    if (topic == nullptr) {
        return refuse(KafkaCode::UnknownTopicOrPartition, fmt::format("There is no topic '{}'.", asked.name),
                      ErrorCode::NotFound);
    }
    if (auto legal = services.topics.validatePartitions(*topic, asked.count); !legal) {
        return legal;
    }
    if (topic->internal) {
        return refuse(KafkaCode::InvalidTopic, "The broker's own topics keep their partitions.");
    }
    if (auto legal = checkAssignments(asked, *topic, services.nodeId); !legal) {
        return legal;
    }
    return validateOnly ? Status{} : services.topics.addPartitions(*topic, asked.count);
}

} // namespace

Handler createPartitionsHandler(Services& services) {
    return [&services](const RequestContext& context, Reply reply) {
        const auto request = decodeOrClose<wire::CreatePartitionsRequest>(context, reply);
        if (!request) {
            return;
        }
        wire::CreatePartitionsResponse response;
        std::map<std::string_view, std::size_t> times;
        for (const auto& asked : request->topics) {
            ++times[asked.name];
        }
        for (const auto& asked : request->topics) {
            auto& answer = response.results.emplace_back();
            answer.name = asked.name;
            const auto done = times.at(asked.name) > 1
                                  ? Status(refuse(KafkaCode::InvalidRequest, "Duplicate topic name."))
                                  : addTo(services, context, asked, request->validateOnly);
            if (!done) {
                answer.errorCode = kafkaCodeOf(done.error());
                answer.errorMessage = done.error().message;
            }
        }
        reply.send(response);
    };
}

} // namespace meshbone::backbone::broker
