// SPDX-License-Identifier: Apache-2.0
#include "layout/sketch.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <unordered_map>

namespace meshbone::lineage {

namespace {
constexpr double kDefaultWidth = 150, kDefaultHeight = 44, kLargest = 4'000, kFarthest = 1e7;

double saneSize(double size, double otherwise) {
    return std::isfinite(size) && size > 0 ? std::min(size, kLargest) : otherwise;
}
bool sanePlace(double at) {
    return std::isfinite(at) && std::abs(at) < kFarthest;
}
} // namespace

Rect Rect::with(const Rect& other) const {
    return {std::min(left, other.left), std::min(top, other.top), std::max(right, other.right),
            std::max(bottom, other.bottom)};
}

Sketch Sketch::from(const LayoutInput& input) {
    Sketch sketch;
    std::unordered_map<std::int32_t, int> at;
    for (const auto& box : input.nodes) {
        if (!at.try_emplace(box.node, static_cast<int>(sketch.items.size())).second) {
            continue; // a node that is named twice: the first counts
        }
        Item item{box};
        item.box.width = saneSize(box.width, kDefaultWidth);
        item.box.height = saneSize(box.height, kDefaultHeight);
        item.placed = input.keepPlaces && sanePlace(box.x) && sanePlace(box.y) && (box.x != 0 || box.y != 0);
        sketch.items.push_back(item);
    }
    std::map<std::string, int> domains;
    for (const auto& [node, domain] : input.domains) {
        if (!domain.empty() && at.contains(node)) {
            domains.try_emplace(domain, 0);
        }
    }
    for (auto& [name, index] : domains) {
        index = static_cast<int>(sketch.domains.size());
        sketch.domains.push_back(name);
    }
    for (const auto& [node, domain] : input.domains) {
        const auto known = at.find(node);
        if (known != at.end() && !domain.empty()) {
            auto& mine = sketch.items[static_cast<std::size_t>(known->second)].domain;
            mine = mine < 0 ? domains.at(domain) : mine;
        }
    }
    sketch.out.resize(sketch.items.size());
    sketch.in.resize(sketch.items.size());
    std::set<std::pair<int, int>> seen;
    for (const auto& [from, to] : input.edges) {
        const auto a = at.find(from), b = at.find(to);
        if (a != at.end() && b != at.end() && a != b && seen.emplace(a->second, b->second).second) {
            sketch.out[static_cast<std::size_t>(a->second)].push_back(b->second);
            sketch.in[static_cast<std::size_t>(b->second)].push_back(a->second);
        }
    }
    return sketch;
}

bool Sketch::anyPlaced() const {
    return std::ranges::any_of(items, &Item::placed);
}

Rect groupRound(const Rect& nodes) {
    auto rect = nodes.grown(kGroupPadding);
    rect.top -= kGroupTitle;
    return rect;
}

std::vector<LayoutGroup> groupsOf(const Sketch& sketch) {
    std::map<int, Rect> rects;
    for (const auto& item : sketch.items) {
        if (item.domain >= 0) {
            const auto [at, added] = rects.try_emplace(item.domain, item.rect());
            at->second = at->second.with(item.rect());
        }
    }
    std::vector<LayoutGroup> groups;
    for (const auto& [domain, nodes] : rects) {
        const auto r = groupRound(nodes);
        groups.push_back(
            {sketch.domains[static_cast<std::size_t>(domain)], r.left, r.top, r.right - r.left, r.bottom - r.top});
    }
    return groups;
}

std::string brokenRule(const Sketch& sketch, const std::vector<LayoutGroup>& groups) {
    std::vector<const Item*> byLeft;
    for (const auto& item : sketch.items) {
        byLeft.push_back(&item);
    }
    std::ranges::sort(byLeft, {}, [](const Item* item) { return item->box.x; });
    for (std::size_t i = 0; i < byLeft.size(); ++i) {
        const auto rect = byLeft[i]->rect();
        for (std::size_t j = i + 1; j < byLeft.size() && byLeft[j]->box.x < rect.right; ++j) {
            if (rect.touches(byLeft[j]->rect())) {
                return "two nodes overlap";
            }
        }
    }
    const auto rectOf = [](const LayoutGroup& g) { return Rect{g.x, g.y, g.x + g.width, g.y + g.height}; };
    for (std::size_t i = 0; i < groups.size(); ++i) {
        for (std::size_t j = i + 1; j < groups.size(); ++j) {
            if (rectOf(groups[i]).touches(rectOf(groups[j]))) {
                return "two domains overlap";
            }
        }
        for (const auto& item : sketch.items) {
            const bool member =
                item.domain >= 0 && sketch.domains[static_cast<std::size_t>(item.domain)] == groups[i].domain;
            if (!member && rectOf(groups[i]).touches(item.rect())) {
                return "a node lies in a domain that isn't its own";
            }
        }
    }
    return {};
}

LayoutResult resultOf(const Sketch& sketch, std::vector<LayoutGroup> groups) {
    LayoutResult result;
    for (const auto& item : sketch.items) {
        result.nodes.push_back(item.box);
        result.width = std::max(result.width, item.box.x + item.box.width + kMargin);
        result.height = std::max(result.height, item.box.y + item.box.height + kMargin);
    }
    for (const auto& group : groups) {
        result.width = std::max(result.width, group.x + group.width + kMargin);
        result.height = std::max(result.height, group.y + group.height + kMargin);
    }
    result.groups = std::move(groups);
    return result;
}

} // namespace meshbone::lineage
