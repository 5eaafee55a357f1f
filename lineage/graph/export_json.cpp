// SPDX-License-Identifier: Apache-2.0
#include "graph/export.h"

#include <nlohmann/json.hpp>

namespace meshbone::lineage {

namespace {
using Json = nlohmann::ordered_json;

Json time(TimestampMs ms) {
    return ms < 0 ? Json(nullptr) : Json(ms);
}

Json nodeJson(const Node& node) {
    return {{"id", node.id},
            {"kind", nodeKindName(node.kind)},
            {"name", node.name},
            {"detail", node.detail},
            {"domain", node.domain.empty() ? Json(nullptr) : Json(node.domain)},
            {"producer", node.producer},
            {"consumer", node.consumer},
            {"firstSeenMs", time(node.firstSeenMs)},
            {"lastSeenMs", time(node.lastSeenMs)}};
}

Json edgeJson(const Edge& edge) {
    return {{"from", edge.from},
            {"to", edge.to},
            {"evidence", evidenceName(edge.evidence)},
            {"granted", edge.granted},
            {"firstSeenMs", time(edge.firstSeenMs)},
            {"lastSeenMs", time(edge.lastSeenMs)},
            {"requests", edge.requests},
            {"records", edge.records},
            {"bytes", edge.bytes},
            {"perSecond", edge.perSecond ? Json(*edge.perSecond) : Json()},
            {"groups", edge.groups}};
}
} // namespace

std::string_view nodeKindName(NodeKind kind) {
    switch (kind) {
    case NodeKind::Client:
        return "client";
    case NodeKind::Topic:
        return "topic";
    case NodeKind::Task:
        return "task";
    case NodeKind::Store:
        return "store";
    case NodeKind::Domain:
        return "domain";
    }
    return "client";
}

std::string_view evidenceName(Evidence evidence) {
    switch (evidence) {
    case Evidence::Observed:
        return "observed";
    case Evidence::Group:
        return "group";
    case Evidence::Declared:
        return "declared";
    }
    return "observed";
}

std::string toJson(const Subgraph& graph) {
    Json json;
    json["format"] = "meshbone.lineage/1";
    json["nodes"] = Json::array();
    for (const auto& node : graph.nodes) {
        json["nodes"].push_back(nodeJson(node));
    }
    json["edges"] = Json::array();
    for (const auto& edge : graph.edges) {
        json["edges"].push_back(edgeJson(edge));
    }
    json["hidden"] = Json::array();
    for (const auto& [node, count] : graph.hidden) {
        json["hidden"].push_back({{"node", node}, {"neighbours", count}});
    }
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace meshbone::lineage
