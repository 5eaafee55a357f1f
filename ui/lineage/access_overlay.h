// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/not_granted.h"

#include <QPair>
#include <QSet>

namespace meshbone::ui {

/// Which of what is used and what is granted the picture shows.
enum class AccessOverlay : quint8 {
    Seen,       ///< everything that was seen or declared; what nobody granted is marked. The usual picture.
    MayUse,     ///< what is granted, used or not
    DoesUse,    ///< what was seen, granted or not
    Unused,     ///< what is granted and was never seen
    NotGranted, ///< what was seen and nobody granted
};

/// The graph with the overlay; `unused` are edges that stand for a grant which nobody uses: from and to, by node id.
/// Clients that were never seen get a node of their own. `focus` stays, whatever it is connected with.
struct OverlaidGraph {
    lineage::Subgraph graph;
    QSet<QPair<int, int>> unused;
};
OverlaidGraph withOverlay(lineage::Subgraph graph, const GrantsInForce& grants, AccessOverlay overlay,
                          const std::string& focus);

} // namespace meshbone::ui
