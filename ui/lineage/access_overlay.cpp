// SPDX-License-Identifier: Apache-2.0
#include "lineage/access_overlay.h"

#include <catalog/access_covers.h>

#include <algorithm>
#include <map>
#include <set>

namespace meshbone::ui {

namespace {

using lineage::Edge;
using lineage::Node;
using lineage::NodeKind;

std::string clientOf(const std::string& principal) {
    constexpr std::string_view kUser = "User:";
    return principal.starts_with(kUser) ? principal.substr(kUser.size()) : principal;
}

/// Adds an edge for each grant that nobody uses, where its topic is in the picture.
void addUnused(OverlaidGraph& result, const GrantsInForce& grants) {
    auto& graph = result.graph;
    std::set<std::pair<int, int>> seen;
    std::map<std::string, int> clients;
    std::vector<std::pair<int, std::string>> topics;
    int nextId = 0;
    for (const auto& node : graph.nodes) {
        nextId = std::max(nextId, node.id + 1);
        if (isTopic(&node)) {
            topics.emplace_back(node.id, node.name);
        } else if (isClient(&node)) {
            clients.emplace(principalOf(node), node.id);
        }
    }
    for (const auto& edge : graph.edges) {
        if (edge.evidence != lineage::Evidence::Declared) {
            seen.emplace(edge.from, edge.to);
        }
    }
    for (const auto& scope : grants.scopes) {
        for (const auto& [topic, name] : topics) {
            for (const bool reads : {true, false}) {
                if (scope.principal == backbone::kAnyPrincipal ||
                    !catalog::coversTopic(reads ? scope.reads : scope.writes, name)) {
                    continue;
                }
                const auto [client, isNew] = clients.try_emplace(scope.principal, nextId);
                if (isNew) {
                    Node node;
                    node.id = nextId++;
                    node.kind = NodeKind::Client;
                    node.name = clientOf(scope.principal);
                    (reads ? node.consumer : node.producer) = true;
                    graph.nodes.push_back(std::move(node));
                }
                const auto [from, to] = reads ? std::pair(topic, client->second) : std::pair(client->second, topic);
                if (seen.emplace(from, to).second) {
                    Edge edge;
                    edge.from = from;
                    edge.to = to;
                    edge.evidence = lineage::Evidence::Declared;
                    graph.edges.push_back(std::move(edge));
                    result.unused.insert({from, to});
                }
            }
        }
    }
}

/// Nodes that nothing is drawn to any more, but the one that was asked about.
void dropLonely(lineage::Subgraph& graph, const std::string& focus) {
    std::set<int> used;
    for (const auto& edge : graph.edges) {
        used.insert({edge.from, edge.to});
    }
    std::erase_if(graph.nodes, [&](const Node& node) { return !used.contains(node.id) && node.name != focus; });
}

} // namespace

OverlaidGraph withOverlay(lineage::Subgraph graph, const GrantsInForce& grants, AccessOverlay overlay,
                          const std::string& focus) {
    markNotGranted(graph, grants);
    OverlaidGraph result{std::move(graph), {}};
    if (overlay == AccessOverlay::Seen) {
        return result;
    }
    if (overlay == AccessOverlay::MayUse || overlay == AccessOverlay::Unused) {
        addUnused(result, grants);
    }
    std::erase_if(result.graph.edges, [&](const Edge& edge) {
        const bool unused = result.unused.contains({edge.from, edge.to});
        const bool declared = edge.evidence == lineage::Evidence::Declared && !unused;
        switch (overlay) {
        case AccessOverlay::MayUse:
            return declared || !edge.granted;
        case AccessOverlay::DoesUse:
            return declared;
        case AccessOverlay::Unused:
            return !unused;
        case AccessOverlay::NotGranted:
            return edge.granted;
        case AccessOverlay::Seen:
            break;
        }
        return false;
    });
    dropLonely(result.graph, focus);
    return result;
}

} // namespace meshbone::ui
