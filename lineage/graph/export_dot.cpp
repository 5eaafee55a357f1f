// SPDX-License-Identifier: Apache-2.0
#include "graph/export.h"

#include <fmt/format.h>

#include <map>
#include <vector>

namespace meshbone::lineage {

namespace {
/// A quoted string of the DOT language. A backslash is doubled, because Graphviz reads escapes (\N, \L, \n) in labels.
std::string inQuotes(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
        }
        out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
    return out + '"';
}

std::string_view shapeOf(NodeKind kind) {
    switch (kind) {
    case NodeKind::Topic:
        return "cylinder";
    case NodeKind::Task:
        return "hexagon";
    case NodeKind::Store:
        return "note";
    case NodeKind::Domain:
        return "tab";
    case NodeKind::Client:
        break;
    }
    return "box";
}

void putNode(std::string& out, const Node& node, std::string_view indent) {
    out += fmt::format("{}n{} [label={}, shape={}{}];\n", indent, node.id, inQuotes(node.name), shapeOf(node.kind),
                       node.kind == NodeKind::Client ? ", style=rounded" : "");
}

void putEdge(std::string& out, const Edge& edge) {
    std::string attributes;
    if (!edge.granted) {
        attributes = " [style=dotted, color=darkorange, label=\"not granted\"]";
    } else if (edge.evidence == Evidence::Declared) {
        attributes = " [style=dashed, label=\"declared\"]";
    } else if (edge.perSecond.value_or(0) > 0) {
        attributes = fmt::format(" [label=\"{:.1f}/s\"]", *edge.perSecond);
    }
    out += fmt::format("  n{} -> n{}{};\n", edge.from, edge.to, attributes);
}
} // namespace

std::string toDot(const Subgraph& graph) {
    std::map<std::string, std::vector<const Node*>> byDomain;
    for (const auto& node : graph.nodes) {
        byDomain[node.kind == NodeKind::Domain ? "" : node.domain].push_back(&node);
    }
    std::string out = "digraph lineage {\n  rankdir=LR;\n";
    int cluster = 0;
    for (const auto& [domain, nodes] : byDomain) {
        if (!domain.empty()) {
            out += fmt::format("  subgraph cluster_{} {{\n    label={};\n", cluster++, inQuotes(domain));
        }
        for (const auto* node : nodes) {
            putNode(out, *node, domain.empty() ? "  " : "    ");
        }
        out += domain.empty() ? "" : "  }\n";
    }
    for (const auto& edge : graph.edges) {
        putEdge(out, edge);
    }
    return out + "}\n";
}

} // namespace meshbone::lineage
