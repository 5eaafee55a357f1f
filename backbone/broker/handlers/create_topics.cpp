// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/create_topics.h"
#include "broker/authorized_operations.h"
#include "broker/config/config_entries.h"
#include "broker/handlers/handlers.h"
#include "broker/topics/topic_name.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace meshbone::backbone::broker {

namespace {

using wire::CreateTopicsRequest;
using Asked = CreateTopicsRequest::CreatableTopic;
using Answer = wire::CreateTopicsResponse::CreatableTopicResult;

constexpr std::int32_t kDefaultAsked = -1;

/// How many partitions a manual assignment makes; every replica must be this broker.
Result<std::int32_t> assignedPartitions(const Asked& asked, std::int32_t nodeId) {
    if (asked.numPartitions != kDefaultAsked || asked.replicationFactor != kDefaultAsked) {
        return refuse(
            KafkaCode::InvalidRequest,
            "Both numPartitions or replicationFactor and replicasAssignments were set. Both cannot be used at "
            "the same time.");
    }
    std::vector<bool> seen(asked.assignments.size(), false);
    for (const auto& assignment : asked.assignments) {
        const auto index = static_cast<std::size_t>(assignment.partitionIndex.value());
        if (index >= seen.size() || seen[index]) {
            return refuse(KafkaCode::InvalidReplicaAssignment,
                          "Partitions should be a consecutive 0-based integer sequence.");
        }
        seen[index] = true;
        if (assignment.brokerIds != std::vector<std::int32_t>{nodeId}) {
            return refuse(KafkaCode::InvalidReplicaAssignment,
                          fmt::format("A partition can have one replica here, on broker {}.", nodeId));
        }
    }
    return static_cast<std::int32_t>(asked.assignments.size());
}

Result<std::int32_t> partitionsOf(const Services& services, const Asked& asked) {
    if (!asked.assignments.empty()) {
        return assignedPartitions(asked, services.nodeId);
    }
    if (asked.replicationFactor != kDefaultAsked && asked.replicationFactor != 1) {
        return refuse(KafkaCode::InvalidReplicationFactor,
                      fmt::format("Unable to replicate the partition {} time(s): there is 1 broker. Use 1 or -1.",
                                  asked.replicationFactor));
    }
    if (asked.numPartitions == kDefaultAsked) {
        return static_cast<std::int32_t>(services.config.integer("num.partitions"));
    }
    return asked.numPartitions;
}

Result<TopicSpec> specOf(const Services& services, const Asked& asked) {
    TopicSpec spec;
    spec.name = asked.name;
    const auto partitions = partitionsOf(services, asked);
    if (auto legal = validateTopicName(spec.name); !legal) {
        return std::unexpected(legal.error());
    }
    if (!partitions) {
        return std::unexpected(partitions.error());
    }
    spec.partitions = *partitions;
    for (const auto& config : asked.configs) {
        if (!config.value) {
            return refuse(KafkaCode::InvalidConfig,
                          fmt::format("Null value not supported for topic configs: {}", config.name));
        }
        spec.overrides[std::string(config.name)] = *config.value;
    }
    return spec;
}

std::vector<wire::CreateTopicsResponse::CreatableTopicConfigs> configsOf(const ConfigMap& overrides,
                                                                         const BrokerConfig& broker) {
    std::vector<wire::CreateTopicsResponse::CreatableTopicConfigs> all;
    for (auto& entry : topicConfigEntries(overrides, broker)) {
        all.push_back({std::move(entry.name), std::move(entry.value), entry.readOnly,
                       static_cast<std::int8_t>(entry.origin), false});
    }
    return all;
}

Status validateAlone(const Services& services, const TopicSpec& spec) {
    if (isInternalTopic(spec.name)) {
        return refuse(KafkaCode::InvalidTopic, fmt::format("Topic '{}' is the broker's own.", spec.name));
    }
    return services.topics.validate(spec);
}

Answer createOne(Services& services, const RequestContext& context, const Asked& asked, bool validateOnly) {
    Answer answer;
    answer.name = asked.name;
    const auto failed = [&](const Error& error) {
        answer.errorCode = kafkaCodeOf(error);
        answer.errorMessage = error.message;
        return answer;
    };
    if (!mayCreateTopic(services.access, context, asked.name)) {
        answer.errorCode = KafkaCode::TopicAuthorizationFailed;
        answer.errorMessage = "Not allowed to create this topic.";
        return answer;
    }
    const auto spec = specOf(services, asked);
    if (!spec) {
        return failed(spec.error());
    }
    if (const auto legal = validateAlone(services, *spec); !legal) {
        return failed(legal.error());
    }
    if (!validateOnly) {
        const auto created = services.topics.create(*spec);
        if (!created) {
            return failed(created.error());
        }
        answer.topicId = (*created)->id;
    }
    if (services.access.mayList(context, Operation::DescribeConfigs, ResourceKind::Topic, asked.name)) {
        answer.numPartitions = spec->partitions;
        answer.replicationFactor = 1;
        answer.configs = configsOf(spec->overrides, services.config);
    } else {
        answer.topicConfigErrorCode = KafkaCode::TopicAuthorizationFailed;
        answer.configs = std::nullopt;
    }
    return answer;
}

} // namespace

Handler createTopicsHandler(Services& services) {
    return [&services](const RequestContext& context, Reply reply) {
        const auto request = decodeOrClose<CreateTopicsRequest>(context, reply);
        if (!request) {
            return;
        }
        std::map<std::string_view, int> times;
        for (const auto& asked : request->topics) {
            ++times[asked.name];
        }
        wire::CreateTopicsResponse response;
        for (const auto& asked : request->topics) {
            if (times[asked.name] == 1) {
                response.topics.push_back(createOne(services, context, asked, request->validateOnly));
            } else if (times[asked.name] > 1) {
                auto& answer = response.topics.emplace_back();
                answer.name = asked.name;
                answer.errorCode = KafkaCode::InvalidRequest;
                answer.errorMessage = "Duplicate topic name.";
                times[asked.name] = 0; // answered once for all its mentions
            }
        }
        reply.send(response);
    };
}

} // namespace meshbone::backbone::broker
