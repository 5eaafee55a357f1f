// SPDX-License-Identifier: Apache-2.0
#include "lineage/overlay_adder.h"

#include <algorithm>

namespace meshbone::ui {

std::string clientOf(std::string_view principal) {
    constexpr std::string_view kUser = "User:";
    return std::string(principal.starts_with(kUser) ? principal.substr(kUser.size()) : principal);
}

OverlayAdder::OverlayAdder(OverlaidGraph& result)
    : m_result(result) {
    for (const auto& node : result.graph.nodes) {
        m_nextId = std::max(m_nextId, node.id + 1);
        if (isTopic(node)) {
            m_topics.emplace_back(node.id, node.name);
        } else if (isClient(node)) {
            m_clients.emplace(principalOf(node), node.id);
        }
    }
    for (const auto& edge : result.graph.edges) {
        if (edge.evidence != lineage::Evidence::Declared) {
            m_seen.emplace(edge.from, edge.to);
        }
    }
}

void OverlayAdder::add(std::string_view principal, int topic, bool reads, bool agreed) {
    auto client = m_clients.find(principal);
    if (client != m_clients.end() &&
        m_seen.contains(reads ? std::pair(topic, client->second) : std::pair(client->second, topic))) {
        return; // it is drawn
    }
    const bool isFull = m_result.unused.size() >= static_cast<qsizetype>(kAddedEdgesMax);
    if (isFull || (client == m_clients.end() && m_addedClients >= kAddedClientsMax)) {
        m_result.isCut = true;
        return;
    }
    if (client == m_clients.end()) {
        client = m_clients.emplace(principal, addNode(principal, reads)).first;
    }
    const auto [from, to] = reads ? std::pair(topic, client->second) : std::pair(client->second, topic);
    m_seen.emplace(from, to);
    addEdge(from, to, agreed);
}

int OverlayAdder::addNode(std::string_view principal, bool reads) {
    lineage::Node node;
    node.id = m_nextId++;
    node.kind = lineage::NodeKind::Client;
    node.name = clientOf(principal);
    (reads ? node.consumer : node.producer) = true;
    m_result.graph.nodes.push_back(std::move(node));
    ++m_addedClients;
    return m_nextId - 1;
}

void OverlayAdder::addEdge(int from, int to, bool agreed) {
    lineage::Edge edge;
    edge.from = from;
    edge.to = to;
    edge.evidence = lineage::Evidence::Declared;
    edge.granted = agreed;
    m_result.graph.edges.push_back(std::move(edge));
    m_result.unused.insert({from, to});
    if (!agreed) {
        m_result.unagreed.insert({from, to});
    }
}

} // namespace meshbone::ui
