// SPDX-License-Identifier: Apache-2.0
#include "graph/derive.h"

#include "graph/draft.h"

#include <algorithm>
#include <utility>

namespace meshbone::lineage {

namespace {
constexpr std::size_t kNamedInDetail = 3;

std::string listOf(const std::set<std::string>& names) {
    std::string out;
    std::size_t count = 0;
    for (const auto& name : names) {
        if (name.empty()) {
            continue;
        }
        if (++count > kNamedInDetail) {
            return out + " and " + std::to_string(names.size() - kNamedInDetail) + " more";
        }
        out += (out.empty() ? "" : ", ") + name;
    }
    return out;
}

std::string detailOf(const std::string& name, const DraftClient& client) {
    std::string out;
    const auto add = [&out](const std::string& part) { out += part.empty() ? "" : (out.empty() ? "" : " · ") + part; };
    if (client.clientIds != std::set{name}) {
        add(listOf(client.clientIds));
    }
    add(listOf(client.software));
    const auto groups = listOf(client.groups);
    add(groups.empty() ? "" : "group " + groups);
    const auto products = listOf(client.products);
    add(products.empty() ? "" : "product " + products);
    return out;
}

/// What the edges say about a node.
struct Around {
    bool writes = false, reads = false;
    std::map<std::string, int> writtenDomains, readDomains;
    TimestampMs firstMs = -1, lastMs = -1;

    void widen(const Edge& edge) {
        if (edge.firstSeenMs >= 0) {
            firstMs = firstMs < 0 ? edge.firstSeenMs : std::min(firstMs, edge.firstSeenMs);
            lastMs = std::max(lastMs, edge.lastSeenMs);
        }
    }
};

/// The domain that it writes to, or the one that it reads most of; empty where two have equal claims.
std::string domainOf(const Around& around) {
    if (!around.writtenDomains.empty()) {
        return around.writtenDomains.size() == 1 ? around.writtenDomains.begin()->first : "";
    }
    std::string best;
    int most = 0;
    for (const auto& [domain, count] : around.readDomains) {
        best = count == most ? "" : (count > most ? domain : best);
        most = std::max(most, count);
    }
    return best;
}

class Deriver {
public:
    Deriver(const Draft& draft, const CatalogFacts& catalog, NodeIds& ids, TimestampMs nowMs)
        : m_draft(draft)
        , m_catalog(catalog)
        , m_ids(ids)
        , m_nowMs(nowMs) {}

    GraphParts run() {
        m_parts.builtMs = m_nowMs;
        for (const auto& [key, edge] : m_draft.edges) {
            addEdge(key, edge);
        }
        for (const auto& [key, around] : m_around) {
            addNode(key, around);
        }
        for (const auto& domain : m_domains) {
            Node node;
            node.id = m_ids.idOf("d:" + domain);
            node.kind = NodeKind::Domain;
            node.name = node.domain = domain;
            m_parts.nodes.push_back({node, -1});
        }
        return std::move(m_parts);
    }

private:
    std::string topicDomain(const std::string& topic) const {
        const auto at = m_catalog.topicDomains.find(topic);
        return at == m_catalog.topicDomains.end() ? "" : at->second;
    }

    void addEdge(const EdgeKey& key, const DraftEdge& draft) {
        m_parts.edges.push_back(draft.finish(m_ids.idOf(key.from), m_ids.idOf(key.to)));
        const auto& edge = m_parts.edges.back();
        const bool reads = isTopicKey(key.from);
        auto& client = m_around[reads ? key.to : key.from];
        auto& topic = m_around[reads ? key.from : key.to];
        client.widen(edge.edge);
        topic.widen(edge.edge);
        (reads ? client.reads : client.writes) = true;
        const auto domain = topicDomain(nameOf(reads ? key.from : key.to));
        if (!domain.empty()) {
            ++(reads ? client.readDomains : client.writtenDomains)[domain];
        }
    }

    void addNode(const std::string& key, const Around& around) {
        Node node;
        node.id = m_ids.idOf(key);
        node.name = nameOf(key);
        node.firstSeenMs = around.firstMs;
        node.lastSeenMs = around.lastMs;
        if (isTopicKey(key)) {
            node.kind = NodeKind::Topic;
            node.domain = topicDomain(node.name);
        } else {
            node.kind = around.writes && around.reads ? NodeKind::Task : NodeKind::Client;
            node.producer = around.writes;
            node.consumer = around.reads;
            node.domain = domainOf(around);
            const auto about = m_draft.clients.find(key);
            node.detail = about == m_draft.clients.end() ? "" : detailOf(node.name, about->second);
            if (m_around.contains(topicKey(node.name))) {
                node.name += " (client)"; // names tell nodes apart, and a topic has this one
            }
        }
        std::int32_t domainNode = -1;
        if (!node.domain.empty()) {
            m_domains.insert(node.domain);
            domainNode = m_ids.idOf("d:" + node.domain);
        }
        m_parts.nodes.push_back({std::move(node), domainNode});
    }

    const Draft& m_draft;
    const CatalogFacts& m_catalog;
    NodeIds& m_ids;
    TimestampMs m_nowMs;
    std::map<std::string, Around> m_around; // by node key
    std::set<std::string> m_domains;
    GraphParts m_parts;
};
} // namespace

NodeIds::NodeIds(std::vector<std::string> known)
    : m_keys(std::move(known)) {
    for (std::size_t i = 0; i < m_keys.size(); ++i) {
        m_ids.emplace(m_keys[i], static_cast<std::int32_t>(i));
    }
}

std::int32_t NodeIds::idOf(const std::string& key) {
    const auto [at, added] = m_ids.try_emplace(key, static_cast<std::int32_t>(m_keys.size()));
    if (added) {
        m_keys.push_back(key);
    }
    return at->second;
}

GraphParts deriveGraph(const Entries& entries, const CatalogFacts& catalog, NodeIds& ids, TimestampMs nowMs,
                       std::int64_t quietMs) {
    auto draft = collectEvidence(entries, nowMs, quietMs);
    addDeclared(draft, catalog);
    auto parts = Deriver(draft, catalog, ids, nowMs).run();
    parts.changes = describeChanges(draft, ids, quietMs);
    return parts;
}

} // namespace meshbone::lineage
