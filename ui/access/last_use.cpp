// SPDX-License-Identifier: Apache-2.0
#include "access/last_use.h"

#include <lineage/lineage.h>

#include <algorithm>
#include <unordered_map>

namespace meshbone::ui {

namespace {

struct Use {
    std::string topic;
    bool reads = false;
    TimestampMs lastMs = -1;
};

/// Everything that the client did, one topic at a time.
std::vector<Use> usesOf(const lineage::Lineage& lineage, const std::string& client) {
    std::vector<Use> uses;
    const auto self = lineage.node(client);
    if (!self) {
        return uses;
    }
    lineage::ViewQuery query;
    query.focus = client;
    query.upHops = query.downHops = 1;
    const auto around = lineage.view(query);
    for (const auto& edge : around.edges) {
        const bool reads = edge.to == self->id;
        const auto topic = std::ranges::find(around.nodes, reads ? edge.from : edge.to, &lineage::Node::id);
        if ((reads || edge.from == self->id) && topic != around.nodes.end()) {
            uses.push_back({topic->name, reads, edge.lastSeenMs});
        }
    }
    return uses;
}

bool isCovered(const catalog::AccessScope& scope, const Use& use) {
    return std::ranges::any_of(use.reads ? scope.reads : scope.writes, [&](const catalog::NamePattern& pattern) {
        return backbone::patternCovers(pattern.pattern, pattern.name, use.topic);
    });
}

} // namespace

LastUse lastUseOf(const lineage::Lineage& lineage, const std::vector<catalog::Grant>& grants) {
    LastUse last;
    std::unordered_map<std::string, std::vector<Use>> seen; // a principal has many grants
    for (const auto& grant : grants) {
        const auto client = shortPrincipal(grant.scope.principal).toStdString();
        auto [uses, isNew] = seen.try_emplace(client);
        if (isNew) {
            uses->second = usesOf(lineage, client);
        }
        TimestampMs lastMs = -1;
        for (const auto& use : uses->second) {
            lastMs = isCovered(grant.scope, use) ? std::max(lastMs, use.lastMs) : lastMs;
        }
        last.emplace(grant.id, lastMs);
    }
    return last;
}

} // namespace meshbone::ui
