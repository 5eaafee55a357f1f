// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/catalog.h>

#include <cstdint>
#include <string>
#include <vector>

namespace meshbone::app::demo {

struct TopicPlan {
    std::string name;
    std::int32_t partitions = 1;
    bool compacted = false;
    std::string product; ///< that offers it
    std::string description;
};

/// The agreed side of the demo mesh: what the catalog is told when it is empty.
struct MeshPlan {
    std::vector<TopicPlan> topics;
    std::vector<catalog::PutTeam> teams;
    std::vector<catalog::PutDomain> domains;
    std::vector<catalog::PutProduct> products;
    std::vector<catalog::PutPort> inputs; ///< ports in which a product needs another's topic
};

MeshPlan meshPlan();

/// The principals of the demo's clients: feeds, tasks and readers.
std::vector<std::string> clientNames();

} // namespace meshbone::app::demo
