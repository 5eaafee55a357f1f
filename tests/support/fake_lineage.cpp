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
constexpr std::int32_t kDomainIds = 1'000'000; ///< ids of folded domains begin here

bool isThere(const Edge& edge, std::optional<TimestampMs> asOfMs) {
    return !asOfMs || edge.firstSeenMs <= *asOfMs;
}
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

std::size_t FakeLineage::nodeCount() const {
    const std::scoped_lock lock(m_mutex);
    return m_nodes.size();
}

void FakeLineage::addReader(const std::string& reader, const std::string& topic, TimestampMs atMs) {
    {
        const std::scoped_lock lock(m_mutex);
        connectReader(reader, topic, atMs);
    }
    m_onChanged.tell();
}

void FakeLineage::connectReader(const std::string& reader, const std::string& topic, TimestampMs atMs) {
    const auto from = nodeFor(topic, NodeKind::Topic, "");
    const auto to = nodeFor(reader, NodeKind::Client, m_nodes[static_cast<std::size_t>(from)].domain);
    m_nodes[static_cast<std::size_t>(to)].consumer = true;
    addEdge(from, to, 1, true);
    m_edges.back().firstSeenMs = atMs;
    m_edges.back().lastSeenMs = atMs;
    m_added.push_back({atMs, ChangeKind::Added, reader + " began to read " + topic, from, to});
}

std::map<std::int32_t, int> FakeLineage::reach(std::int32_t from, bool up, int hops, Moment asOfMs) const {
    std::map<std::int32_t, int> seen{{from, 0}};
    std::deque<std::int32_t> queue{from};
    while (!queue.empty()) {
        const auto at = queue.front();
        queue.pop_front();
        for (const auto& edge : m_edges) {
            const auto next = up ? edge.from : edge.to;
            if (isThere(edge, asOfMs) && (up ? edge.to : edge.from) == at && !seen.contains(next) && seen[at] < hops) {
                seen[next] = seen[at] + 1;
                queue.push_back(next);
            }
        }
    }
    return seen;
}

std::set<std::int32_t> FakeLineage::shownNodes(const ViewQuery& query) const {
    std::set<std::int32_t> shown;
    const auto focus = std::ranges::find(m_nodes, query.focus, &Node::name);
    if (focus != m_nodes.end()) {
        for (const bool up : {true, false}) {
            for (const auto& [id, hops] : reach(focus->id, up, up ? query.upHops : query.downHops, query.asOfMs)) {
                shown.insert(id);
            }
        }
    }
    for (const auto& edge : m_edges) {
        const bool grown =
            std::ranges::any_of(query.expanded, [&](auto id) { return edge.from == id || edge.to == id; });
        if (isThere(edge, query.asOfMs) && (focus == m_nodes.end() || grown)) {
            shown.insert({edge.from, edge.to});
        }
    }
    return shown;
}

Subgraph FakeLineage::view(const ViewQuery& query) const {
    const std::scoped_lock lock(m_mutex);
    const auto shown = shownNodes(query);
    Subgraph graph;
    std::map<std::int32_t, std::int32_t> hidden, standsFor;
    std::map<std::string, std::int32_t> folded;
    for (const auto id : shown) {
        const auto& node = m_nodes[static_cast<std::size_t>(id)];
        standsFor[id] = id;
        if (std::ranges::find(query.collapsedDomains, node.domain) == query.collapsedDomains.end()) {
            graph.nodes.push_back(node);
            continue;
        }
        const auto [domain, first] = folded.emplace(node.domain, kDomainIds + static_cast<std::int32_t>(folded.size()));
        standsFor[id] = domain->second;
        if (first) {
            graph.nodes.push_back({domain->second, NodeKind::Domain, node.domain, "", node.domain, false, false,
                                   node.firstSeenMs, node.lastSeenMs});
        }
    }
    for (const auto& edge : m_edges) {
        const bool from = shown.contains(edge.from), to = shown.contains(edge.to);
        if (!isThere(edge, query.asOfMs) || (query.evidence && edge.evidence != *query.evidence)) {
            continue;
        }
        if (from && to) {
            auto drawn = edge;
            drawn.from = standsFor[edge.from];
            drawn.to = standsFor[edge.to];
            if (drawn.from != drawn.to) {
                graph.edges.push_back(drawn);
            }
        } else if (from || to) {
            ++hidden[standsFor[from ? edge.from : edge.to]];
        }
    }
    graph.hidden.assign(hidden.begin(), hidden.end());
    return graph;
}

void FakeLineage::forEachUse(const std::function<void(const lineage::Use&)>& tell) const {
    const std::scoped_lock lock(m_mutex);
    for (const auto& edge : m_edges) {
        const auto &from = m_nodes[static_cast<std::size_t>(edge.from)],
                   &to = m_nodes[static_cast<std::size_t>(edge.to)];
        const bool reads = from.kind == NodeKind::Topic;
        if (isThere(edge, std::nullopt) && reads != (to.kind == NodeKind::Topic)) {
            tell({reads ? to : from, reads ? from : to, edge, reads});
        }
    }
}

std::optional<Node> FakeLineage::node(const std::string& name) const {
    const std::scoped_lock lock(m_mutex);
    const auto found = std::ranges::find(m_nodes, name, &Node::name);
    return found == m_nodes.end() ? std::nullopt : std::optional(*found);
}

std::vector<Node> FakeLineage::search(const std::string& text, std::size_t limit) const {
    const std::scoped_lock lock(m_mutex);
    std::vector<Node> found;
    for (const auto& node : m_nodes) {
        if (node.name.find(text) != std::string::npos && found.size() < limit) {
            found.push_back(node);
        }
    }
    return found;
}

ReachedNodes FakeLineage::reachable(const std::string& name, bool up, Moment asOfMs) const {
    const std::scoped_lock lock(m_mutex);
    const auto start = std::ranges::find(m_nodes, name, &Node::name);
    if (start == m_nodes.end()) {
        return {};
    }
    const auto picture = std::make_shared<const std::vector<Node>>(m_nodes);
    std::vector<Reached> result;
    for (const auto& [id, hops] : reach(start->id, up, kFar, asOfMs)) {
        if (id != start->id) {
            result.push_back({&(*picture)[static_cast<std::size_t>(id)], hops});
        }
    }
    std::ranges::stable_sort(result, {}, &Reached::hops);
    return {picture, std::move(result)};
}

ReachedNodes FakeLineage::upstream(const std::string& name, Moment asOfMs) const {
    return reachable(name, true, asOfMs);
}
ReachedNodes FakeLineage::downstream(const std::string& name, Moment asOfMs) const {
    return reachable(name, false, asOfMs);
}

std::vector<Change> FakeLineage::changes(TimestampMs fromMs, TimestampMs toMs) const {
    const std::scoped_lock lock(m_mutex);
    const auto quakes = node("seismic.quakes");
    const auto notebook = node("notebook-adhoc");
    std::vector<Change> all;
    if (quakes && notebook) {
        all = {{kExampleNowMs - 6LL * 86'400'000, ChangeKind::Added,
                "svc-delay-board began to read aviation.delays-per-airport", -1, -1},
               {kExampleNowMs - 3LL * 86'400'000, ChangeKind::NotGranted,
                "notebook-adhoc reads seismic.quakes without a grant", quakes->id, notebook->id}};
    }
    all.insert(all.end(), m_added.begin(), m_added.end());
    std::ranges::stable_sort(all, {}, &Change::atMs);
    std::erase_if(all, [&](const Change& change) { return change.atMs < fromMs || change.atMs > toMs; });
    return all;
}

std::string FakeLineage::exportDot(const Subgraph& graph) const {
    return "digraph lineage { /* " + std::to_string(graph.nodes.size()) + " nodes */ }\n";
}
std::string FakeLineage::exportJson(const Subgraph& graph) const {
    return "{\"nodes\":" + std::to_string(graph.nodes.size()) + "}\n";
}

Result<lineage::AccessEvidence> FakeLineage::accessEvidence(const lineage::AccessEvidenceQuery&,
                                                            const CallOptions&) const {
    const std::scoped_lock lock(m_mutex);
    return m_evidence;
}
void FakeLineage::setAccessEvidence(lineage::AccessEvidence evidence) {
    const std::scoped_lock lock(m_mutex);
    m_evidence = std::move(evidence);
}

} // namespace meshbone::test
