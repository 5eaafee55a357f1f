// SPDX-License-Identifier: Apache-2.0
#include "layout/islands.h"

#include <algorithm>
#include <map>

namespace meshbone::lineage {

namespace {
double area(const Rect& r) {
    return (r.right - r.left) * (r.bottom - r.top);
}
} // namespace

Islands::Islands(const Sketch& sketch, const Occupancy& occupied)
    : m_sketch(sketch)
    , m_occupied(occupied) {
    std::map<int, std::vector<const Item*>> members;
    std::map<int, Rect> whole;
    for (const auto& item : sketch.items) {
        if (item.placed && item.domain >= 0) {
            members[item.domain].push_back(&item);
            const auto [at, added] = whole.try_emplace(item.domain, item.rect());
            at->second = at->second.with(item.rect());
        }
    }
    std::vector<int> torn;
    for (const auto& [domain, rect] : whole) { // the usual case: one rectangle round them all, as it was before
        if (free(groupRound(rect), domain, m_islands.size())) {
            m_islands.push_back({domain, rect});
        } else {
            torn.push_back(domain);
        }
    }
    for (const auto domain : torn) { // a node has changed its domain, for example
        for (const auto* item : members.at(domain)) {
            if (const auto found = fit(item->rect(), domain)) {
                add(item->rect(), domain, *found);
            } // else it stands too near to others for a border of its own: it goes without
        }
    }
}

bool Islands::free(const Rect& group, int domain, std::size_t except) const {
    for (std::size_t i = 0; i < m_islands.size(); ++i) {
        if (i != except && groupRound(m_islands[i].nodes).touches(group)) {
            return false;
        }
    }
    return m_occupied.freeOfNodes(group, domain);
}

std::optional<Islands::Fit> Islands::fit(const Rect& node, int domain) const {
    if (domain < 0) {
        const auto roomy = node.grown(kClearance);
        const bool outside =
            std::ranges::none_of(m_islands, [&](const Island& i) { return groupRound(i.nodes).touches(roomy); });
        return outside ? std::optional(Fit{m_islands.size(), 0}) : std::nullopt;
    }
    std::optional<Fit> best;
    for (std::size_t i = 0; i < m_islands.size(); ++i) {
        if (m_islands[i].domain != domain) {
            continue;
        }
        const auto grown = m_islands[i].nodes.with(node);
        const auto growth = area(grown) - area(m_islands[i].nodes);
        if ((!best || growth < best->growth) && free(groupRound(grown), domain, i)) {
            best = Fit{i, growth};
        }
    }
    if (!best && free(groupRound(node), domain, m_islands.size())) {
        constexpr double kNewIsland = 1e6; // rather grow than split, unless that is very large
        best = Fit{m_islands.size(), kNewIsland};
    }
    return best;
}

void Islands::add(const Rect& node, int domain, const Fit& fit) {
    if (domain < 0) {
        return;
    }
    if (fit.island == m_islands.size()) {
        m_islands.push_back({domain, node});
    } else {
        m_islands[fit.island].nodes = m_islands[fit.island].nodes.with(node);
    }
}

std::vector<LayoutGroup> Islands::groups() const {
    std::vector<LayoutGroup> out;
    for (const auto& island : m_islands) {
        const auto r = groupRound(island.nodes);
        out.push_back({m_sketch.domains[static_cast<std::size_t>(island.domain)], r.left, r.top, r.right - r.left,
                       r.bottom - r.top});
    }
    std::ranges::stable_sort(out, {}, &LayoutGroup::domain);
    return out;
}

double Islands::bottom() const {
    double bottom = 0;
    for (const auto& item : m_sketch.items) {
        bottom = item.placed ? std::max(bottom, item.box.y + item.box.height) : bottom;
    }
    for (const auto& island : m_islands) {
        bottom = std::max(bottom, groupRound(island.nodes).bottom);
    }
    return bottom;
}

} // namespace meshbone::lineage
