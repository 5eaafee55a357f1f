// SPDX-License-Identifier: Apache-2.0
// A part of the graph for a window: the neighbourhood of a focus, grown, folded and collapsed as the person asked.
#include "graph/derive.h"
#include "graph/graph.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_set>
#include <utility>

namespace meshbone::lineage {

namespace {
/// One query at work. Nodes of a collapsed domain are walked as one: their domain's node.
class View {
public:
    View(const Graph& graph, const ViewQuery& query)
        : m_graph(graph)
        , m_query(query)
        , m_filter{query.asOfMs, query.evidence}
        , m_collapsed(query.collapsedDomains.begin(), query.collapsedDomains.end())
        , m_folded(query.folded.begin(), query.folded.end())
        , m_shown(graph.idEnd(), 0) {}

    Subgraph run() {
        if (m_query.focus.empty()) {
            showAll();
        } else if (const auto focus = start(); focus >= 0) {
            show(focus);
            walk(focus, true, m_query.downHops);
            walk(focus, false, m_query.upHops);
        }
        expand();
        return result();
    }

private:
    using Id = std::int32_t;

    Id stand(Id id) const {
        const auto& item = m_graph.at(id);
        return item.domainNode >= 0 && m_collapsed.contains(item.node.domain) ? item.domainNode : id;
    }

    Id start() const {
        const auto id = m_graph.find(m_query.focus);
        return id < 0 ? -1 : stand(id);
    }

    bool show(Id id) {
        if (m_shown[static_cast<std::size_t>(id)] != 0) {
            return true;
        }
        if (m_order.size() >= m_query.maxNodes) {
            return false;
        }
        m_shown[static_cast<std::size_t>(id)] = 1;
        m_order.push_back(id);
        return true;
    }

    /// Calls found(other end) for the edges of a node, or of all nodes of a collapsed domain.
    template <class Found>
    void neighbours(Id id, bool down, Found found) const {
        const auto of = [&](Id member) {
            for (const auto edge : down ? m_graph.edgesOut(member) : m_graph.edgesIn(member)) {
                if (m_graph.passes(edge, m_filter)) {
                    const auto& e = m_graph.edges()[edge].edge;
                    const auto other = stand(down ? e.to : e.from);
                    if (other != id) {
                        found(other);
                    }
                }
            }
        };
        if (m_graph.at(id).node.kind != NodeKind::Domain) {
            return of(id);
        }
        for (const auto member : m_graph.members(id)) {
            of(member);
        }
    }

    void walk(Id focus, bool down, int hops) {
        std::vector<Id> ring{focus};
        std::unordered_set<Id> seen{focus};
        for (int hop = 0; hop < hops && !ring.empty(); ++hop) {
            std::vector<Id> next;
            for (const auto id : ring) {
                if (m_folded.contains(id)) {
                    continue;
                }
                neighbours(id, down, [&](Id other) {
                    if (seen.insert(other).second && show(other)) {
                        next.push_back(other);
                    }
                });
            }
            ring = std::move(next);
        }
    }

    /// Without a focus: from the best connected node outwards, then from the next that isn't shown yet.
    void showAll() {
        std::vector<Id> byDegree;
        for (Id id = 0; static_cast<std::size_t>(id) < m_graph.idEnd(); ++id) {
            if (m_graph.has(id) && degree(id) > 0) {
                byDegree.push_back(id);
            }
        }
        std::ranges::stable_sort(byDegree, std::greater{}, [this](Id id) { return degree(id); });
        for (const auto id : byDegree) {
            if (m_order.size() >= m_query.maxNodes) {
                return;
            }
            const auto first = m_order.size();
            show(stand(id));
            for (auto i = first; i < m_order.size(); ++i) { // grows while it is walked
                const auto from = m_order[i];
                if (!m_folded.contains(from)) {
                    neighbours(from, true, [this](Id other) { show(other); });
                    neighbours(from, false, [this](Id other) { show(other); });
                }
            }
        }
    }

    std::size_t degree(Id id) const {
        const auto alive = [this](std::uint32_t edge) { return m_graph.passes(edge, m_filter); };
        return static_cast<std::size_t>(std::ranges::count_if(m_graph.edgesOut(id), alive) +
                                        std::ranges::count_if(m_graph.edgesIn(id), alive));
    }

    void expand() {
        auto waiting = m_query.expanded;
        for (bool grown = true; grown && !waiting.empty();) { // each round uses up at least one
            grown = false;
            std::erase_if(waiting, [&](Id id) {
                if (!m_graph.has(id) || m_shown[static_cast<std::size_t>(id)] == 0 || m_folded.contains(id)) {
                    return false;
                }
                neighbours(id, true, [this](Id other) { show(other); });
                neighbours(id, false, [this](Id other) { show(other); });
                return grown = true;
            });
        }
    }

    Subgraph result() {
        Subgraph out;
        for (const auto id : m_order) {
            out.nodes.push_back(nodeOf(id));
            std::set<Id> hidden;
            const auto count = [&](Id other) {
                if (m_shown[static_cast<std::size_t>(other)] == 0) {
                    hidden.insert(other);
                }
            };
            neighbours(id, true, count);
            neighbours(id, false, count);
            if (!hidden.empty()) {
                out.hidden.emplace_back(id, static_cast<std::int32_t>(hidden.size()));
            }
        }
        collectEdges(out);
        return out;
    }

    Node nodeOf(Id id) const {
        auto node = m_graph.at(id).node;
        if (node.kind == NodeKind::Domain) {
            std::size_t topics = 0;
            for (const auto member : m_graph.members(id)) {
                topics += m_graph.at(member).node.kind == NodeKind::Topic ? 1 : 0;
            }
            node.detail = std::to_string(topics) + (topics == 1 ? " topic" : " topics");
        }
        return node;
    }

    void collectEdges(Subgraph& out) const {
        std::map<std::pair<Id, Id>, std::size_t> at;
        for (const auto id : m_order) {
            const auto of = [&](Id member) {
                for (const auto edge : m_graph.edgesOut(member)) {
                    const auto to = stand(m_graph.edges()[edge].edge.to);
                    if (to == id || m_shown[static_cast<std::size_t>(to)] == 0 || !m_graph.passes(edge, m_filter)) {
                        continue;
                    }
                    const auto [known, added] = at.try_emplace({id, to}, out.edges.size());
                    if (added) {
                        out.edges.push_back(shownEdge(edge, id, to));
                    } else {
                        merge(out.edges[known->second], shownEdge(edge, id, to));
                    }
                }
            };
            if (m_graph.at(id).node.kind != NodeKind::Domain) {
                of(id);
            } else {
                std::ranges::for_each(m_graph.members(id), of);
            }
        }
    }

    Edge shownEdge(std::uint32_t index, Id from, Id to) const {
        auto edge = m_graph.edges()[index].edge;
        edge.from = from;
        edge.to = to;
        if (m_query.asOfMs) {
            edge.lastSeenMs = std::min(edge.lastSeenMs, *m_query.asOfMs);
            edge.perSecond.reset(); // rates of then aren't kept
        }
        return edge;
    }

    /// Two edges that a collapsed domain makes one.
    static void merge(Edge& edge, const Edge& other) {
        edge.evidence = std::min(edge.evidence, other.evidence);
        edge.granted = edge.granted && other.granted;
        edge.firstSeenMs = edge.firstSeenMs < 0 ? other.firstSeenMs : std::min(edge.firstSeenMs, other.firstSeenMs);
        edge.lastSeenMs = std::max(edge.lastSeenMs, other.lastSeenMs);
        edge.requests += other.requests;
        edge.records += other.records;
        edge.bytes += other.bytes;
        edge.perSecond = sumOfRates(edge.perSecond, other.perSecond);
        std::set<std::string> groups(edge.groups.begin(), edge.groups.end());
        groups.insert(other.groups.begin(), other.groups.end());
        edge.groups.assign(groups.begin(), groups.end());
    }

    const Graph& m_graph;
    const ViewQuery& m_query;
    EdgeFilter m_filter;
    std::set<std::string> m_collapsed;
    std::unordered_set<Id> m_folded;
    std::vector<std::uint8_t> m_shown;
    std::vector<Id> m_order; // shown, nearest first
};
} // namespace

Subgraph Graph::view(const ViewQuery& query) const {
    return View(*this, query).run();
}

} // namespace meshbone::lineage
