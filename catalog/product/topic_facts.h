// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "product/mesh.h"

#include <map>
#include <string>

namespace meshbone::catalog {

/// What the catalog says of every topic that somebody described or that is a product's output port.
std::map<std::string, TopicFacts> topicFactsOf(const Mesh& mesh);

} // namespace meshbone::catalog
