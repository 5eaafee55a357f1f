// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layout/protocol.h"
#include "layout/sketch.h"

namespace meshbone::lineage {

/// A sketch in which the nodes of a cycle (within one domain) are one box, in which they stand below one another: long
/// cycles cost Graphviz minutes.
struct Condensed {
    WorkerRequest request;
    std::vector<std::vector<int>> members; ///< items of each of the request's nodes, from top to bottom
};
Condensed condense(const Sketch& sketch);

/// Places the sketch's items at the points of their boxes.
void spread(Sketch& sketch, const Condensed& condensed, const std::vector<WorkerPoint>& points);

} // namespace meshbone::lineage
