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

/// Applies a line's content to the state; false when it is unknown.
bool applyTopicLine(std::string_view content, StoredState& state);

} // namespace meshbone::backbone::broker
