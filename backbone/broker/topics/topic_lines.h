// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/topics/topic_store.h"

#include <string>
#include <string_view>

namespace meshbone::backbone::broker {

/// Lines of the topic store's journal, with CRC and newline.
std::string topicLine(const StoredTopic& topic);
std::string deletedLine(const DeletedTopic& topic);
std::string brokerConfigLine(bool nodeOnly, const ConfigMap& values);

/// Applies one line (without its newline) to the state; false when it is damaged or unknown.
bool applyTopicLine(std::string_view line, StoredState& state);

} // namespace meshbone::backbone::broker
