// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace meshbone::lineage {

// What goes to the layout worker and comes back: little-endian numbers only, no text, so that no name can reach
// Graphviz.
//
//   request: "MBL1", u32 nodes, u32 edges, u32 clusters; per node f64 width, f64 height, i32 cluster (-1: none);
//            per edge u32 from, u32 to
//   reply:   "MBR1", u32 nodes; per node f64 x, f64 y (its upper left corner, y downwards)

struct WorkerNode {
    double width = 0, height = 0;
    std::int32_t cluster = -1;
    friend bool operator==(const WorkerNode&, const WorkerNode&) = default;
};
struct WorkerRequest {
    std::vector<WorkerNode> nodes;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> edges;
    std::uint32_t clusters = 0;
    friend bool operator==(const WorkerRequest&, const WorkerRequest&) = default;
};
struct WorkerPoint {
    double x = 0, y = 0;
    friend bool operator==(const WorkerPoint&, const WorkerPoint&) = default;
};

inline constexpr std::uint32_t kMaxWorkerNodes = 5'000; ///< Graphviz needs seconds for more
inline constexpr std::uint32_t kMaxWorkerEdges = 20'000;
inline constexpr std::size_t kMaxRequestBytes = 16 + kMaxWorkerNodes * 20 + kMaxWorkerEdges * 8;

std::string encodeRequest(const WorkerRequest& request);
/// Fails with Corrupt: wrong magic, wrong length, a count or an index out of bounds, a size that isn't a size.
Result<WorkerRequest> decodeRequest(std::string_view bytes);

std::string encodeReply(const std::vector<WorkerPoint>& points);
[[nodiscard]] std::size_t replyBytes(std::size_t nodes);
/// Fails with Corrupt, also where a coordinate isn't finite.
Result<std::vector<WorkerPoint>> decodeReply(std::string_view bytes, std::size_t nodes);

} // namespace meshbone::lineage
