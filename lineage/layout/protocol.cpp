// SPDX-License-Identifier: Apache-2.0
#include "layout/protocol.h"

#include <bit>
#include <cmath>
#include <cstring>

namespace meshbone::lineage {

namespace {
constexpr std::string_view kRequestMagic = "MBL1", kReplyMagic = "MBR1";
constexpr std::size_t kRequestHead = 16, kReplyHead = 8, kNodeBytes = 20, kEdgeBytes = 8, kPointBytes = 16;
constexpr double kLargestSize = 1e6, kFarthest = 1e9;

static_assert(std::endian::native == std::endian::little, "the numbers are copied as they are");

template <class T>
void put(std::string& out, T value) {
    char bytes[sizeof(T)];
    std::memcpy(bytes, &value, sizeof(T));
    out.append(bytes, sizeof(T));
}

/// Takes a number off the front; the caller has checked the length.
template <class T>
T take(std::string_view& bytes) {
    T value;
    std::memcpy(&value, bytes.data(), sizeof(T));
    bytes.remove_prefix(sizeof(T));
    return value;
}

bool sane(double size) {
    return std::isfinite(size) && size > 0 && size <= kLargestSize;
}

std::unexpected<Error> corrupt(const char* what) {
    return fail(ErrorCode::Corrupt, std::string("The layout worker's message is damaged: ") + what + ".");
}
} // namespace

std::string encodeRequest(const WorkerRequest& request) {
    std::string out(kRequestMagic);
    put(out, static_cast<std::uint32_t>(request.nodes.size()));
    put(out, static_cast<std::uint32_t>(request.edges.size()));
    put(out, request.clusters);
    for (const auto& node : request.nodes) {
        put(out, node.width);
        put(out, node.height);
        put(out, node.cluster);
    }
    for (const auto& [from, to] : request.edges) {
        put(out, from);
        put(out, to);
    }
    return out;
}

Result<WorkerRequest> decodeRequest(std::string_view bytes) {
    if (bytes.size() < kRequestHead || !bytes.starts_with(kRequestMagic)) {
        return corrupt("it doesn't start as a request");
    }
    bytes.remove_prefix(kRequestMagic.size());
    const auto nodes = take<std::uint32_t>(bytes), edges = take<std::uint32_t>(bytes);
    WorkerRequest request;
    request.clusters = take<std::uint32_t>(bytes);
    if (nodes > kMaxWorkerNodes || edges > kMaxWorkerEdges || request.clusters > nodes) {
        return corrupt("a count is too large");
    }
    if (bytes.size() != nodes * kNodeBytes + edges * kEdgeBytes) {
        return corrupt("its length doesn't match its counts");
    }
    for (std::uint32_t i = 0; i < nodes; ++i) {
        WorkerNode node;
        node.width = take<double>(bytes);
        node.height = take<double>(bytes);
        node.cluster = take<std::int32_t>(bytes);
        if (!sane(node.width) || !sane(node.height) || node.cluster < -1 ||
            node.cluster >= static_cast<std::int32_t>(request.clusters)) {
            return corrupt("a node's size or cluster is out of bounds");
        }
        request.nodes.push_back(node);
    }
    for (std::uint32_t i = 0; i < edges; ++i) {
        const auto from = take<std::uint32_t>(bytes), to = take<std::uint32_t>(bytes);
        if (from >= nodes || to >= nodes) {
            return corrupt("an edge leads nowhere");
        }
        request.edges.emplace_back(from, to);
    }
    return request;
}

std::string encodeReply(const std::vector<WorkerPoint>& points) {
    std::string out(kReplyMagic);
    put(out, static_cast<std::uint32_t>(points.size()));
    for (const auto& point : points) {
        put(out, point.x);
        put(out, point.y);
    }
    return out;
}

std::size_t replyBytes(std::size_t nodes) {
    return kReplyHead + nodes * kPointBytes;
}

Result<std::vector<WorkerPoint>> decodeReply(std::string_view bytes, std::size_t nodes) {
    if (bytes.size() != replyBytes(nodes) || !bytes.starts_with(kReplyMagic)) {
        return corrupt("it isn't a reply to this request");
    }
    bytes.remove_prefix(kReplyMagic.size());
    if (take<std::uint32_t>(bytes) != nodes) {
        return corrupt("it has another number of nodes");
    }
    std::vector<WorkerPoint> points;
    for (std::size_t i = 0; i < nodes; ++i) {
        const auto x = take<double>(bytes), y = take<double>(bytes);
        if (!std::isfinite(x) || !std::isfinite(y) || std::abs(x) > kFarthest || std::abs(y) > kFarthest) {
            return corrupt("a node lies nowhere");
        }
        points.push_back({x, y});
    }
    return points;
}

} // namespace meshbone::lineage
