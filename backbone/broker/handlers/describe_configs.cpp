// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/describe_configs.h"
#include "broker/authorized_operations.h"
#include "broker/config/config_entries.h"
#include "broker/config/config_resources.h"
#include "broker/handlers/handlers.h"
#include "broker/topics/topic_name.h"

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::backbone::broker {

namespace {

using wire::DescribeConfigsRequest;
using wire::DescribeConfigsResponse;
using Asked = DescribeConfigsRequest::DescribeConfigsResource;
using Shown = DescribeConfigsResponse::DescribeConfigsResourceResult;

Result<std::vector<ShownConfig>> topicEntries(Services& services, const RequestContext& context,
                                              std::string_view name) {
    if (!services.access.allowed(context, Operation::DescribeConfigs, ResourceKind::Topic, name)) {
        return refuse(KafkaCode::TopicAuthorizationFailed, "Not allowed to see this topic's configuration.",
                      ErrorCode::PermissionDenied);
    }
    if (auto legal = validateTopicName(name); !legal) {
        return std::unexpected(legal.error());
    }
    const auto* topic = services.topics.find(name);
    if (topic == nullptr) {
        return refuse(KafkaCode::UnknownTopicOrPartition, fmt::format("There is no topic '{}'.", name),
                      ErrorCode::NotFound);
    }
    return topicConfigEntries(topic->overrides, services.config);
}

Result<std::vector<ShownConfig>> brokerEntries(Services& services, const RequestContext& context,
                                               std::string_view name) {
    if (!services.access.allowed(context, Operation::DescribeConfigs, ResourceKind::Cluster, kClusterName)) {
        return refuse(KafkaCode::ClusterAuthorizationFailed, "Not allowed to see this broker's configuration.",
                      ErrorCode::PermissionDenied);
    }
    const auto nodeOnly = isThisBroker(services, name);
    if (!nodeOnly) {
        return std::unexpected(nodeOnly.error());
    }
    auto entries = brokerConfigEntries(services.config);
    if (!*nodeOnly) { // of all brokers: only what was changed for all
        std::erase_if(entries, [&](const ShownConfig& e) { return !services.config.dynamic(false).contains(e.name); });
        for (auto& entry : entries) {
            entry.value = services.config.dynamic(false).find(entry.name)->second;
            entry.origin = ConfigOrigin::DynamicDefaultBroker;
            std::erase_if(entry.layers, [&](const auto& layer) { return layer.origin != entry.origin; });
        }
    }
    return entries;
}

Shown shownAs(const ShownConfig& entry, const DescribeConfigsRequest& request) {
    Shown shown;
    shown.name = entry.name;
    shown.isSensitive = entry.definition->isSensitive();
    shown.value = shown.isSensitive ? std::nullopt : entry.value;
    shown.readOnly = entry.readOnly;
    shown.configSource = static_cast<std::int8_t>(entry.origin);
    shown.configType = static_cast<std::int8_t>(entry.definition->type);
    if (request.includeDocumentation) {
        shown.documentation = std::string(entry.definition->documentation);
    }
    if (request.includeSynonyms) {
        for (const auto& layer : entry.layers) {
            shown.synonyms.push_back({layer.name, shown.isSensitive ? std::nullopt : std::optional(layer.valueAsSet),
                                      static_cast<std::int8_t>(layer.origin)});
        }
    }
    return shown;
}

Result<std::vector<ShownConfig>> entriesOf(Services& services, const RequestContext& context, const Asked& asked) {
    switch (ConfigResourceType{asked.resourceType}) {
    case ConfigResourceType::Topic:
        return topicEntries(services, context, asked.resourceName);
    case ConfigResourceType::Broker:
        return brokerEntries(services, context, asked.resourceName);
    }
    return refuse(KafkaCode::InvalidRequest,
                  fmt::format("Resources of type {} have no configuration here.", asked.resourceType));
}

/// None named, by null or by an empty list: all.
bool isAsked(const Asked& asked, std::string_view name) {
    return !asked.configurationKeys || asked.configurationKeys->empty() ||
           std::ranges::find(*asked.configurationKeys, name) != asked.configurationKeys->end();
}

} // namespace

Handler describeConfigsHandler(Services& services) {
    return [&services](const RequestContext& context, Reply reply) {
        const auto request = decodeOrClose<DescribeConfigsRequest>(context, reply);
        if (!request) {
            return;
        }
        DescribeConfigsResponse response;
        for (const auto& asked : request->resources) {
            auto& answer = response.results.emplace_back();
            answer.resourceType = asked.resourceType;
            answer.resourceName = asked.resourceName;
            const auto entries = entriesOf(services, context, asked);
            if (!entries) {
                answer.errorCode = kafkaCodeOf(entries.error());
                answer.errorMessage = entries.error().message;
                continue;
            }
            for (const auto& entry : *entries) {
                if (isAsked(asked, entry.name)) {
                    answer.configs.push_back(shownAs(entry, *request));
                }
            }
        }
        reply.send(response);
    };
}

} // namespace meshbone::backbone::broker
