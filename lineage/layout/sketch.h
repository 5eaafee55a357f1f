// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <lineage/lineage.h>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace meshbone::lineage {

// Distances of the picture, in its pixels.
inline constexpr double kGroupPadding = 12; ///< between a group's border and its nodes
inline constexpr double kGroupTitle = 24;   ///< band at a group's top for its title, above the padding
inline constexpr double kGroupGap = 16;     ///< between groups
inline constexpr double kRowGap = 20;       ///< between nodes of a column
inline constexpr double kColumnGap = 72;    ///< between columns: room for the edges
inline constexpr double kMargin = 16;       ///< round the whole picture, so that no node is at (0, 0)
inline constexpr double kClearance = 10;    ///< between a group and a node that isn't of it

/// A rectangle; y grows downwards.
struct Rect {
    double left = 0, top = 0, right = 0, bottom = 0;
    [[nodiscard]] bool touches(const Rect& other) const {
        return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
    }
    [[nodiscard]] Rect grown(double by) const { return {left - by, top - by, right + by, bottom + by}; }
    [[nodiscard]] Rect with(const Rect& other) const;
};

/// A node of a layout in the making.
struct Item {
    LayoutBox box;
    int domain = -1;     ///< index into Sketch::domains; -1: none
    bool placed = false; ///< its place is final
    [[nodiscard]] Rect rect() const { return {box.x, box.y, box.x + box.width, box.y + box.height}; }
    [[nodiscard]] double middle() const { return box.y + box.height / 2; }
};

/// A checked input with dense indexes: no duplicates, no loops, sizes finite and positive. Value type.
struct Sketch {
    std::vector<Item> items;
    std::vector<std::string> domains; ///< sorted
    std::vector<std::vector<int>> out, in;

    static Sketch from(const LayoutInput& input);
    [[nodiscard]] bool anyPlaced() const;
};

/// The column of each item, from 0: every edge between two strongly connected components goes to the right.
std::vector<int> layersOf(const Sketch& sketch);
/// The strongly connected component of each item; components are numbered in reverse topological order.
std::vector<int> componentsOf(const Sketch& sketch, int& count);

/// Places all items afresh: columns from left to right, domains as bands below one another, others beside them.
void placeAll(Sketch& sketch);
/// Leaves placed items where they are and finds free places for the others, near their neighbours. Returns the groups.
std::vector<LayoutGroup> placeNew(Sketch& sketch);

/// The rectangle of a group round its nodes.
Rect groupRound(const Rect& nodes);
/// One group for each domain, round all of its items.
std::vector<LayoutGroup> groupsOf(const Sketch& sketch);
/// The first rule that a layout breaks (nodes overlap, groups overlap, a stranger in a group), or an empty string.
std::string brokenRule(const Sketch& sketch, const std::vector<LayoutGroup>& groups);
LayoutResult resultOf(const Sketch& sketch, std::vector<LayoutGroup> groups);

} // namespace meshbone::lineage
