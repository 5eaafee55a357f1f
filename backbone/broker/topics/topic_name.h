// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>

#include <string>
#include <string_view>

namespace meshbone::backbone::broker {

/// Kafka's rules: 1 to 249 of letters, digits, '.', '_' and '-', and neither "." nor "..". Carries
/// INVALID_TOPIC_EXCEPTION.
Status validateTopicName(std::string_view name);

/// The name with '.' as '_': two topics whose keys are equal would collide in metric names, so Kafka allows only one.
std::string topicCollisionKey(std::string_view name);

/// Kafka's own topics, which clients may read but not write.
bool isInternalTopic(std::string_view name);

inline constexpr std::string_view kOffsetsTopic = "__consumer_offsets";

} // namespace meshbone::backbone::broker
