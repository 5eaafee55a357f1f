// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <lineage/lineage.h>

#include <string>

namespace meshbone::lineage {

/// Graphviz's language, left to right, domains as clusters. Names are quoted, so that none can become an attribute.
std::string toDot(const Subgraph& graph);
/// The documented JSON (lineage/README.md, "Export").
std::string toJson(const Subgraph& graph);

std::string_view nodeKindName(NodeKind kind);
std::string_view evidenceName(Evidence evidence);

} // namespace meshbone::lineage
