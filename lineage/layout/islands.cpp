// SPDX-License-Identifier: Apache-2.0
#include "layout/islands.h"

#include <algorithm>
#include <map>

namespace meshbone::lineage {

namespace {
double area(const Rect& r) {
    return (r.right - r.left) * (r.bottom - r.top);
}

/// Rectangles whose groups would touch become one, until none do.
std::vector<Rect> joinTouching(std::vector<Rect> rects) {
    for (std::size_t i = 0; i < rects.size();) {
        std::size_t j = 0;
        while (j < rects.size() && (j == i || !groupRound(rects[i]).touches(groupRound(rects[j])))) {
            ++j;
        }
        if (j == rects.size()) {
            ++i;
            continue;
        }
        rects[std::min(i, j)] = rects[i].with(rects[j]);
        rects.erase(rects.begin() + static_cast<std::ptrdiff_t>(std::max(i, j)));
        i = std::min(i, j); // the joined one is compared with all again
    }
    return rects;
}
} // namespace

Islands::Islands(const Sketch& sketch, const Occupancy& occupied)
    : m_sketch(sketch)
    , m_occupied(occupied) {
    std::map<int, std::vector<Rect>> members;
    for (const auto& item : sketch.items) {
        if (item.placed && item.domain >= 0) {
            members[item.domain].push_back(item.rect());
        }
    }
    // First the smallest groups that hold together: where a group was before, its nodes' smallest groups are parts of
    // it, so these are free again, whatever has become of the rest.
    for (auto& [domain, nodes] : members) {
        for (const auto& nodesTogether : joinTouching(std::move(nodes))) {
            if (free(groupRound(nodesTogether), domain, m_islands.size())) {
                m_islands.push_back({domain, nodesTogether});
            } // else a node stands too near to strangers for a border (it has changed its domain): it goes without
        }
    }
    for (std::size_t i = 0; i < m_islands.size(); ++i) { // then whatever may be one group again
        while (i < m_islands.size() && joinOne(i)) {
        }
    }
}

/// Joins another island of the same domain to this one, and those that lie between, if what they cover is free.
bool Islands::joinOne(std::size_t island) {
    const auto domain = m_islands[island].domain;
    for (std::size_t other = island + 1; other < m_islands.size(); ++other) {
        if (m_islands[other].domain != domain) {
            continue;
        }
        auto both = m_islands[island].nodes.with(m_islands[other].nodes);
        std::vector<bool> taken(m_islands.size(), false);
        taken[island] = taken[other] = true;
        for (std::size_t i = 0; i < m_islands.size(); ++i) {
            if (!taken[i] && m_islands[i].domain == domain &&
                groupRound(m_islands[i].nodes).touches(groupRound(both))) {
                both = both.with(m_islands[i].nodes);
                taken[i] = true;
                i = static_cast<std::size_t>(-1); // what has grown may touch earlier ones
            }
        }
        const bool met = std::ranges::any_of(m_islands, [&](const Island& i) {
            return i.domain != domain && groupRound(i.nodes).touches(groupRound(both));
        });
        if (met || !m_occupied.freeOfNodes(groupRound(both), domain)) {
            continue;
        }
        m_islands[island].nodes = both;
        taken[island] = false;
        std::size_t index = 0;
        std::erase_if(m_islands, [&](const Island&) { return taken[index++]; });
        return true;
    }
    return false;
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
