// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/not_granted.h"

#include <catalog/access_plan.h>

#include <QPair>
#include <QSet>

#include <memory>

namespace meshbone::ui {

/// Which of what is used and what is granted the picture shows.
enum class AccessOverlay : quint8 {
    Seen,       ///< everything that was seen or declared; what nobody granted is marked. The usual picture.
    MayUse,     ///< what may be used, used or not: by the ACLs in force, or by grants where these can't be read
    DoesUse,    ///< what was seen, granted or not
    Unused,     ///< what is granted and was never seen
    NotGranted, ///< what was seen and nobody granted
};

/// What the backbone really allows, as it was read last. Value type.
struct AclsInForce {
    std::shared_ptr<const backbone::AclTable> table; ///< null: it can't be read (yet)
    std::shared_ptr<const catalog::Wanted> wanted;   ///< bindings that grants or an adoption agree to; null: none
};

/// The graph with the overlay. Clients that were never seen get a node of their own. Edges are named by the ids of
/// their nodes, from and to.
struct OverlaidGraph {
    lineage::Subgraph graph;
    QSet<QPair<int, int>> unused;   ///< stand for a right that nobody was seen using
    QSet<QPair<int, int>> unagreed; ///< of MayUse: the ACLs allow it, and nobody agreed to it; also not `granted`
    int everybody = 0;              ///< of MayUse: topics that an ACL for everybody, or the broker's setting, opens
    bool isCut = false;             ///< there are more who may than are drawn
};
/// `focus` stays, whatever it is connected with. Walks over all grants, or asks for each topic who may: for a job.
OverlaidGraph withOverlay(lineage::Subgraph graph, const GrantsInForce& grants, AccessOverlay overlay,
                          const std::string& focus, const AclsInForce& acls = {});

inline constexpr std::size_t kAddedClientsMax = 500; ///< that were never seen, in one picture
inline constexpr std::size_t kAddedEdgesMax = 2000;

} // namespace meshbone::ui
