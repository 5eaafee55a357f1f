// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include <map>
#include <string>

namespace meshbone::compare {

/// An answer as a table: the path of each field, with what it holds. Elements of an array are named by what they are
/// about (a topic's name, a partition's number), so that their order doesn't matter; each has a line of its own too.
using Answer = std::map<std::string, std::string>;

/// Flattens a message's dump. What two brokers never share is made alike: a sentence is "(text)", an address, a cluster
/// id, a topic id, a member id and a producer id are "(set)" or what says that there is none; throttle times are left
/// out.
Answer answerOf(const nlohmann::json& dump);

} // namespace meshbone::compare
