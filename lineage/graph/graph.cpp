// SPDX-License-Identifier: Apache-2.0
#include "graph/graph.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace meshbone::lineage {

namespace {
std::string folded(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}
} // namespace

Graph::Graph(GraphParts parts)
    : m_edges(std::move(parts.edges))
    , m_changes(std::move(parts.changes))
    , m_builtMs(parts.builtMs) {
    placeNodes(std::move(parts.nodes));
    std::ranges::sort(m_edges, {}, [](const GraphEdge& e) { return std::pair(e.edge.from, e.edge.to); });
    indexLife();
    indexEdges();
    indexNames();
    std::ranges::stable_sort(m_changes, {}, &Change::atMs);
}

void Graph::placeNodes(std::vector<GraphNode> nodes) {
    std::int32_t last = -1;
    for (const auto& node : nodes) {
        last = std::max(last, node.node.id);
    }
    m_nodes.resize(static_cast<std::size_t>(last + 1));
    for (auto& node : nodes) {
        const auto id = static_cast<std::size_t>(node.node.id);
        m_nodes[id] = std::move(node);
    }
    std::erase_if(m_edges, [&](const GraphEdge& e) { return !has(e.edge.from) || !has(e.edge.to); });
}

bool Graph::has(std::int32_t id) const {
    return id >= 0 && static_cast<std::size_t>(id) < m_nodes.size() && at(id).node.id == id;
}

void Graph::indexLife() {
    m_lifeBegin.reserve(m_edges.size() + 1);
    m_aliveNow.reserve(m_edges.size());
    m_present.assign(m_nodes.size(), 0);
    for (const auto& edge : m_edges) {
        m_lifeBegin.push_back(static_cast<std::uint32_t>(m_life.size()));
        m_life.insert(m_life.end(), edge.life.begin(), edge.life.end());
        const bool alive = !edge.life.empty() && edge.life.back().toMs > m_builtMs;
        m_aliveNow.push_back(alive ? 1 : 0);
        if (alive) {
            m_present[static_cast<std::size_t>(edge.edge.from)] = 1;
            m_present[static_cast<std::size_t>(edge.edge.to)] = 1;
        }
    }
    m_lifeBegin.push_back(static_cast<std::uint32_t>(m_life.size()));
    m_presentNodes = static_cast<std::size_t>(std::accumulate(m_present.begin(), m_present.end(), std::size_t{0}));
}

void Graph::indexEdges() {
    m_outBegin.assign(m_nodes.size() + 1, 0);
    m_inBegin.assign(m_nodes.size() + 1, 0);
    for (const auto& edge : m_edges) {
        ++m_outBegin[static_cast<std::size_t>(edge.edge.from) + 1];
        ++m_inBegin[static_cast<std::size_t>(edge.edge.to) + 1];
        m_source.push_back(static_cast<std::uint32_t>(edge.edge.from));
        m_target.push_back(static_cast<std::uint32_t>(edge.edge.to));
    }
    std::partial_sum(m_outBegin.begin(), m_outBegin.end(), m_outBegin.begin());
    std::partial_sum(m_inBegin.begin(), m_inBegin.end(), m_inBegin.begin());
    m_out.resize(m_edges.size());
    std::iota(m_out.begin(), m_out.end(), 0); // sorted by source: each row is its own indexes
    m_in.resize(m_edges.size());
    auto next = m_inBegin;
    for (std::uint32_t i = 0; i < m_edges.size(); ++i) {
        m_in[next[m_target[i]]++] = i;
    }
}

void Graph::indexNames() {
    m_folded.resize(m_nodes.size());
    for (const auto& item : m_nodes) {
        const auto& node = item.node;
        if (node.id < 0 || node.kind == NodeKind::Domain) {
            continue;
        }
        m_folded[static_cast<std::size_t>(node.id)] = folded(node.name + '\n' + node.detail);
        const auto [known, added] = m_byName.try_emplace(node.name, node.id);
        if (!added && node.kind == NodeKind::Topic) {
            known->second = node.id;
        }
        if (item.domainNode >= 0) {
            m_members[item.domainNode].push_back(node.id);
        }
    }
}

std::span<const std::uint32_t> Graph::row(const Rows& begin, const Rows& items, std::int32_t id) {
    const auto at = static_cast<std::size_t>(id);
    return std::span(items).subspan(begin[at], begin[at + 1] - begin[at]);
}

bool Graph::passes(std::uint32_t edge, const EdgeFilter& filter) const {
    if (filter.evidence && (m_edges[edge].evidence & (1u << static_cast<unsigned>(*filter.evidence))) == 0) {
        return false;
    }
    if (!filter.asOfMs) {
        return m_aliveNow[edge] != 0;
    }
    for (auto i = m_lifeBegin[edge]; i < m_lifeBegin[edge + 1]; ++i) {
        if (m_life[i].fromMs <= *filter.asOfMs && *filter.asOfMs < m_life[i].toMs) {
            return true;
        }
    }
    return false;
}

std::int32_t Graph::find(std::string_view name) const {
    const auto at = m_byName.find(std::string(name));
    return at == m_byName.end() ? -1 : at->second;
}

std::span<const std::int32_t> Graph::members(std::int32_t domainNode) const {
    const auto at = m_members.find(domainNode);
    return at == m_members.end() ? std::span<const std::int32_t>{} : std::span<const std::int32_t>(at->second);
}

std::vector<Reached> Graph::reach(std::int32_t start, bool down, const EdgeFilter& filter) const {
    std::vector<Reached> out;
    std::vector<std::uint32_t> queue;
    std::vector<std::uint8_t> seen(m_nodes.size(), 0);
    seen[static_cast<std::size_t>(start)] = 1;
    const auto& other = down ? m_target : m_source;
    const auto visit = [&](std::int32_t id, int hops) {
        for (const auto edge : down ? edgesOut(id) : edgesIn(id)) {
            const auto next = other[edge];
            if (seen[next] == 0 && passes(edge, filter)) {
                seen[next] = 1;
                queue.push_back(next);
                out.push_back({&m_nodes[next].node, hops}); // where it is, not what it holds: nodes lie far apart
            }
        }
    };
    visit(start, 1);
    for (std::size_t i = 0; i < queue.size(); ++i) { // grows while it is walked
        visit(static_cast<std::int32_t>(queue[i]), out[i].hops + 1);
    }
    return out;
}

ReachedNodes reachedNodes(std::shared_ptr<const Graph> graph, std::string_view name, bool down,
                          const EdgeFilter& filter) {
    const auto start = graph->find(name);
    if (start < 0) {
        return {};
    }
    auto items = graph->reach(start, down, filter);
    return {std::move(graph), std::move(items)};
}

std::vector<Node> Graph::search(std::string_view text, std::size_t limit) const {
    const auto needle = folded(text);
    struct Hit {
        int rank;
        std::int32_t id;
    };
    std::vector<Hit> hits;
    for (std::size_t i = 0; i < m_nodes.size(); ++i) {
        const auto& hay = m_folded[i];
        const auto at = hay.empty() ? std::string::npos : hay.find(needle);
        if (at == std::string::npos) {
            continue;
        }
        const auto nameEnd = hay.find('\n');
        const int place = at == 0 ? (needle.size() == nameEnd ? 0 : 1) : (at < nameEnd ? 2 : 3);
        hits.push_back({place + (m_present[i] != 0 ? 0 : 4), static_cast<std::int32_t>(i)});
    }
    const auto before = [this](const Hit& a, const Hit& b) {
        return a.rank != b.rank ? a.rank < b.rank : at(a.id).node.name < at(b.id).node.name;
    };
    limit = std::min(limit, hits.size());
    std::ranges::partial_sort(hits, hits.begin() + static_cast<std::ptrdiff_t>(limit), before);
    std::vector<Node> out;
    for (std::size_t i = 0; i < limit; ++i) {
        out.push_back(at(hits[i].id).node);
    }
    return out;
}

std::vector<Change> Graph::changes(TimestampMs fromMs, TimestampMs toMs) const {
    const auto begin = std::ranges::lower_bound(m_changes, fromMs, {}, &Change::atMs);
    const auto end = std::ranges::upper_bound(begin, m_changes.end(), toMs, {}, &Change::atMs);
    return {begin, end};
}

} // namespace meshbone::lineage
