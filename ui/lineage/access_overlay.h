// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/access.h>
#include <lineage/lineage.h>

#include <QPair>
#include <QSet>

#include <vector>

namespace meshbone::ui {

/// Which of what is used and what is granted the picture shows.
enum class AccessOverlay : quint8 {
    Seen,       ///< everything that was seen or declared; what nobody granted is marked. The usual picture.
    MayUse,     ///< what is granted, used or not
    DoesUse,    ///< what was seen, granted or not
    Unused,     ///< what is granted and was never seen
    NotGranted, ///< what was seen and nobody granted
};

/// The grants that count, at one moment.
struct GrantsInForce {
    std::vector<catalog::AccessScope> scopes;
    std::string superUser; ///< the principal's name that needs no grant; empty: none
};
GrantsInForce grantsInForce(const std::vector<catalog::Grant>& grants, TimestampMs nowMs, const std::string& ownUser);

/// Marks the edges of clients that no grant covers. A mesh in which nothing is granted isn't governed by grants: then
/// nothing is marked.
void markNotGranted(lineage::Subgraph& graph, const GrantsInForce& grants);

/// The graph with the overlay; `unused` are edges that stand for a grant which nobody uses: from and to, by node id.
/// Clients that were never seen get a node of their own. `focus` stays, whatever it is connected with.
struct OverlaidGraph {
    lineage::Subgraph graph;
    QSet<QPair<int, int>> unused;
};
OverlaidGraph withOverlay(lineage::Subgraph graph, const GrantsInForce& grants, AccessOverlay overlay,
                          const std::string& focus);

} // namespace meshbone::ui
