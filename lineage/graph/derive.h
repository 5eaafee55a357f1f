// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "evidence/entry.h"
#include "graph/graph.h"

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace meshbone::lineage {

/// A port of a product in the catalog: declared, whether observed or not.
struct DeclaredPort {
    std::string product, owner, domain, topic;
    bool input = true;
};
/// What the catalog says, as far as lineage needs it.
struct CatalogFacts {
    std::map<std::string, std::string> topicDomains; ///< topic -> domain
    std::vector<DeclaredPort> ports;
};

/// Gives nodes their ids: dense, in the order of first sight, kept by the store. A node's key is a letter for its kind
/// (t topic, c client, d domain) and its name. One thread at a time.
class NodeIds {
public:
    NodeIds() = default;
    /// `known`: keys by id, as the store kept them.
    explicit NodeIds(std::vector<std::string> known);
    std::int32_t idOf(const std::string& key);
    [[nodiscard]] const std::vector<std::string>& keys() const { return m_keys; }

private:
    std::vector<std::string> m_keys;
    std::unordered_map<std::string, std::int32_t> m_ids;
};

using Entries = std::unordered_map<std::string, Entry>; ///< by record key

/// Builds the graph from all evidence. Deterministic in its arguments, except that new nodes get ids in the order in
/// which they come. Internal topics and Meshbone's own clients are left out.
GraphParts deriveGraph(const Entries& entries, const CatalogFacts& catalog, NodeIds& ids, TimestampMs nowMs,
                       std::int64_t quietMs);

/// The name of a client's node: its principal without "User:", or its client id if it is anonymous.
std::string clientName(const backbone::ClientIdentity& client);
/// Records a second over about the last minute that was observed: the span to the youngest point that is half a minute
/// old, so that a burst is out of it soon. 0: nothing came for minutes. None: seen for too short a time to tell.
std::optional<double> recentRate(const Entry& entry, TimestampMs nowMs);
/// Of those that are known; none: neither is.
std::optional<double> sumOfRates(std::optional<double> a, std::optional<double> b);

} // namespace meshbone::lineage
