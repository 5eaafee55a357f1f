// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "evidence/spans.h"

#include <lineage/lineage.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace meshbone::lineage {

/// A node as the graph holds it. `domainNode` is the id of the node that stands for its domain when that is collapsed.
struct GraphNode {
    Node node;
    std::int32_t domainNode = -1;
};

/// An edge as the graph holds it: all evidence of it, and when it was there.
struct GraphEdge {
    Edge edge;
    std::uint8_t evidence = 0; ///< bits, 1 << Evidence
    Spans life;                ///< from a first sight to the moment it counted as removed; kStillThere: not removed
};

/// Everything that a graph is made of. Nodes may have gaps in their ids; a node without an id isn't there.
struct GraphParts {
    std::vector<GraphNode> nodes; ///< any order, ids >= 0 and distinct
    std::vector<GraphEdge> edges; ///< at most one for each pair of nodes
    std::vector<Change> changes;  ///< any order
    TimestampMs builtMs = 0;      ///< "now" for this graph
};

/// Which edges count: as of a moment, and by kind of evidence.
struct EdgeFilter {
    std::optional<TimestampMs> asOfMs;
    std::optional<Evidence> evidence;
};

/// The whole graph at one moment: immutable, shared by all queries that run on it; any thread. Adjacency in both
/// directions in compressed rows (CSR): the edges out of node n are edgesOut[outBegin[n] .. outBegin[n + 1]).
class Graph {
public:
    Graph()
        : Graph(GraphParts{}) {}
    explicit Graph(GraphParts parts);

    /// Ids of nodes are below this; not every one of them is a node.
    [[nodiscard]] std::size_t idEnd() const { return m_nodes.size(); }
    [[nodiscard]] bool has(std::int32_t id) const;
    [[nodiscard]] const GraphNode& at(std::int32_t id) const { return m_nodes[static_cast<std::size_t>(id)]; }
    [[nodiscard]] std::span<const GraphEdge> edges() const { return m_edges; }

    /// Indexes into edges().
    [[nodiscard]] std::span<const std::uint32_t> edgesOut(std::int32_t id) const { return row(m_outBegin, m_out, id); }
    [[nodiscard]] std::span<const std::uint32_t> edgesIn(std::int32_t id) const { return row(m_inBegin, m_in, id); }
    [[nodiscard]] bool passes(std::uint32_t edge, const EdgeFilter& filter) const;

    /// By name; a topic before a client of the same name. -1: none.
    [[nodiscard]] std::int32_t find(std::string_view name) const;
    /// The nodes of a domain, by the id of its node.
    [[nodiscard]] std::span<const std::int32_t> members(std::int32_t domainNode) const;

    [[nodiscard]] Subgraph view(const ViewQuery& query) const;
    /// Every client at a topic, as far as the edge is there now.
    void forEachUse(const std::function<void(const Use&)>& tell) const;
    /// Nearest first, without the start. Points into this graph.
    [[nodiscard]] std::vector<Reached> reach(std::int32_t start, bool down, const EdgeFilter& filter) const;
    [[nodiscard]] std::vector<Node> search(std::string_view text, std::size_t limit) const;
    [[nodiscard]] std::vector<Change> changes(TimestampMs fromMs, TimestampMs toMs) const;
    /// Nodes with an edge that is there now.
    [[nodiscard]] std::size_t nodeCount() const { return m_presentNodes; }
    [[nodiscard]] bool presentNow(std::int32_t id) const { return m_present[static_cast<std::size_t>(id)] != 0; }

private:
    using Rows = std::vector<std::uint32_t>;
    static std::span<const std::uint32_t> row(const Rows& begin, const Rows& items, std::int32_t id);
    void placeNodes(std::vector<GraphNode> nodes);
    void indexEdges();
    void indexLife();
    void indexNames();

    std::vector<GraphNode> m_nodes;
    std::vector<GraphEdge> m_edges; // sorted by from, to
    Rows m_outBegin, m_out, m_inBegin, m_in;
    Rows m_target, m_source;              // of each edge: what a walk reads, close together
    std::vector<Span> m_life;             // all lives, one after another
    Rows m_lifeBegin;                     // of each edge
    std::vector<std::uint8_t> m_aliveNow; // of each edge
    std::vector<std::uint8_t> m_present;  // of each node
    std::size_t m_presentNodes = 0;
    std::vector<std::string> m_folded; // lower-case name and detail of each node, for search
    std::unordered_map<std::string, std::int32_t> m_byName;
    std::unordered_map<std::int32_t, std::vector<std::int32_t>> m_members;
    std::vector<Change> m_changes; // by time
    TimestampMs m_builtMs = 0;
};

/// What is reached from the node of a name; the result shares the graph.
ReachedNodes reachedNodes(std::shared_ptr<const Graph> graph, std::string_view name, bool down,
                          const EdgeFilter& filter);

} // namespace meshbone::lineage
