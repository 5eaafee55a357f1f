// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layout/sketch.h"

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace meshbone::lineage {

/// Which parts of the picture are taken, by nodes and by groups. Nodes are found through a coarse grid.
class Occupancy {
public:
    /// Takes the places of all items that have one.
    explicit Occupancy(const Sketch& sketch);

    void addNode(int item);
    void addGroup(const Rect& rect) { m_groups.push_back(rect); }

    /// True if a node of no domain may stand here.
    [[nodiscard]] bool free(const Rect& node) const;
    /// True if no node stands in the rectangle, except those of `domain` (-1: no exception).
    [[nodiscard]] bool freeOfNodes(const Rect& rect, int exceptDomain) const;
    /// The top nearest to `wantedTop` at which the node is free, in its own column.
    [[nodiscard]] double nearestRow(const Rect& node, double wantedTop) const;

private:
    template <class Each>
    void forEachNear(const Rect& rect, Each each) const; // each(item): false stops

    const Sketch& m_sketch;
    std::vector<Rect> m_groups;
    std::unordered_map<std::int64_t, std::vector<int>> m_cells;
};

} // namespace meshbone::lineage
