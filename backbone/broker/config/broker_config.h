// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/config/broker_keys.h"
#include "broker/group_settings.h"

#include <backbone/error.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace meshbone::backbone::broker {

using ConfigMap = std::map<std::string, std::string, std::less<>>;

/// One place where a value of a key is set.
struct ConfigLayer {
    ConfigOrigin origin = ConfigOrigin::Default;
    std::optional<std::string> value;
};

/// The broker's properties in their layers: changed for this broker, changed for all brokers, given at the start
/// (--set), Kafka's default. Owned by the broker; loop thread only once it runs.
class BrokerConfig {
public:
    /// InvalidArgument for a property that there isn't, or whose value isn't legal.
    static Result<BrokerConfig> fromProperties(const std::map<std::string, std::string>& properties);

    [[nodiscard]] std::optional<std::string> value(std::string_view name) const;
    [[nodiscard]] std::int64_t integer(std::string_view name) const; ///< 0 without a value
    [[nodiscard]] bool boolean(std::string_view name) const;
    /// Everywhere the key has a value, the one in force first.
    [[nodiscard]] std::vector<ConfigLayer> layers(std::string_view name) const;
    /// True where the value does not come from Kafka's default.
    [[nodiscard]] bool isSet(std::string_view name) const;

    /// The values that clients changed; `nodeOnly`: for this broker, else for all.
    [[nodiscard]] const ConfigMap& dynamic(bool nodeOnly) const { return nodeOnly ? m_node : m_cluster; }
    void setDynamic(bool nodeOnly, ConfigMap values) { (nodeOnly ? m_node : m_cluster) = std::move(values); }

    [[nodiscard]] std::int32_t nodeId() const;
    [[nodiscard]] GroupSettings groupSettings() const;

private:
    ConfigMap m_static;
    ConfigMap m_cluster;
    ConfigMap m_node;
};

/// Legal dynamic broker configuration: known, dynamic keys with legal values.
Status validateDynamicBrokerConfig(const ConfigMap& values);

} // namespace meshbone::backbone::broker
