// SPDX-License-Identifier: Apache-2.0
// Columns: longest path over the graph of strongly connected components; inside a component, longest path over what a
// breadth-first search finds going forward.
#include "layout/sketch.h"

#include <algorithm>
#include <limits>

namespace meshbone::lineage {

namespace {
/// Tarjan's algorithm, with a stack of its own instead of recursion.
class Components {
public:
    explicit Components(const Sketch& sketch)
        : m_sketch(sketch)
        , m_index(sketch.items.size(), -1)
        , m_low(sketch.items.size(), 0)
        , component(sketch.items.size(), -1) {
        for (int v = 0; v < static_cast<int>(sketch.items.size()); ++v) {
            if (m_index[at(v)] < 0) {
                search(v);
            }
        }
    }

private:
    struct Frame {
        int node;
        std::size_t next;
    };
    static std::size_t at(int v) { return static_cast<std::size_t>(v); }

    void enter(int v) {
        m_index[at(v)] = m_low[at(v)] = m_clock++;
        m_open.push_back(v);
        m_frames.push_back({v, 0});
    }

    void search(int root) {
        enter(root);
        while (!m_frames.empty()) {
            auto& frame = m_frames.back();
            const auto v = frame.node;
            if (frame.next < m_sketch.out[at(v)].size()) {
                const auto w = m_sketch.out[at(v)][frame.next++];
                if (m_index[at(w)] < 0) {
                    enter(w);
                } else if (component[at(w)] < 0) {
                    m_low[at(v)] = std::min(m_low[at(v)], m_index[at(w)]);
                }
                continue;
            }
            leave(v);
        }
    }

    void leave(int v) {
        m_frames.pop_back();
        if (!m_frames.empty()) {
            auto& parent = m_low[at(m_frames.back().node)];
            parent = std::min(parent, m_low[at(v)]);
        }
        if (m_low[at(v)] != m_index[at(v)]) {
            return;
        }
        for (int w = -1; w != v;) {
            w = m_open.back();
            m_open.pop_back();
            component[at(w)] = count;
        }
        ++count;
    }

    const Sketch& m_sketch;
    std::vector<int> m_index, m_low, m_open;
    std::vector<Frame> m_frames;
    int m_clock = 0;

public:
    std::vector<int> component;
    int count = 0;
};

std::size_t at(int v) {
    return static_cast<std::size_t>(v);
}

/// The columns of a component's nodes among themselves, from 0. Starts at a node that is entered from outside. `place`
/// is -1 for each of them, and their order in the search afterwards.
void layerInside(const Sketch& sketch, const std::vector<int>& component, const std::vector<int>& members,
                 std::vector<int>& place, std::vector<int>& inner) {
    const auto mine = component[at(members.front())];
    const auto entered = std::ranges::find_if(members, [&](int v) {
        return std::ranges::any_of(sketch.in[at(v)], [&](int u) { return component[at(u)] != mine; });
    });
    std::vector<int> order{entered == members.end() ? members.front() : *entered};
    place[at(order.front())] = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        for (const auto w : sketch.out[at(order[i])]) {
            if (component[at(w)] == mine && place[at(w)] < 0) {
                place[at(w)] = static_cast<int>(order.size());
                order.push_back(w);
            }
        }
    }
    for (const auto v : order) { // forward edges only, in their order: inner[v] is final when v comes
        for (const auto w : sketch.out[at(v)]) {
            if (component[at(w)] == mine && place[at(w)] > place[at(v)]) {
                inner[at(w)] = std::max(inner[at(w)], inner[at(v)] + 1);
            }
        }
    }
}
} // namespace

std::vector<int> componentsOf(const Sketch& sketch, int& count) {
    Components found(sketch);
    count = found.count;
    return std::move(found.component);
}

std::vector<int> layersOf(const Sketch& sketch) {
    int count = 0;
    const auto component = componentsOf(sketch, count);
    std::vector<std::vector<int>> members(at(count));
    for (int v = 0; v < static_cast<int>(sketch.items.size()); ++v) {
        members[at(component[at(v)])].push_back(v);
    }
    std::vector<int> inner(sketch.items.size(), 0), place(sketch.items.size(), -1), base(at(count), 0);
    for (const auto& nodes : members) {
        if (nodes.size() > 1) {
            layerInside(sketch, component, nodes, place, inner);
        }
    }
    for (int c = count - 1; c >= 0; --c) { // topological order
        for (const auto v : members[at(c)]) {
            for (const auto w : sketch.out[at(v)]) {
                auto& next = base[at(component[at(w)])];
                if (component[at(w)] != c) {
                    next = std::max(next, base[at(c)] + inner[at(v)] + 1 - inner[at(w)]);
                }
            }
        }
    }
    std::vector<int> layers(sketch.items.size());
    for (std::size_t v = 0; v < layers.size(); ++v) {
        layers[v] = base[at(component[v])] + inner[v];
    }
    for (std::size_t v = 0; v < layers.size(); ++v) { // a source stands right before what it feeds
        if (sketch.in[v].empty() && !sketch.out[v].empty()) {
            int nearest = std::numeric_limits<int>::max();
            for (const auto w : sketch.out[v]) {
                nearest = std::min(nearest, layers[at(w)]);
            }
            layers[v] = nearest - 1;
        }
    }
    return layers;
}

} // namespace meshbone::lineage
