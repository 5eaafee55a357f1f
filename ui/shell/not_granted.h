// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/access.h>
#include <lineage/lineage.h>

#include <string>
#include <unordered_map>
#include <vector>

namespace meshbone::ui {

/// The grants that count, at one moment.
struct GrantsInForce {
    std::vector<catalog::AccessScope> scopes;
    std::unordered_map<std::string, std::vector<std::size_t>> byPrincipal; ///< which of them are whose
    std::string superUser; ///< the principal's name that needs no grant; empty: none

    [[nodiscard]] bool covers(const std::string& principal, const std::string& topic, bool reads) const;
};
/// Walks over all of them: for a job.
GrantsInForce grantsInForce(const std::vector<catalog::Grant>& grants, TimestampMs nowMs, const std::string& ownUser);

/// The principal that a client's node stands for.
std::string principalOf(const lineage::Node& client);
/// A producer, a consumer or a task; false for none.
bool isClient(const lineage::Node* node);
bool isTopic(const lineage::Node* node);

/// Marks the edges of clients that no grant covers. A mesh in which nothing is granted isn't governed by grants: then
/// nothing is marked.
void markNotGranted(lineage::Subgraph& graph, const GrantsInForce& grants);

/// Somebody who was seen at a topic that no grant gives them (or whom the broker refused).
struct UngrantedUse {
    std::string client, topic;
    bool reads = true; ///< else writes
    TimestampMs lastMs = -1;
};
/// Of all that was seen since then, the newest first. Asks lineage: for a job.
std::vector<UngrantedUse> ungrantedSince(TimestampMs sinceMs, const lineage::Lineage& lineage,
                                         const GrantsInForce& grants);

} // namespace meshbone::ui
