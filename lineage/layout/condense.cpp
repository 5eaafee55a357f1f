// SPDX-License-Identifier: Apache-2.0
#include "layout/condense.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace meshbone::lineage {

namespace {
std::size_t at(int v) {
    return static_cast<std::size_t>(v);
}
} // namespace

Condensed condense(const Sketch& sketch) {
    int count = 0;
    const auto component = componentsOf(sketch, count);
    Condensed out;
    out.request.clusters = static_cast<std::uint32_t>(sketch.domains.size());
    std::map<std::pair<int, int>, std::uint32_t> boxes; // component and domain -> node of the request
    std::vector<std::uint32_t> boxOf(sketch.items.size());
    for (int v = 0; v < static_cast<int>(sketch.items.size()); ++v) {
        const auto& item = sketch.items[at(v)];
        const auto next = static_cast<std::uint32_t>(out.members.size());
        const auto [known, added] = boxes.try_emplace({component[at(v)], item.domain}, next);
        boxOf[at(v)] = known->second;
        if (added) {
            out.request.nodes.push_back({0, -kRowGap, item.domain});
            out.members.emplace_back();
        }
        auto& box = out.request.nodes[known->second];
        box.width = std::max(box.width, item.box.width);
        box.height += item.box.height + kRowGap;
        out.members[known->second].push_back(v);
    }
    std::set<std::pair<std::uint32_t, std::uint32_t>> edges;
    for (std::size_t v = 0; v < sketch.items.size(); ++v) {
        for (const auto w : sketch.out[v]) {
            if (boxOf[v] != boxOf[at(w)]) {
                edges.emplace(boxOf[v], boxOf[at(w)]);
            }
        }
    }
    out.request.edges.assign(edges.begin(), edges.end());
    return out;
}

void spread(Sketch& sketch, const Condensed& condensed, const std::vector<WorkerPoint>& points) {
    double left = 0, top = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        double y = points[i].y;
        for (const auto v : condensed.members[i]) {
            auto& item = sketch.items[at(v)];
            item.box.x = points[i].x + (condensed.request.nodes[i].width - item.box.width) / 2;
            item.box.y = y;
            y += item.box.height + kRowGap;
            const auto rect = item.domain >= 0 ? groupRound(item.rect()) : item.rect();
            left = i == 0 && v == condensed.members[0].front() ? rect.left : std::min(left, rect.left);
            top = i == 0 && v == condensed.members[0].front() ? rect.top : std::min(top, rect.top);
        }
    }
    for (auto& item : sketch.items) {
        item.box.x = std::round(item.box.x - left + kMargin);
        item.box.y = std::round(item.box.y - top + kMargin);
        item.placed = true;
    }
}

} // namespace meshbone::lineage
