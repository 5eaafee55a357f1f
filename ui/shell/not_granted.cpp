// SPDX-License-Identifier: Apache-2.0
#include "shell/not_granted.h"

#include <catalog/access_covers.h>

#include <algorithm>
#include <functional>

namespace meshbone::ui {

namespace {

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

/// Nobody refused it, and a grant covers it, where grants govern the mesh. What is only declared needs none yet.
bool isGranted(const lineage::Use& use, const GrantsInForce& grants) {
    return use.edge.granted &&
           (use.edge.evidence == lineage::Evidence::Declared || grants.scopes.empty() ||
            use.client.name == grants.superUser || grants.covers(principalOf(use.client), use.topic.name, use.reads));
}

} // namespace

bool GrantsInForce::covers(const std::string& principal, const std::string& topic, bool reads) const {
    for (const std::string_view whose : {std::string_view(principal), std::string_view(backbone::kAnyPrincipal)}) {
        const auto found = byPrincipal.find(whose);
        const bool covered =
            found != byPrincipal.end() && std::ranges::any_of(found->second, [&](const catalog::AccessScope* scope) {
                return catalog::coversTopic(reads ? scope->reads : scope->writes, topic);
            });
        if (covered) {
            return true;
        }
    }
    return false;
}

GrantsInForce grantsInForce(std::shared_ptr<const CatalogView> catalog, TimestampMs nowMs, const std::string& ownUser) {
    GrantsInForce inForce;
    inForce.superUser = ownUser;
    inForce.catalog = std::move(catalog);
    if (inForce.catalog == nullptr) {
        return inForce;
    }
    for (const auto& grant : inForce.catalog->access.grants) {
        if (grant.inForceAt(nowMs)) {
            inForce.byPrincipal[grant.scope.principal].push_back(&grant.scope);
            inForce.scopes.push_back(&grant.scope);
        }
    }
    return inForce;
}

std::string principalOf(const lineage::Node& client) {
    return client.name.find(':') == std::string::npos ? "User:" + client.name : client.name;
}

bool isClient(const lineage::Node* node) {
    return node != nullptr && lineage::isClient(*node);
}

bool isTopic(const lineage::Node* node) {
    return node != nullptr && lineage::isTopic(*node);
}

void markNotGranted(lineage::Subgraph& graph, const GrantsInForce& grants) {
    if (grants.scopes.empty()) {
        return;
    }
    const Nodes nodes(graph);
    for (auto& edge : graph.edges) {
        const auto *from = nodes.at(edge.from), *to = nodes.at(edge.to);
        const bool reads = isTopic(from) && isClient(to), writes = isClient(from) && isTopic(to);
        if (reads || writes) {
            edge.granted = isGranted({reads ? *to : *from, reads ? *from : *to, edge, reads}, grants);
        }
    }
}

std::vector<UngrantedUse> ungrantedSince(TimestampMs sinceMs, const lineage::Lineage& lineage,
                                         const GrantsInForce& grants) {
    std::vector<UngrantedUse> uses;
    lineage.forEachUse([&](const lineage::Use& use) {
        if (use.edge.lastSeenMs >= sinceMs && !isGranted(use, grants)) {
            uses.push_back({use.client.name, use.topic.name, use.reads, use.edge.lastSeenMs});
        }
    });
    std::ranges::stable_sort(uses, std::greater{}, &UngrantedUse::lastMs);
    return uses;
}

} // namespace meshbone::ui
