// SPDX-License-Identifier: Apache-2.0
#include "broker/config/broker_config.h"

#include "broker/config/topic_keys.h"

#include <fmt/format.h>

namespace meshbone::backbone::broker {

namespace {

void addLayer(std::vector<ConfigLayer>& layers, ConfigOrigin origin, const ConfigMap& values, std::string_view name) {
    if (const auto found = values.find(name); found != values.end()) {
        layers.push_back({origin, found->second});
    }
}

} // namespace

Result<BrokerConfig> BrokerConfig::fromProperties(const std::map<std::string, std::string>& properties) {
    BrokerConfig config;
    for (const auto& [name, value] : properties) {
        const auto* key = findBrokerKey(name);
        if (key == nullptr) {
            const auto* hint = findTopicKey(name) != nullptr ? " It is a topic configuration: set it on a topic." : "";
            return fail(ErrorCode::InvalidArgument,
                        fmt::format("There is no broker property '{}'.{} See the list with DescribeConfigs or in the "
                                    "documentation.",
                                    name, hint));
        }
        if (auto legal = key->validate(value); !legal) {
            return std::unexpected(legal.error());
        }
        config.m_static[name] = value;
    }
    if (config.integer("group.min.session.timeout.ms") > config.integer("group.max.session.timeout.ms")) {
        return fail(ErrorCode::InvalidArgument,
                    "group.min.session.timeout.ms is larger than group.max.session.timeout.ms.");
    }
    return config;
}

std::vector<ConfigLayer> BrokerConfig::layers(std::string_view name) const {
    std::vector<ConfigLayer> layers;
    addLayer(layers, ConfigOrigin::DynamicBroker, m_node, name);
    addLayer(layers, ConfigOrigin::DynamicDefaultBroker, m_cluster, name);
    addLayer(layers, ConfigOrigin::StaticBroker, m_static, name);
    if (const auto* key = findBrokerKey(name); key != nullptr && key->defaultValue != nullptr) {
        layers.push_back({ConfigOrigin::Default, key->defaultValue});
    }
    return layers;
}

std::optional<std::string> BrokerConfig::value(std::string_view name) const {
    const auto all = layers(name);
    return all.empty() ? std::nullopt : all.front().value;
}

std::int64_t BrokerConfig::integer(std::string_view name) const {
    return configInteger(value(name).value_or("0"));
}

bool BrokerConfig::boolean(std::string_view name) const {
    return configBoolean(value(name).value_or("false"));
}

bool BrokerConfig::isSet(std::string_view name) const {
    return m_node.contains(name) || m_cluster.contains(name) || m_static.contains(name);
}

std::int32_t BrokerConfig::nodeId() const {
    return static_cast<std::int32_t>(integer(isSet("node.id") ? "node.id" : "broker.id"));
}

GroupSettings BrokerConfig::groupSettings() const {
    GroupSettings settings;
    settings.initialRebalanceDelay = std::chrono::milliseconds(integer("group.initial.rebalance.delay.ms"));
    settings.minSessionTimeout = std::chrono::milliseconds(integer("group.min.session.timeout.ms"));
    settings.maxSessionTimeout = std::chrono::milliseconds(integer("group.max.session.timeout.ms"));
    settings.maxSize = static_cast<std::int32_t>(integer("group.max.size"));
    settings.offsetsRetention = std::chrono::minutes(integer("offsets.retention.minutes"));
    settings.offsetsRetentionCheckInterval = std::chrono::milliseconds(integer("offsets.retention.check.interval.ms"));
    settings.offsetMetadataMaxBytes = static_cast<std::int32_t>(integer("offset.metadata.max.bytes"));
    return settings;
}

Status validateDynamicBrokerConfig(const ConfigMap& values) {
    for (const auto& [name, value] : values) {
        const auto* key = findBrokerKey(name);
        if (key == nullptr) {
            return fail(ErrorCode::InvalidArgument, fmt::format("There is no broker property '{}'.", name));
        }
        if (!key->dynamic) {
            return fail(
                ErrorCode::InvalidArgument,
                fmt::format("Broker property '{}' can't be changed while the broker runs: give it at the start.",
                            name));
        }
        if (auto legal = key->validate(value); !legal) {
            return legal;
        }
    }
    return {};
}

} // namespace meshbone::backbone::broker
