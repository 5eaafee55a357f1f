// SPDX-License-Identifier: Apache-2.0
// New nodes among nodes that stay where they are.
#include "layout/islands.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace meshbone::lineage {

namespace {
constexpr int kColumnsTried = 6, kRowsTried = 60;

std::size_t placeOf(int v) {
    return static_cast<std::size_t>(v);
}

class Grower {
public:
    explicit Grower(Sketch& sketch)
        : m_sketch(sketch)
        , m_occupied(sketch)
        , m_islands(sketch, m_occupied)
        , m_layers(layersOf(sketch)) {}

    std::vector<LayoutGroup> run() {
        std::vector<int> waiting;
        for (int v = 0; v < static_cast<int>(m_sketch.items.size()); ++v) {
            if (!m_sketch.items[placeOf(v)].placed) {
                waiting.push_back(v);
            }
        }
        std::ranges::stable_sort(waiting, {}, [this](int v) { return m_layers[placeOf(v)]; });
        while (!waiting.empty()) {
            const auto left = waiting.size();
            std::erase_if(waiting, [this](int v) { return hasPlacedNeighbour(v) && (place(v), true); });
            if (waiting.size() == left) { // none is next to what is there: the first starts a place of its own
                place(waiting.front());
                waiting.erase(waiting.begin());
            }
        }
        return m_islands.groups();
    }

private:
    bool hasPlacedNeighbour(int v) const {
        const auto placed = [this](int w) { return m_sketch.items[placeOf(w)].placed; };
        return std::ranges::any_of(m_sketch.in[placeOf(v)], placed) ||
               std::ranges::any_of(m_sketch.out[placeOf(v)], placed);
    }

    /// Where the node would stand best: right of what feeds it, or left of what it feeds, at their middle's height.
    void wanted(int v, double& x, double& y) const {
        const auto& box = m_sketch.items[placeOf(v)].box;
        double right = -std::numeric_limits<double>::max(), left = std::numeric_limits<double>::max(), sum = 0;
        int count = 0;
        const auto look = [&](int w, bool before) {
            const auto& item = m_sketch.items[placeOf(w)];
            if (item.placed) {
                right = before ? std::max(right, item.box.x + item.box.width) : right;
                left = before ? left : std::min(left, item.box.x);
                sum += item.middle();
                ++count;
            }
        };
        for (const auto w : m_sketch.in[placeOf(v)]) {
            look(w, true);
        }
        const bool fed = count > 0;
        for (const auto w : m_sketch.out[placeOf(v)]) {
            look(w, false);
        }
        if (count == 0) {
            x = kMargin;
            y = m_islands.bottom() + kGroupTitle + kGroupPadding + kGroupGap;
            return;
        }
        x = fed ? right + kColumnGap : left - kColumnGap - box.width;
        y = sum / count - box.height / 2;
    }

    /// The left edge of a column that is there already, if one is near; so that columns stay columns.
    double snapped(double x) const {
        double best = x, distance = kColumnGap / 2;
        for (const auto& item : m_sketch.items) {
            if (item.placed && std::abs(item.box.x - x) < distance) {
                distance = std::abs(item.box.x - x);
                best = item.box.x;
            }
        }
        return best;
    }

    void place(int v) {
        auto& item = m_sketch.items[placeOf(v)];
        double x = 0, y = 0;
        wanted(v, x, y);
        const bool feeds =
            std::ranges::none_of(m_sketch.in[placeOf(v)], [this](int w) { return m_sketch.items[placeOf(w)].placed; });
        const auto columnStep = (feeds ? -1 : 1) * (item.box.width + kColumnGap);
        auto bestCost = std::numeric_limits<double>::max();
        LayoutBox best = item.box;
        std::optional<Islands::Fit> bestFit;
        for (int column = 0; column < kColumnsTried; ++column) { // away from the neighbours, never to their other side
            const auto left = snapped(x + column * columnStep);
            for (int row = 0; row < 2 * kRowsTried; ++row) {
                const auto steps = (row + 1) / 2 * (row % 2 == 0 ? 1 : -1);
                const auto top = y + steps * (item.box.height + kRowGap) / 2;
                const auto cost = std::abs(top - y) + 1.5 * std::abs(left - x);
                if (cost >= bestCost) {
                    continue;
                }
                consider(item, std::round(left), std::round(top), cost, best, bestFit, bestCost);
            }
        }
        if (!bestFit) { // below everything there is always room
            best.x = std::round(x);
            best.y = std::round(m_islands.bottom() + kGroupTitle + kGroupPadding + kGroupGap);
            const Rect rect{best.x, best.y, best.x + best.width, best.y + best.height};
            bestFit = m_islands.fit(rect, item.domain);
        }
        item.box = best;
        item.placed = true;
        m_islands.add(item.rect(), item.domain, bestFit.value_or(Islands::Fit{0, 0}));
        m_occupied.addNode(v);
    }

    void consider(const Item& item, double left, double top, double cost, LayoutBox& best,
                  std::optional<Islands::Fit>& bestFit, double& bestCost) const {
        const Rect rect{left, top, left + item.box.width, top + item.box.height};
        if ((left == 0 && top == 0) || !m_occupied.freeOfNodes(rect.grown(kClearance), -1)) {
            return; // (0, 0) means "no place"
        }
        const auto fit = m_islands.fit(rect, item.domain);
        const auto total = fit ? cost + fit->growth / 1000 : bestCost;
        if (fit && total < bestCost) {
            bestCost = total;
            bestFit = fit;
            best.x = left;
            best.y = top;
        }
    }

    Sketch& m_sketch;
    Occupancy m_occupied;
    Islands m_islands;
    std::vector<int> m_layers;
};
} // namespace

std::vector<LayoutGroup> placeNew(Sketch& sketch) {
    return Grower(sketch).run();
}

} // namespace meshbone::lineage
