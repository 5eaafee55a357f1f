// SPDX-License-Identifier: Apache-2.0
#include "lineage/access_overlay.h"

#include "lineage/overlay_adder.h"

#include <catalog/access_covers.h>

#include <algorithm>
#include <set>

namespace meshbone::ui {

namespace {

using lineage::Edge;
using lineage::Node;

/// An edge for each grant that nobody uses, where its topic is in the picture.
void addUnusedGrants(OverlaidGraph& result, const GrantsInForce& grants) {
    OverlayAdder adder(result);
    for (const auto* scope : grants.scopes) {
        if (scope->principal == backbone::kAnyPrincipal) {
            continue;
        }
        for (const auto& [topic, name] : adder.topics()) {
            for (const bool reads : {true, false}) {
                if (catalog::coversTopic(reads ? scope->reads : scope->writes, name)) {
                    adder.add(scope->principal, topic, reads, true);
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

/// By grants: what of the overlay isn't shown.
bool isLeftOut(const Edge& edge, bool unused, AccessOverlay overlay) {
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
}

} // namespace

OverlaidGraph withOverlay(lineage::Subgraph graph, const GrantsInForce& grants, AccessOverlay overlay,
                          const std::string& focus, const AclsInForce& acls) {
    markNotGranted(graph, grants);
    OverlaidGraph result;
    result.graph = std::move(graph);
    if (overlay == AccessOverlay::Seen) {
        return result;
    }
    if (overlay == AccessOverlay::MayUse && acls.table != nullptr) {
        overlayAcls(result, grants, acls);
        dropLonely(result.graph, focus);
        return result;
    }
    if (overlay == AccessOverlay::MayUse || overlay == AccessOverlay::Unused) {
        addUnusedGrants(result, grants);
    }
    std::erase_if(result.graph.edges, [&](const Edge& edge) {
        return isLeftOut(edge, result.unused.contains({edge.from, edge.to}), overlay);
    });
    dropLonely(result.graph, focus);
    return result;
}

} // namespace meshbone::ui
