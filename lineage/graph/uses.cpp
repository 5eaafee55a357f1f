// SPDX-License-Identifier: Apache-2.0
#include "graph/graph.h"

namespace meshbone::lineage {

void Graph::forEachUse(const std::function<void(const Use&)>& tell) const {
    for (std::uint32_t i = 0; i < m_edges.size(); ++i) {
        const auto& edge = m_edges[i].edge;
        const auto &from = at(edge.from).node, &to = at(edge.to).node;
        const bool reads = isTopic(from) && isClient(to), writes = isClient(from) && isTopic(to);
        if ((reads || writes) && passes(i, {})) {
            tell({reads ? to : from, reads ? from : to, edge, reads});
        }
    }
}

} // namespace meshbone::lineage
