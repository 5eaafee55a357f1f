// SPDX-License-Identifier: Apache-2.0
// Lineage at size: full downstream at 100,000 nodes, and a focus view of 500 nodes from query to picture. One JSON
// line. Called with --layout-worker it is its own layout worker.
#include "disk_figure.h"
#include "graph/graph.h"
#include "layout/sketch.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <random>
#include <string_view>

using namespace meshbone;
using namespace meshbone::lineage;

namespace {
constexpr int kNodes = 100'000, kLayers = 10, kRounds = 25;

template <class Work>
double medianMs(int rounds, Work work) {
    std::vector<double> times;
    for (int i = 0; i < rounds; ++i) {
        const auto start = std::chrono::steady_clock::now();
        work();
        times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    }
    std::ranges::nth_element(times, times.begin() + rounds / 2);
    return times[static_cast<std::size_t>(rounds) / 2];
}

/// A mesh in ten layers with 1.5 edges a node; a few hubs in each layer have most of them.
GraphParts mesh(std::mt19937_64& random, int nodes) {
    GraphParts parts;
    parts.builtMs = 1'000;
    for (std::int32_t i = 0; i < nodes; ++i) {
        Node node;
        node.id = i;
        node.kind = i * kLayers / nodes % 2 == 0 ? NodeKind::Client : NodeKind::Topic;
        node.name = fmt::format("{}-of-the-mesh-{}", node.kind == NodeKind::Topic ? "topic" : "service", i);
        node.domain = fmt::format("domain-{}", i % 6);
        parts.nodes.push_back({std::move(node), -1});
    }
    std::vector<std::pair<std::int32_t, std::int32_t>> pairs;
    const auto inLayer = [&](int layer) {
        const auto size = nodes / kLayers;
        const auto place = random() % 4 == 0 ? random() % 10 : random() % static_cast<std::uint64_t>(size);
        return static_cast<std::int32_t>(layer * size + static_cast<int>(place));
    };
    for (int i = 0; i < nodes * 3 / 2; ++i) {
        const auto layer = static_cast<int>(random() % (kLayers - 1));
        pairs.emplace_back(inLayer(layer), inLayer(layer + 1));
    }
    std::ranges::sort(pairs);
    pairs.erase(std::ranges::unique(pairs).begin(), pairs.end());
    for (const auto& [from, to] : pairs) {
        GraphEdge edge;
        edge.edge.from = from;
        edge.edge.to = to;
        edge.evidence = 1;
        edge.life = {{1, kStillThere}};
        parts.edges.push_back(std::move(edge));
    }
    return parts;
}

LayoutInput layoutOf(const Subgraph& view) {
    LayoutInput input;
    for (const auto& node : view.nodes) {
        input.nodes.push_back({node.id, 0, 0, 150, 44});
        input.domains.emplace_back(node.id, node.domain);
    }
    for (const auto& edge : view.edges) {
        input.edges.emplace_back(edge.from, edge.to);
    }
    return input;
}
} // namespace

int main(int argc, char** argv) {
    if (argc == 2 && std::string_view(argv[1]) == "--layout-worker") {
        return runLayoutWorker();
    }
    std::mt19937_64 random(9);
    auto parts = mesh(random, kNodes);
    const auto buildStart = std::chrono::steady_clock::now();
    const auto shared = std::make_shared<const Graph>(std::move(parts));
    const auto& graph = *shared;
    const auto buildMs =
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - buildStart).count();
    std::int32_t hub = 0;
    for (std::int32_t id = 0; id < kNodes / kLayers; ++id) {
        hub = graph.edgesOut(id).size() > graph.edgesOut(hub).size() ? id : hub;
    }
    const auto name = graph.at(hub).node.name;
    std::size_t reached = 0;
    // What Lineage::downstream() does, from the name to the nodes.
    const auto downMs = medianMs(kRounds, [&] { reached = reachedNodes(shared, name, true, {}).size(); });
    const auto asOfMs = medianMs(kRounds, [&] {
        reached = reachedNodes(shared, name, true, {TimestampMs{500}, std::nullopt}).size();
    });

    ViewQuery query;
    query.focus = name;
    query.upHops = query.downHops = 8;
    query.maxNodes = 500;
    const auto viewMs = medianMs(kRounds, [&] { reached = std::max(reached, graph.view(query).nodes.size()); });
    const auto input = layoutOf(graph.view(query));
    const auto quickMs = medianMs(kRounds, [&] { quickLayout(input); });
    LayoutResult refined;
    const auto self = std::filesystem::read_symlink("/proc/self/exe");
    const auto refinedMs = medianMs(5, [&] { refined = refinedLayout(input, self, {std::chrono::seconds(60), {}}); });

    fmt::print("{{\"bench\":\"lineage\",\"nodes\":{},\"edges\":{},\"build_ms\":{:.1f},\"downstream_reached\":{},"
               "\"downstream_ms\":{:.3f},\"downstream_as_of_ms\":{:.3f},"
               "\"view_nodes\":{},\"view_edges\":{},\"view_ms\":{:.2f},\"quick_layout_ms\":{:.2f},\"first_paint_ready_"
               "ms\":{:.2f},"
               "\"refined_layout_ms\":{:.1f},\"refined\":{},\"note\":\"{}\",\"disk_4k_fdatasync_ms\":{:.3f}}}\n",
               kNodes, graph.edges().size(), buildMs, reached, downMs, asOfMs, input.nodes.size(), input.edges.size(),
               viewMs, quickMs, viewMs + quickMs, refinedMs, refined.refined, refined.note, bench::diskFigureMs());
    return 0;
}
