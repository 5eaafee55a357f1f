// SPDX-License-Identifier: Apache-2.0
#include "layout/occupancy.h"

#include <algorithm>
#include <cmath>

namespace meshbone::lineage {

namespace {
constexpr double kCell = 256;

std::int64_t cellOf(double at) {
    return static_cast<std::int64_t>(std::floor(at / kCell));
}
std::int64_t keyOf(std::int64_t column, std::int64_t row) {
    return column * (std::int64_t{1} << 32) + row;
}
} // namespace

Occupancy::Occupancy(const Sketch& sketch)
    : m_sketch(sketch) {
    for (int v = 0; v < static_cast<int>(sketch.items.size()); ++v) {
        if (sketch.items[static_cast<std::size_t>(v)].placed) {
            addNode(v);
        }
    }
}

void Occupancy::addNode(int item) {
    const auto rect = m_sketch.items[static_cast<std::size_t>(item)].rect();
    for (auto column = cellOf(rect.left); column <= cellOf(rect.right); ++column) {
        for (auto row = cellOf(rect.top); row <= cellOf(rect.bottom); ++row) {
            m_cells[keyOf(column, row)].push_back(item);
        }
    }
}

template <class Each>
void Occupancy::forEachNear(const Rect& rect, Each each) const {
    const auto columns = cellOf(rect.right) - cellOf(rect.left) + 1, rows = cellOf(rect.bottom) - cellOf(rect.top) + 1;
    if (static_cast<double>(columns) * static_cast<double>(rows) > static_cast<double>(m_cells.size())) {
        for (const auto& [key, items] : m_cells) { // a rectangle larger than all that is taken
            if (!std::ranges::all_of(items, each)) {
                return;
            }
        }
        return;
    }
    for (auto column = cellOf(rect.left); column <= cellOf(rect.right); ++column) {
        for (auto row = cellOf(rect.top); row <= cellOf(rect.bottom); ++row) {
            const auto at = m_cells.find(keyOf(column, row));
            if (at != m_cells.end() && !std::ranges::all_of(at->second, each)) {
                return;
            }
        }
    }
}

bool Occupancy::freeOfNodes(const Rect& rect, int exceptDomain) const {
    bool free = true;
    forEachNear(rect, [&](int v) {
        const auto& item = m_sketch.items[static_cast<std::size_t>(v)];
        const bool excepted = exceptDomain >= 0 && item.domain == exceptDomain;
        free = excepted || !item.rect().touches(rect);
        return free;
    });
    return free;
}

bool Occupancy::free(const Rect& node) const {
    const auto roomy = node.grown(kClearance);
    return freeOfNodes(roomy, -1) && std::ranges::none_of(m_groups, [&](const Rect& g) { return g.touches(roomy); });
}

double Occupancy::nearestRow(const Rect& node, double wantedTop) const {
    const auto height = node.bottom - node.top;
    // What is in the way, as forbidden stretches of the top edge.
    std::vector<std::pair<double, double>> taken;
    const auto forbid = [&](const Rect& rect, double gap) {
        if (rect.left - kClearance < node.right && node.left < rect.right + kClearance) {
            taken.emplace_back(rect.top - gap - height, rect.bottom + gap);
        }
    };
    for (const auto& group : m_groups) {
        forbid(group, kGroupGap);
    }
    for (const auto& [key, items] : m_cells) {
        for (const auto v : items) {
            forbid(m_sketch.items[static_cast<std::size_t>(v)].rect(), kRowGap);
        }
    }
    std::ranges::sort(taken);
    double best = wantedTop, top = wantedTop;
    bool inside = false;
    double start = 0, end = 0;
    for (std::size_t i = 0; i <= taken.size(); ++i) { // walks the merged stretches; looks for the one round `wantedTop`
        if (i < taken.size() && i > 0 && taken[i].first < end) {
            end = std::max(end, taken[i].second);
            continue;
        }
        if (i > 0 && start < top && top < end) {
            inside = true;
            break;
        }
        if (i < taken.size()) {
            start = taken[i].first;
            end = taken[i].second;
        }
    }
    if (inside) {
        best = top - start <= end - top ? start : end;
    }
    return best;
}

} // namespace meshbone::lineage
