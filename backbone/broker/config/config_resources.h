// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/services.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace meshbone::backbone::broker {

/// Kafka's numbers of the resources that have a configuration.
enum class ConfigResourceType : std::int8_t { Topic = 2, Broker = 4 };

/// What AlterConfigs and IncrementalAlterConfigs do to one key; the numbers are the protocol's.
enum class AlterOperation : std::int8_t { Set = 0, Delete = 1, Append = 2, Subtract = 3 };
struct ConfigAlteration {
    std::string name;
    AlterOperation operation = AlterOperation::Set;
    std::optional<std::string> value;
};

/// Changes a resource's configuration, checked as a whole, durable before it returns. `replaceAll`: what isn't named
/// goes back to its default (AlterConfigs). Errors carry the protocol's code.
Status alterConfig(Services& services, const RequestContext& context, std::int8_t type, std::string_view name,
                   const std::vector<ConfigAlteration>& alterations, bool replaceAll, bool validateOnly);

/// Whether a broker resource's name is this broker ("1") or all brokers (""): true, false; INVALID_REQUEST for another.
Result<bool> isThisBroker(const Services& services, std::string_view name);

} // namespace meshbone::backbone::broker
