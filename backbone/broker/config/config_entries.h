// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/config/topic_config.h"

#include <optional>
#include <string>
#include <vector>

namespace meshbone::backbone::broker {

/// One configuration key as DescribeConfigs and CreateTopics show it.
struct ShownConfig {
    std::string name;
    std::optional<std::string> value;
    ConfigOrigin origin = ConfigOrigin::Default;
    bool readOnly = false;
    const ConfigDefinition* definition = nullptr;
    std::vector<TopicConfigLayer> layers; ///< the synonyms, the one in force first
};

/// All topic keys with their values for a topic with these overrides.
std::vector<ShownConfig> topicConfigEntries(const ConfigMap& overrides, const BrokerConfig& broker);
/// All broker keys.
std::vector<ShownConfig> brokerConfigEntries(const BrokerConfig& broker);

} // namespace meshbone::backbone::broker
