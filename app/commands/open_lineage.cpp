// SPDX-License-Identifier: Apache-2.0
#include "commands/open_lineage.h"

#include <algorithm>

namespace meshbone::app {

namespace {

bool coversTopic(const std::vector<catalog::NamePattern>& patterns, const std::string& topic) {
    return std::ranges::any_of(patterns, [&](const catalog::NamePattern& pattern) {
        return backbone::patternCovers(pattern.pattern, pattern.name, topic);
    });
}

} // namespace

Result<std::unique_ptr<lineage::Lineage>> lookAtLineage(backbone::Backbone& backbone,
                                                        const std::filesystem::path& folder, const CallOptions& call) {
    lineage::LineageOptions store;
    store.database = folder / "lineage.db";
    store.observer = "meshctl";
    store.readGroups = false; // this is a look, not an observer
    auto lineage = lineage::Lineage::open(store, backbone, nullptr, nullptr);
    if (!lineage) {
        return lineage;
    }
    if (const auto caughtUp = (*lineage)->waitCaughtUp(call); !caughtUp) {
        return std::unexpected(caughtUp.error());
    }
    return lineage;
}

TimestampMs lastUseOf(const catalog::AccessScope& scope, const lineage::Lineage& lineage) {
    constexpr std::size_t kNeighboursMax = 10'000;
    const auto colon = scope.principal.find(':');
    const std::string client = scope.principal.substr(colon == std::string::npos ? 0 : colon + 1);
    lineage::ViewQuery query;
    query.focus = client;
    query.upHops = query.downHops = 1;
    query.maxNodes = kNeighboursMax;
    const auto graph = lineage.view(query);
    TimestampMs last = -1;
    for (const lineage::Edge& edge : graph.edges) {
        const auto nodeOf = [&](std::int32_t id) { return std::ranges::find(graph.nodes, id, &lineage::Node::id); };
        const auto from = nodeOf(edge.from), to = nodeOf(edge.to);
        if (from == graph.nodes.end() || to == graph.nodes.end() || edge.evidence == lineage::Evidence::Declared) {
            continue;
        }
        const bool reads = to->name == client && coversTopic(scope.reads, from->name);
        const bool writes = from->name == client && coversTopic(scope.writes, to->name);
        if (reads || writes) {
            last = std::max(last, edge.lastSeenMs);
        }
    }
    return last;
}

} // namespace meshbone::app
