// SPDX-License-Identifier: Apache-2.0
#include "commands/read_window.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace meshbone::app {

namespace {

struct Bounds {
    std::vector<backbone::Position> starts;
    std::map<TopicPartition, Offset> ends;
};

Result<Bounds> boundsOf(backbone::Admin& admin, const Window& window, const CallOptions& call) {
    using Kind = backbone::OffsetQuery::Kind;
    const auto partitions = admin.partitions(window.topic, call);
    if (!partitions) {
        return std::unexpected(partitions.error());
    }
    std::vector<backbone::OffsetQuery> queries;
    for (const auto& partition : *partitions) {
        const auto kind = window.fromMs < 0 ? Kind::Earliest : Kind::AtTime;
        queries.push_back({{window.topic, partition.partition}, kind, window.fromMs});
    }
    const auto answers = admin.offsets(queries, call);
    if (!answers) {
        return std::unexpected(answers.error());
    }
    Bounds bounds;
    for (const auto& partition : *partitions) {
        const TopicPartition at{window.topic, partition.partition};
        const auto answer = std::ranges::find(*answers, at, &backbone::OffsetAnswer::at);
        const bool isThere = answer != answers->end() && answer->offset != kNoOffset;
        bounds.starts.push_back({at, isThere ? answer->offset : partition.highWatermark});
        bounds.ends[at] = partition.highWatermark;
    }
    return bounds;
}

} // namespace

Status readWindow(const backbone::Profile& profile, const Window& window, const CallOptions& call,
                  const std::function<void(const Record&)>& sink) {
    auto admin = backbone::openAdmin(profile);
    if (!admin) {
        return std::unexpected(admin.error());
    }
    const auto bounds = boundsOf(**admin, window, call);
    auto consumer = bounds ? backbone::openConsumer(profile, {}) : std::unexpected(bounds.error());
    if (!consumer) {
        return std::unexpected(consumer.error());
    }
    if (const auto assigned = (*consumer)->assign(bounds->starts); !assigned) {
        return assigned;
    }
    std::int64_t read = 0;
    auto patience = std::chrono::steady_clock::now() + call.timeout;
    while (read < window.limit) {
        const auto positions = (*consumer)->positions();
        if (!positions) {
            return std::unexpected(positions.error());
        }
        const auto isAtEnd = [&](const backbone::Position& one) { return one.offset >= bounds->ends.at(one.at); };
        if (std::ranges::all_of(*positions, isAtEnd)) {
            return {};
        }
        const auto records = (*consumer)->poll(1'000, std::chrono::milliseconds(200));
        if (!records) {
            return std::unexpected(records.error());
        }
        const auto now = std::chrono::steady_clock::now();
        patience = records->empty() ? patience : now + call.timeout;
        if (now > patience) {
            return fail(ErrorCode::Timeout,
                        fmt::format("No more of '{}' came in time; {} records were read.", window.topic, read));
        }
        for (const auto& record : *records) {
            const bool isInside = record.offset < bounds->ends.at({record.topic, record.partition}) &&
                                  (window.toMs < 0 || record.timestampMs < window.toMs);
            if (isInside && read < window.limit) {
                sink(record);
                ++read;
            }
        }
    }
    return {};
}

} // namespace meshbone::app
