// SPDX-License-Identifier: Apache-2.0
#include "broker/config/config_entries.h"

namespace meshbone::backbone::broker {

std::vector<ShownConfig> topicConfigEntries(const ConfigMap& overrides, const BrokerConfig& broker) {
    std::vector<ShownConfig> all;
    for (const auto& key : topicKeys()) {
        auto& shown = all.emplace_back();
        shown.name = key.definition.name;
        shown.definition = &key.definition;
        shown.layers = topicConfigLayers(key, overrides, broker);
        shown.value = shown.layers.front().value;
        shown.origin = shown.layers.front().origin;
    }
    return all;
}

std::vector<ShownConfig> brokerConfigEntries(const BrokerConfig& broker) {
    std::vector<ShownConfig> all;
    for (const auto& key : brokerKeys()) {
        auto& shown = all.emplace_back();
        shown.name = key.name;
        shown.definition = &key;
        shown.readOnly = !key.dynamic;
        const auto layers = broker.layers(key.name);
        for (const auto& layer : layers) {
            const auto value = layer.value.value_or("");
            shown.layers.push_back({std::string(key.name), layer.origin, value, value});
        }
        if (!shown.layers.empty()) {
            shown.value = shown.layers.front().value;
            shown.origin = shown.layers.front().origin;
        }
    }
    return all;
}

} // namespace meshbone::backbone::broker
