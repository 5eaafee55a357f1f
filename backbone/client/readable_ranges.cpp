// SPDX-License-Identifier: Apache-2.0
#include "client/readable_ranges.h"

#include "client/kafka_errors.h"

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::backbone {

namespace {

Result<std::vector<ScanRange>> withOffsets(InnerAdmin& admin, const std::string& topic, std::vector<ScanRange> ranges,
                                           OffsetQuery::Kind kind, const Deadline& deadline) {
    std::vector<OffsetQuery> queries;
    for (const auto& range : ranges) {
        queries.push_back({{topic, range.partition}, kind, -1});
    }
    auto listed = admin.listOffsets(queries, true, deadline.rest());
    if (!listed) {
        return std::unexpected(listed.error());
    }
    for (std::size_t i = 0; i < ranges.size(); ++i) {
        const auto& one = (*listed)[i];
        if (one.errorCode != 0) {
            return std::unexpected(kafkaError(one.errorCode, fmt::format("read the offsets of partition {} of '{}'",
                                                                         ranges[i].partition.value(), topic)));
        }
        (kind == OffsetQuery::Kind::Earliest ? ranges[i].from : ranges[i].to) = one.answer.offset;
    }
    return ranges;
}

} // namespace

Result<std::vector<ScanRange>> readableRanges(InnerAdmin& admin, const std::string& topic,
                                              const std::vector<Partition>& partitions, const Deadline& deadline) {
    auto shape = admin.describeTopic(topic, deadline.rest());
    if (!shape) {
        return std::unexpected(shape.error());
    }
    std::vector<ScanRange> ranges;
    for (const auto& detail : shape->partitions) {
        if (partitions.empty() || std::ranges::find(partitions, detail.partition) != partitions.end()) {
            ranges.push_back({detail.partition, Offset(0), Offset(0)});
        }
    }
    for (const auto partition : partitions) {
        if (std::ranges::find(ranges, partition, &ScanRange::partition) == ranges.end()) {
            return fail(ErrorCode::InvalidArgument, fmt::format("'{}' has no partition {}; it has {}.", topic,
                                                                partition.value(), shape->partitions.size()));
        }
    }
    auto begun = withOffsets(admin, topic, std::move(ranges), OffsetQuery::Kind::Earliest, deadline);
    return begun ? withOffsets(admin, topic, std::move(*begun), OffsetQuery::Kind::Latest, deadline) : begun;
}

} // namespace meshbone::backbone
