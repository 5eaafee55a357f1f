// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layout/occupancy.h"

#include <optional>

namespace meshbone::lineage {

/// The groups' rectangles while nodes that stay where they are get company. Groups never overlap and no stranger lies
/// in one; so a domain whose nodes can't share one rectangle has several, its islands.
class Islands {
public:
    /// Groups the items that have a place.
    Islands(const Sketch& sketch, const Occupancy& occupied);

    struct Fit {
        std::size_t island; ///< index, or the number of islands: a new one
        double growth = 0;  ///< by how much the group's area grows
    };
    /// Whether a node of a domain may stand here, and in which island. Nodes of no domain: outside of all islands.
    [[nodiscard]] std::optional<Fit> fit(const Rect& node, int domain) const;
    void add(const Rect& node, int domain, const Fit& fit);
    [[nodiscard]] std::vector<LayoutGroup> groups() const;
    [[nodiscard]] double bottom() const;

private:
    struct Island {
        int domain;
        Rect nodes; // round its nodes, without the padding
    };
    bool joinOne(std::size_t island);
    [[nodiscard]] bool free(const Rect& group, int domain, std::size_t except) const;

    const Sketch& m_sketch;
    const Occupancy& m_occupied;
    std::vector<Island> m_islands;
};

} // namespace meshbone::lineage
