// SPDX-License-Identifier: Apache-2.0
#include "access/client_uses.h"

#include "access/access_words.h"

#include <lineage/lineage.h>

#include <algorithm>

namespace meshbone::ui {

std::vector<ClientUse> clientUses(const lineage::Lineage& lineage, const std::string& principal) {
    std::vector<ClientUse> uses;
    lineage::ViewQuery query;
    query.focus = shortPrincipal(principal).toStdString();
    const auto self = lineage.node(query.focus);
    if (!self) {
        return uses;
    }
    query.upHops = query.downHops = 1;
    const auto around = lineage.view(query);
    for (const auto& edge : around.edges) {
        const bool reads = edge.to == self->id;
        const auto topic = std::ranges::find(around.nodes, reads ? edge.from : edge.to, &lineage::Node::id);
        if ((reads || edge.from == self->id) && topic != around.nodes.end()) {
            uses.push_back({topic->name, reads, edge.lastSeenMs, edge.groups});
        }
    }
    return uses;
}

} // namespace meshbone::ui
