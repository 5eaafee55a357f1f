// SPDX-License-Identifier: Apache-2.0
#include "support/fake_lineage.h"

#include <algorithm>
#include <deque>
#include <map>
#include <set>

namespace meshbone::test {

using namespace lineage;

namespace {
constexpr TimestampMs kWeekMs = 7LL * 86'400'000;
const std::set<std::string> kTasks{"delay-average",    "flag-delays", "near-airports",
                                   "magnitude-filter", "strike-rate", "damage-only"};
constexpr int kFar = 1000;
} // namespace

FakeLineage::FakeLineage(const std::vector<MeshTopic>& topics) {
    for (const auto& topic : topics) {
        const auto at = nodeFor(topic.name, NodeKind::Topic, topic.domain);
        for (const auto& writer : topic.writers) {
            const auto from =
                nodeFor(writer, kTasks.contains(writer) ? NodeKind::Task : NodeKind::Client, topic.domain);
            m_nodes[static_cast<std::size_t>(from)].producer = true;
            addEdge(from, at, topic.perSecond, true);
        }
        for (const auto& reader : topic.readers) {
            const auto to = nodeFor(reader, kTasks.contains(reader) ? NodeKind::Task : NodeKind::Client, topic.domain);
            m_nodes[static_cast<std::size_t>(to)].consumer = true;
            addEdge(at, to, topic.perSecond, reader != "notebook-adhoc");
        }
    }
}

std::int32_t FakeLineage::nodeFor(const std::string& name, NodeKind kind, const std::string& domain) {
    const auto found = std::ranges::find(m_nodes, name, &Node::name);
    if (found != m_nodes.end()) {
        return found->id;
    }
    const auto id = static_cast<std::int32_t>(m_nodes.size());
    m_nodes.push_back(
        {id, kind, name, "librdkafka 2.15", domain, false, false, kExampleNowMs - kWeekMs, kExampleNowMs});
    return id;
}

void FakeLineage::addEdge(std::int32_t from, std::int32_t to, double perSecond, bool granted) {
    Edge edge;
    edge.from = from;
    edge.to = to;
    edge.granted = granted;
    edge.firstSeenMs = kExampleNowMs - kWeekMs;
    edge.lastSeenMs = kExampleNowMs;
    edge.records = static_cast<std::int64_t>(perSecond * 1000);
    edge.perSecond = perSecond;
    m_edges.push_back(edge);
}

std::map<std::int32_t, int> FakeLineage::reach(std::int32_t from, bool up, int hops) const {
    std::map<std::int32_t, int> seen{{from, 0}};
    std::deque<std::int32_t> queue{from};
    while (!queue.empty()) {
        const auto at = queue.front();
        queue.pop_front();
        for (const auto& edge : m_edges) {
            const auto next = up ? edge.from : edge.to;
            if ((up ? edge.to : edge.from) == at && !seen.contains(next) && seen[at] < hops) {
                seen[next] = seen[at] + 1;
                queue.push_back(next);
            }
        }
    }
    return seen;
}

Subgraph FakeLineage::view(const ViewQuery& query) const {
    std::set<std::int32_t> shown;
    const auto focus = std::ranges::find(m_nodes, query.focus, &Node::name);
    if (focus == m_nodes.end()) {
        for (const auto& node : m_nodes) {
            shown.insert(node.id);
        }
    } else {
        for (const auto& [id, hops] : reach(focus->id, true, query.upHops)) {
            shown.insert(id);
        }
        for (const auto& [id, hops] : reach(focus->id, false, query.downHops)) {
            shown.insert(id);
        }
    }
    for (const auto grown : query.expanded) {
        for (const auto& edge : m_edges) {
            if (edge.from == grown || edge.to == grown) {
                shown.insert({edge.from, edge.to});
            }
        }
    }
    Subgraph graph;
    std::map<std::int32_t, std::int32_t> hidden;
    for (const auto id : shown) {
        graph.nodes.push_back(m_nodes[static_cast<std::size_t>(id)]);
    }
    for (const auto& edge : m_edges) {
        if (shown.contains(edge.from) && shown.contains(edge.to)) {
            graph.edges.push_back(edge);
        } else if (shown.contains(edge.from)) {
            ++hidden[edge.from];
        } else if (shown.contains(edge.to)) {
            ++hidden[edge.to];
        }
    }
    graph.hidden.assign(hidden.begin(), hidden.end());
    return graph;
}

std::optional<Node> FakeLineage::node(const std::string& name) const {
    const auto found = std::ranges::find(m_nodes, name, &Node::name);
    return found == m_nodes.end() ? std::nullopt : std::optional(*found);
}

std::vector<Node> FakeLineage::search(const std::string& text, std::size_t limit) const {
    std::vector<Node> found;
    for (const auto& node : m_nodes) {
        if (node.name.find(text) != std::string::npos && found.size() < limit) {
            found.push_back(node);
        }
    }
    return found;
}

std::vector<std::pair<Node, int>> FakeLineage::reachable(const std::string& name, bool up) const {
    std::vector<std::pair<Node, int>> result;
    const auto start = std::ranges::find(m_nodes, name, &Node::name);
    if (start == m_nodes.end()) {
        return result;
    }
    for (const auto& [id, hops] : reach(start->id, up, kFar)) {
        if (id != start->id) {
            result.emplace_back(m_nodes[static_cast<std::size_t>(id)], hops);
        }
    }
    std::ranges::stable_sort(result, {}, [](const auto& pair) { return pair.second; });
    return result;
}

std::vector<std::pair<Node, int>> FakeLineage::upstream(const std::string& name, std::optional<TimestampMs>) const {
    return reachable(name, true);
}
std::vector<std::pair<Node, int>> FakeLineage::downstream(const std::string& name, std::optional<TimestampMs>) const {
    return reachable(name, false);
}

std::vector<Change> FakeLineage::changes(TimestampMs fromMs, TimestampMs toMs) const {
    const auto quakes = node("seismic.quakes");
    const auto notebook = node("notebook-adhoc");
    std::vector<Change> all;
    if (quakes && notebook) {
        all = {{kExampleNowMs - 6LL * 86'400'000, ChangeKind::Added,
                "svc-delay-board began to read aviation.delays-per-airport", -1, -1},
               {kExampleNowMs - 3LL * 86'400'000, ChangeKind::NotGranted,
                "notebook-adhoc reads seismic.quakes without a grant", quakes->id, notebook->id}};
    }
    std::erase_if(all, [&](const Change& change) { return change.atMs < fromMs || change.atMs > toMs; });
    return all;
}

std::string FakeLineage::exportDot(const Subgraph& graph) const {
    return "digraph lineage { /* " + std::to_string(graph.nodes.size()) + " nodes */ }\n";
}
std::string FakeLineage::exportJson(const Subgraph& graph) const {
    return "{\"nodes\":" + std::to_string(graph.nodes.size()) + "}\n";
}

} // namespace meshbone::test
