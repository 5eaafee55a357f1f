// SPDX-License-Identifier: Apache-2.0
// A fresh layout: columns, bands, and nodes of no domain beside the bands.
#include "layout/bands.h"
#include "layout/occupancy.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace meshbone::lineage {

namespace {
std::size_t slot(int v) {
    return static_cast<std::size_t>(v);
}

/// Domains from top to bottom, so that those with edges between them are near: neighbours swap while that shortens.
std::vector<int> orderDomains(const Sketch& sketch) {
    const auto count = sketch.domains.size();
    std::map<std::pair<int, int>, double> weight;
    for (std::size_t v = 0; v < sketch.items.size(); ++v) {
        for (const auto w : sketch.out[v]) {
            const auto a = sketch.items[v].domain, b = sketch.items[slot(w)].domain;
            if (a >= 0 && b >= 0 && a != b) {
                ++weight[{std::min(a, b), std::max(a, b)}];
            }
        }
    }
    std::vector<int> order(count), place(count);
    std::iota(order.begin(), order.end(), 0);
    std::iota(place.begin(), place.end(), 0);
    const auto length = [&] {
        double sum = 0;
        for (const auto& [pair, edges] : weight) {
            sum += edges * std::abs(place[slot(pair.first)] - place[slot(pair.second)]);
        }
        return sum;
    };
    constexpr std::size_t kMaxOrdered = 64; // more domains than that stay in the order of their names
    bool better = count <= kMaxOrdered;
    for (std::size_t round = 0; round < count && better; ++round) {
        better = false;
        for (std::size_t i = 0; i + 1 < count; ++i) {
            const auto before = length();
            std::swap(place[slot(order[i])], place[slot(order[i + 1])]);
            if (length() < before) {
                std::swap(order[i], order[i + 1]);
                better = true;
            } else {
                std::swap(place[slot(order[i])], place[slot(order[i + 1])]);
            }
        }
    }
    return order;
}

class Fresh {
public:
    explicit Fresh(Sketch& sketch)
        : m_sketch(sketch)
        , m_layers(layersOf(sketch))
        , m_bandOf(sketch.items.size(), -1) {}

    void run() {
        placeColumns();
        makeBands();
        orderColumns(m_sketch, m_bandOf, m_bands);
        stackBands();
        placeBeside();
        moveToOrigin();
    }

private:
    void placeColumns() {
        std::vector<double> width;
        for (std::size_t v = 0; v < m_layers.size(); ++v) {
            width.resize(std::max(width.size(), slot(m_layers[v]) + 1), 0);
            width[slot(m_layers[v])] = std::max(width[slot(m_layers[v])], m_sketch.items[v].box.width);
        }
        double x = 0;
        std::vector<double> left;
        for (const auto w : width) {
            left.push_back(x);
            x += w > 0 ? w + kColumnGap : 0;
        }
        for (std::size_t v = 0; v < m_layers.size(); ++v) {
            auto& box = m_sketch.items[v].box;
            box.x = left[slot(m_layers[v])] + (width[slot(m_layers[v])] - box.width) / 2;
        }
        m_columns = width.size();
    }

    void makeBands() {
        const auto order = orderDomains(m_sketch);
        std::vector<int> bandOfDomain(order.size());
        for (std::size_t i = 0; i < order.size(); ++i) {
            bandOfDomain[slot(order[i])] = static_cast<int>(i);
            m_bands.push_back({order[i], std::vector<std::vector<int>>(m_columns)});
        }
        const auto loose =
            static_cast<std::size_t>(std::ranges::count_if(m_sketch.items, [](const Item& i) { return i.domain < 0; }));
        constexpr std::size_t kMaxBeside = 24;
        const bool looseBand = loose > kMaxBeside || 2 * loose > m_sketch.items.size();
        if (looseBand) {
            m_bands.push_back({-1, std::vector<std::vector<int>>(m_columns)});
        }
        for (int v = 0; v < static_cast<int>(m_sketch.items.size()); ++v) {
            const auto domain = m_sketch.items[slot(v)].domain;
            if (domain >= 0 || looseBand) {
                const auto band = domain >= 0 ? bandOfDomain[slot(domain)] : static_cast<int>(m_bands.size()) - 1;
                m_bandOf[slot(v)] = band;
                m_bands[slot(band)].columns[slot(m_layers[slot(v)])].push_back(v);
            }
        }
    }

    void stackBands() {
        double y = 0;
        for (const auto& band : m_bands) {
            const auto height = alignRows(m_sketch, band, m_bandOf);
            const auto above = band.domain >= 0 ? kGroupTitle + kGroupPadding : 0;
            for (const auto& column : band.columns) {
                for (const auto v : column) {
                    m_sketch.items[slot(v)].box.y += y + above;
                    m_sketch.items[slot(v)].placed = true;
                }
            }
            y += above + height + (band.domain >= 0 ? kGroupPadding : 0) + kGroupGap;
        }
    }

    /// Nodes of no domain: in their column, as near to their neighbours' middle as the bands leave room.
    void placeBeside() {
        std::vector<int> loose;
        for (int v = 0; v < static_cast<int>(m_sketch.items.size()); ++v) {
            if (!m_sketch.items[slot(v)].placed) {
                loose.push_back(v);
            }
        }
        std::ranges::stable_sort(loose, {}, [this](int v) { return m_layers[slot(v)]; });
        Occupancy occupied(m_sketch);
        for (const auto& group : groupsOf(m_sketch)) {
            occupied.addGroup({group.x, group.y, group.x + group.width, group.y + group.height});
        }
        for (const auto v : loose) {
            auto& item = m_sketch.items[slot(v)];
            item.box.y = occupied.nearestRow(item.rect(), wantedTop(v));
            item.placed = true;
            occupied.addNode(v);
        }
    }

    double wantedTop(int v) const {
        double sum = 0;
        int count = 0;
        for (const auto* side : {&m_sketch.in[slot(v)], &m_sketch.out[slot(v)]}) {
            for (const auto w : *side) {
                sum += m_sketch.items[slot(w)].placed ? m_sketch.items[slot(w)].middle() : 0;
                count += m_sketch.items[slot(w)].placed ? 1 : 0;
            }
        }
        return (count == 0 ? 0 : sum / count) - m_sketch.items[slot(v)].box.height / 2;
    }

    void moveToOrigin() {
        double left = 0, top = 0;
        bool first = true;
        for (const auto& item : m_sketch.items) {
            const auto rect = item.domain >= 0 ? groupRound(item.rect()) : item.rect();
            left = first ? rect.left : std::min(left, rect.left);
            top = first ? rect.top : std::min(top, rect.top);
            first = false;
        }
        for (auto& item : m_sketch.items) {
            item.box.x = std::round(item.box.x - left + kMargin);
            item.box.y = std::round(item.box.y - top + kMargin);
        }
    }

    Sketch& m_sketch;
    std::vector<int> m_layers;
    std::vector<int> m_bandOf;
    std::vector<Band> m_bands;
    std::size_t m_columns = 0;
};
} // namespace

void placeAll(Sketch& sketch) {
    Fresh(sketch).run();
}

} // namespace meshbone::lineage
