// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/config/definition.h"

#include <array>
#include <span>

namespace meshbone::backbone::broker {

/// A broker key that gives a topic key its default, for example log.retention.hours for retention.ms.
struct ConfigSynonym {
    std::string_view name;
    std::int64_t factor = 1; ///< the broker's value times this is the topic's
};

/// A topic's configuration key and its synonyms among the broker's keys, the most specific first.
struct TopicKey {
    ConfigDefinition definition;
    std::array<ConfigSynonym, 3> synonyms{};
};

/// Every key that Kafka 4 knows of a topic, in order of names.
std::span<const TopicKey> topicKeys();
/// Null when there is no such key.
const TopicKey* findTopicKey(std::string_view name);

} // namespace meshbone::backbone::broker
