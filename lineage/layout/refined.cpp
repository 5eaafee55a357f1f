// SPDX-License-Identifier: Apache-2.0
#include "layout/condense.h"
#include "layout/process.h"

#include <fmt/format.h>

namespace meshbone::lineage {

namespace {
LayoutResult fallBack(const LayoutInput& input, std::string why) {
    auto result = quickLayout(input);
    result.note = std::move(why);
    return result;
}
} // namespace

LayoutResult refinedLayout(const LayoutInput& input, const std::filesystem::path& worker, const CallOptions& options) {
    auto sketch = Sketch::from(input);
    if (sketch.items.empty()) {
        return fallBack(input, "");
    }
    if (sketch.anyPlaced()) { // Graphviz has no memory: one new node moves most of the others
        return fallBack(input, "Nodes keep their places while the picture grows; lay it out afresh to refine it.");
    }
    const auto condensed = condense(sketch);
    if (condensed.request.nodes.size() > kMaxWorkerNodes || condensed.request.edges.size() > kMaxWorkerEdges) {
        return fallBack(input,
                        fmt::format("The picture has more than {} nodes or {} edges, which is too much to refine.",
                                    kMaxWorkerNodes, kMaxWorkerEdges));
    }
    ProcessLimits limits;
    limits.maxOutputBytes = replyBytes(condensed.request.nodes.size());
    const auto reply = runWorker(worker, encodeRequest(condensed.request), limits, options);
    if (!reply) {
        return fallBack(input, reply.error().message + " This is the simple layout.");
    }
    const auto points = decodeReply(*reply, condensed.request.nodes.size());
    if (!points) {
        return fallBack(input, points.error().message + " This is the simple layout.");
    }
    spread(sketch, condensed, *points);
    auto groups = groupsOf(sketch);
    if (const auto broken = brokenRule(sketch, groups); !broken.empty()) {
        return fallBack(input, fmt::format("In the refined layout {}; this is the simple one.", broken));
    }
    auto result = resultOf(sketch, std::move(groups));
    result.refined = true;
    return result;
}

} // namespace meshbone::lineage
