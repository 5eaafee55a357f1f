// SPDX-License-Identifier: Apache-2.0
#include "shell/not_granted.h"

#include <catalog/access_covers.h>

#include <algorithm>
#include <functional>

namespace meshbone::ui {

using lineage::NodeKind;

namespace {

constexpr std::size_t kWholeMesh = 200'000; // nodes; nothing is drawn of them

class Nodes {
public:
    explicit Nodes(const lineage::Subgraph& graph) {
        for (const auto& node : graph.nodes) {
            m_byId.emplace(node.id, &node);
        }
    }
    [[nodiscard]] const lineage::Node* at(std::int32_t id) const {
        const auto found = m_byId.find(id);
        return found == m_byId.end() ? nullptr : found->second;
    }

private:
    std::unordered_map<std::int32_t, const lineage::Node*> m_byId;
};

} // namespace

bool GrantsInForce::covers(const std::string& principal, const std::string& topic, bool reads) const {
    for (const auto& whose : {principal, std::string(backbone::kAnyPrincipal)}) {
        const auto found = byPrincipal.find(whose);
        const bool covered = found != byPrincipal.end() && std::ranges::any_of(found->second, [&](std::size_t at) {
                                 return catalog::coversTopic(reads ? scopes[at].reads : scopes[at].writes, topic);
                             });
        if (covered) {
            return true;
        }
    }
    return false;
}

GrantsInForce grantsInForce(const std::vector<catalog::Grant>& grants, TimestampMs nowMs, const std::string& ownUser) {
    GrantsInForce inForce;
    inForce.superUser = ownUser;
    for (const auto& grant : grants) {
        if (grant.inForceAt(nowMs)) {
            inForce.byPrincipal[grant.scope.principal].push_back(inForce.scopes.size());
            inForce.scopes.push_back(grant.scope);
        }
    }
    return inForce;
}

std::string principalOf(const lineage::Node& client) {
    return client.name.find(':') == std::string::npos ? "User:" + client.name : client.name;
}

bool isClient(const lineage::Node* node) {
    return node != nullptr && (node->kind == NodeKind::Client || node->kind == NodeKind::Task);
}

bool isTopic(const lineage::Node* node) {
    return node != nullptr && node->kind == NodeKind::Topic;
}

void markNotGranted(lineage::Subgraph& graph, const GrantsInForce& grants) {
    if (grants.scopes.empty()) {
        return;
    }
    const Nodes nodes(graph);
    for (auto& edge : graph.edges) {
        const auto *from = nodes.at(edge.from), *to = nodes.at(edge.to);
        const bool reads = isTopic(from) && isClient(to), writes = isClient(from) && isTopic(to);
        if ((!reads && !writes) || edge.evidence == lineage::Evidence::Declared) {
            continue;
        }
        const auto& client = reads ? *to : *from;
        edge.granted = edge.granted && (client.name == grants.superUser ||
                                        grants.covers(principalOf(client), reads ? from->name : to->name, reads));
    }
}

std::vector<UngrantedUse> ungrantedSince(TimestampMs sinceMs, const lineage::Lineage& lineage,
                                         const GrantsInForce& grants) {
    lineage::ViewQuery all;
    all.maxNodes = kWholeMesh;
    auto graph = lineage.view(all);
    markNotGranted(graph, grants);
    const Nodes nodes(graph);
    std::vector<UngrantedUse> uses;
    for (const auto& edge : graph.edges) {
        const auto *from = nodes.at(edge.from), *to = nodes.at(edge.to);
        if (edge.granted || edge.lastSeenMs < sinceMs || from == nullptr || to == nullptr) {
            continue;
        }
        const bool reads = isTopic(from);
        uses.push_back({(reads ? to : from)->name, (reads ? from : to)->name, reads, edge.lastSeenMs});
    }
    std::ranges::stable_sort(uses, std::greater{}, &UngrantedUse::lastMs);
    return uses;
}

} // namespace meshbone::ui
