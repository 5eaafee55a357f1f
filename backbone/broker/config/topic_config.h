// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/config/broker_config.h"
#include "broker/config/topic_keys.h"
#include "log/log_config.h"

#include <memory>

namespace meshbone::backbone::broker {

/// A place where a topic key has a value, with the name it is set by there: the topic's own or the broker's synonym.
struct TopicConfigLayer {
    std::string name;
    ConfigOrigin origin = ConfigOrigin::Default;
    std::string value;      ///< in the topic key's unit
    std::string valueAsSet; ///< in the unit of `name`
};

/// Everywhere `key` has a value for a topic with these overrides, the one in force first; the last is the default.
std::vector<TopicConfigLayer> topicConfigLayers(const TopicKey& key, const ConfigMap& overrides,
                                                const BrokerConfig& broker);
std::string topicConfigValue(std::string_view name, const ConfigMap& overrides, const BrokerConfig& broker);

/// Legal names, values and combinations of a topic's overrides; carries INVALID_CONFIG.
Status validateTopicConfig(const ConfigMap& overrides);

/// What the log must know of it.
std::shared_ptr<const LogConfig> makeLogConfig(const ConfigMap& overrides, const BrokerConfig& broker);

} // namespace meshbone::backbone::broker
