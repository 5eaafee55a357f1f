// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layout/protocol.h"

namespace meshbone::lineage {

/// Lays a checked request out with Graphviz's dot: left to right, clusters apart, no splines. To be called once in a
/// process that may die of it: Graphviz isn't safe with threads, and leaks where there are clusters.
Result<std::vector<WorkerPoint>> layOutWithGraphviz(const WorkerRequest& request);

} // namespace meshbone::lineage
