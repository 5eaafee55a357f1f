// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lineage/graph_picture.h"

namespace meshbone::ui {

inline constexpr qreal kArrowLength = 9;

/// Width of an edge by its rate: 1.25 + 2.4 · log10(1 + rate).
qreal edgeWidth(double perSecond);

/// Gives each edge its path: a cubic from the right side of its source to the left side of its target. Edges that share
/// a side leave it 9 px apart, ordered by where they go, so that they don't cross at the node. An edge against the
/// direction (a cycle) goes round below its nodes.
void routeEdges(const QList<PictureNode>& nodes, QList<PictureEdge>& edges);

} // namespace meshbone::ui
