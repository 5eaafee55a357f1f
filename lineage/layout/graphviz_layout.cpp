// SPDX-License-Identifier: Apache-2.0
// The only file that sees Graphviz. It is given numbers and nothing else: integer names, empty labels, fixed sizes;
// no records, ports, HTML, concentrate, newrank or splines, each of which is known to crash or hang some graphs.
#include "layout/graphviz_layout.h"

#include "layout/sketch.h"

#include <graphviz/cgraph.h>
#include <graphviz/gvc.h>

#include <algorithm>
#include <string>

namespace meshbone::lineage {

namespace {
constexpr double kPointsPerInch = 72; // a pixel of ours is a point of Graphviz

// cgraph takes char* where it only reads.
char* text(const char* value) {
    return const_cast<char*>(value);
}
char* text(std::string& value) {
    return value.data();
}

std::string inches(double points) {
    auto micro =
        static_cast<long long>(points / kPointsPerInch * 1e6); // written out, so that no locale's comma gets in
    auto fraction = std::to_string(micro % 1'000'000);
    return std::to_string(micro / 1'000'000) + "." + std::string(6 - fraction.size(), '0') + fraction;
}

void setDefaults(Agraph_t* graph) {
    const std::pair<const char*, std::string> kGraph[]{{"rankdir", "LR"},
                                                       {"splines", "false"},
                                                       {"nslimit", "1"},
                                                       {"nslimit1", "1"},
                                                       {"mclimit", "0.3"},
                                                       {"nodesep", inches(kRowGap)},
                                                       {"ranksep", inches(kColumnGap)},
                                                       {"compound", "false"},
                                                       {"margin", "0"}};
    for (auto [name, value] : kGraph) {
        agattr(graph, AGRAPH, text(name), text(value));
    }
    const std::pair<const char*, std::string> kNode[]{
        {"shape", "box"}, {"label", ""}, {"fixedsize", "true"}, {"width", "1"}, {"height", "1"}};
    for (auto [name, value] : kNode) {
        agattr(graph, AGNODE, text(name), text(value));
    }
    agattr(graph, AGEDGE, text("arrowhead"), text("none"));
}

Agraph_t* build(const WorkerRequest& request, std::vector<Agnode_t*>& nodes) {
    auto* graph = agopen(text("g"), Agstrictdirected, nullptr);
    setDefaults(graph);
    std::vector<Agraph_t*> clusters;
    for (std::uint32_t i = 0; i < request.clusters; ++i) {
        auto name = "cluster" + std::to_string(i);
        clusters.push_back(agsubg(graph, text(name), 1));
        auto margin = std::to_string(static_cast<int>(kGroupPadding + kGroupTitle + kClearance));
        agsafeset(clusters.back(), text("margin"), text(margin), text("8"));
    }
    for (std::size_t i = 0; i < request.nodes.size(); ++i) {
        const auto& node = request.nodes[i];
        auto name = std::to_string(i), width = inches(node.width), height = inches(node.height);
        auto* made = agnode(graph, text(name), 1);
        agset(made, text("width"), text(width));
        agset(made, text("height"), text(height));
        if (node.cluster >= 0) {
            agsubnode(clusters[static_cast<std::size_t>(node.cluster)], made, 1);
        }
        nodes.push_back(made);
    }
    for (const auto& [from, to] : request.edges) {
        agedge(graph, nodes[from], nodes[to], nullptr, 1);
    }
    return graph;
}
} // namespace

Result<std::vector<WorkerPoint>> layOutWithGraphviz(const WorkerRequest& request) {
    auto* context = gvContext();
    std::vector<Agnode_t*> nodes;
    auto* graph = build(request, nodes);
    if (gvLayout(context, graph, "dot") != 0) {
        return fail(ErrorCode::Internal, "Graphviz could not lay the graph out.");
    }
    std::vector<WorkerPoint> points;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const auto& at = ND_coord(nodes[i]); // its middle, y upwards
        points.push_back({at.x - request.nodes[i].width / 2, -at.y - request.nodes[i].height / 2});
    }
    return points; // nothing is freed: the process ends now
}

} // namespace meshbone::lineage
