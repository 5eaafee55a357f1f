// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "graph/derive.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace meshbone::lineage {

/// When each observer watched, by its name.
using Watched = std::unordered_map<std::string, const Spans*>;

/// An edge while its evidence is collected.
struct DraftEdge {
    std::uint8_t evidence = 0;
    Totals observed; // observers see different requests: they add up
    std::optional<double> observedRate;
    std::map<std::string, Totals> byGroup; // by observer: all read the same offsets, so the largest counts
    std::map<std::string, std::optional<double>> groupRate;
    TimestampMs firstMs = -1, lastMs = -1;
    TimestampMs firstGrantedMs = -1, lastGrantedMs = -1, firstRefusedMs = -1, lastRefusedMs = -1;
    Spans life;
    std::set<std::string> groups;

    void add(const Entry& entry, const Watched& watched, TimestampMs nowMs, std::int64_t quietMs);
    [[nodiscard]] GraphEdge finish(std::int32_t from, std::int32_t to) const;
};

/// From topic to client or from client to topic, by node keys.
struct EdgeKey {
    std::string from, to;
    friend auto operator<=>(const EdgeKey&, const EdgeKey&) = default;
};

/// What is told of a client's node.
struct DraftClient {
    std::set<std::string> clientIds, software, groups, products;
};

/// All that is collected before ids are given.
struct Draft {
    std::map<EdgeKey, DraftEdge> edges;
    std::map<std::string, DraftClient> clients; // by node key
};

/// Collects the edges of all entries.
Draft collectEvidence(const Entries& entries, TimestampMs nowMs, std::int64_t quietMs);
/// Adds the catalog's ports that nothing observed stands for.
void addDeclared(Draft& draft, const CatalogFacts& catalog);
/// What the time slider marks for these edges.
std::vector<Change> describeChanges(const Draft& draft, NodeIds& ids, std::int64_t quietMs);

inline std::string topicKey(const std::string& topic) {
    return "t:" + topic;
}
inline std::string clientKey(const std::string& name) {
    return "c:" + name;
}
inline bool isTopicKey(const std::string& key) {
    return key.starts_with("t:");
}
inline std::string nameOf(const std::string& key) {
    return key.substr(2);
}

} // namespace meshbone::lineage
