// SPDX-License-Identifier: Apache-2.0
#include "broker/config/config_resources.h"

#include "broker/authorized_operations.h"
#include "broker/kafka_errors.h"
#include "broker/topics/topic_name.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace meshbone::backbone::broker {

namespace {

std::vector<std::string> listOf(const std::string& text) {
    std::vector<std::string> items;
    std::size_t at = 0;
    while (at <= text.size() && !text.empty()) {
        const auto comma = std::min(text.find(',', at), text.size());
        items.push_back(text.substr(at, comma - at));
        at = comma + 1;
    }
    return items;
}

std::string joined(const std::vector<std::string>& items) {
    std::string text;
    for (const auto& item : items) {
        text += (text.empty() ? "" : ",") + item;
    }
    return text;
}

/// APPEND and SUBTRACT (KIP-339) on what is in force now.
std::string changedList(const std::string& now, const ConfigAlteration& alteration) {
    auto items = listOf(now);
    for (const auto& item : listOf(alteration.value.value_or(""))) {
        const auto found = std::ranges::find(items, item);
        if (alteration.operation == AlterOperation::Append && found == items.end()) {
            items.push_back(item);
        } else if (alteration.operation == AlterOperation::Subtract && found != items.end()) {
            items.erase(found);
        }
    }
    return joined(items);
}

template <class ValueOf>
Status applyOne(ConfigMap& values, const ConfigAlteration& alteration, const ConfigDefinition* key, ValueOf valueOf) {
    switch (alteration.operation) {
    case AlterOperation::Delete:
        values.erase(alteration.name);
        return {};
    case AlterOperation::Set:
        if (!alteration.value) {
            return refuse(KafkaCode::InvalidRequest, fmt::format("Null value not supported for : {}", alteration.name));
        }
        values[alteration.name] = *alteration.value;
        return {};
    case AlterOperation::Append:
    case AlterOperation::Subtract:
        if (key == nullptr || key->type != ConfigType::List) {
            return refuse(KafkaCode::InvalidConfig,
                          fmt::format("Config value append and subtract are allowed for lists only, not for {}.",
                                      alteration.name));
        }
        values[alteration.name] = changedList(valueOf(alteration.name), alteration);
        return {};
    }
    return refuse(KafkaCode::InvalidRequest, "There is no such operation on a configuration.");
}

template <class KeyOf, class ValueOf>
Result<ConfigMap> altered(ConfigMap values, const std::vector<ConfigAlteration>& alterations, bool replaceAll,
                          KeyOf keyOf, ValueOf valueOf) {
    if (replaceAll) {
        values.clear();
    }
    std::set<std::string_view> seen;
    for (const auto& alteration : alterations) {
        if (!seen.insert(alteration.name).second) {
            return refuse(KafkaCode::InvalidRequest,
                          fmt::format("Error due to duplicate config keys: {}", alteration.name));
        }
        if (auto applied = applyOne(values, alteration, keyOf(alteration.name), valueOf); !applied) {
            return std::unexpected(applied.error());
        }
    }
    return values;
}

Status alterTopic(Services& services, const RequestContext& context, std::string_view name,
                  const std::vector<ConfigAlteration>& alterations, bool replaceAll, bool validateOnly) {
    if (!services.access.allowed(context, Operation::AlterConfigs, ResourceKind::Topic, name)) {
        return refuse(KafkaCode::TopicAuthorizationFailed, "Not allowed to alter this topic's configuration.",
                      ErrorCode::PermissionDenied);
    }
    if (name.empty()) {
        return refuse(KafkaCode::InvalidRequest, "Default topic resources are not allowed.");
    }
    if (auto legal = validateTopicName(name); !legal) {
        return legal;
    }
    auto* topic = services.topics.find(name);
    if (topic == nullptr) {
        return refuse(KafkaCode::UnknownTopicOrPartition, fmt::format("There is no topic '{}'.", name),
                      ErrorCode::NotFound);
    }
    auto values = altered(
        topic->overrides, alterations, replaceAll,
        [](std::string_view key) {
            const auto* found = findTopicKey(key);
            return found == nullptr ? nullptr : &found->definition;
        },
        [&](std::string_view key) { return topicConfigValue(key, topic->overrides, services.config); });
    if (!values) {
        return std::unexpected(values.error());
    }
    return validateOnly ? validateTopicConfig(*values) : services.topics.setOverrides(*topic, std::move(*values));
}

Status alterBroker(Services& services, const RequestContext& context, std::string_view name,
                   const std::vector<ConfigAlteration>& alterations, bool replaceAll, bool validateOnly) {
    if (!services.access.allowed(context, Operation::AlterConfigs, ResourceKind::Cluster, kClusterName)) {
        return refuse(KafkaCode::ClusterAuthorizationFailed, "Not allowed to alter this broker's configuration.",
                      ErrorCode::PermissionDenied);
    }
    const auto nodeOnly = isThisBroker(services, name);
    if (!nodeOnly) {
        return std::unexpected(nodeOnly.error());
    }
    auto values = altered(services.config.dynamic(*nodeOnly), alterations, replaceAll, findBrokerKey,
                          [&](std::string_view key) { return services.config.value(key).value_or(""); });
    if (!values) {
        return std::unexpected(values.error());
    }
    if (validateOnly) {
        auto legal = validateDynamicBrokerConfig(*values);
        return legal ? legal : Status(refuse(KafkaCode::InvalidRequest, std::move(legal.error().message)));
    }
    return services.topics.setBrokerConfig(*nodeOnly, std::move(*values));
}

} // namespace

Result<bool> isThisBroker(const Services& services, std::string_view name) {
    if (name.empty()) {
        return false;
    }
    if (name == std::to_string(services.nodeId)) {
        return true;
    }
    return refuse(KafkaCode::InvalidRequest,
                  fmt::format("This is broker {}; '{}' is none that it knows.", services.nodeId, name));
}

Status alterConfig(Services& services, const RequestContext& context, std::int8_t type, std::string_view name,
                   const std::vector<ConfigAlteration>& alterations, bool replaceAll, bool validateOnly) {
    switch (ConfigResourceType{type}) {
    case ConfigResourceType::Topic:
        return alterTopic(services, context, name, alterations, replaceAll, validateOnly);
    case ConfigResourceType::Broker:
        return alterBroker(services, context, name, alterations, replaceAll, validateOnly);
    }
    return refuse(KafkaCode::InvalidRequest, fmt::format("Resources of type {} have no configuration here.", type));
}

} // namespace meshbone::backbone::broker
