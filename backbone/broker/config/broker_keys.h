// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/config/definition.h"

#include <span>

namespace meshbone::backbone::broker {

/// Every broker property that the embedded broker has, by Kafka's names and with Kafka's defaults (exceptions say so),
/// in order of names.
std::span<const ConfigDefinition> brokerKeys();
/// Null when there is no such property.
const ConfigDefinition* findBrokerKey(std::string_view name);

} // namespace meshbone::backbone::broker
