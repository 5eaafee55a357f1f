// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace meshbone::backbone::broker {

/// Reads the topics of a consumer's subscription (ConsumerProtocolSubscription; every version begins like version 0:
/// int16 version, array of topic names) and adds them to `topics`. False when the bytes don't follow that schema.
bool readSubscribedTopics(std::string_view metadata, std::set<std::string>& topics);

} // namespace meshbone::backbone::broker
