// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/live_feed.h"

#include <catalog/access.h>
#include <lineage/lineage.h>

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace meshbone::ui {

/// The grants that count, at one moment: those of a catalog, which it shares. Copies nothing.
struct GrantsInForce {
    std::shared_ptr<const CatalogView> catalog;      ///< holds the scopes; null: none
    std::vector<const catalog::AccessScope*> scopes; ///< none is null
    std::unordered_map<std::string_view, std::vector<const catalog::AccessScope*>> byPrincipal;
    std::string superUser; ///< the principal's name that needs no grant; empty: none

    [[nodiscard]] bool covers(const std::string& principal, const std::string& topic, bool reads) const;
};
/// Walks over all of them: for a job. `catalog` may be null.
GrantsInForce grantsInForce(std::shared_ptr<const CatalogView> catalog, TimestampMs nowMs, const std::string& ownUser);

/// The principal that a client's node stands for.
std::string principalOf(const lineage::Node& client);
/// As lineage::isClient() and isTopic() have it; false for none.
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
