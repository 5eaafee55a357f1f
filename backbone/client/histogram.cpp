// SPDX-License-Identifier: Apache-2.0
#include "client/browser.h"

#include "client/readable_ranges.h"

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::backbone {

namespace {

constexpr std::size_t kMaxBuckets = 10'000;

std::int64_t offsetsIn(const std::vector<ScanRange>& ranges) {
    std::int64_t sum = 0;
    for (const auto& range : ranges) {
        sum += std::max<std::int64_t>(range.to - range.from, 0);
    }
    return sum;
}

Histogram emptyHistogram(TimestampMs fromMs, TimestampMs toMs, std::size_t buckets) {
    Histogram histogram;
    const auto count = static_cast<std::int64_t>(buckets);
    histogram.fromMs = fromMs;
    histogram.bucketMs = std::max<std::int64_t>((toMs - fromMs + count - 1) / count, 1);
    histogram.counts.resize(buckets);
    return histogram;
}

Status checkQuery(const HistogramQuery& query) {
    if (query.topic.empty()) {
        return fail(ErrorCode::InvalidArgument, "Choose a topic.");
    }
    if (query.buckets == 0 || query.buckets > kMaxBuckets) {
        return fail(ErrorCode::InvalidArgument, fmt::format("A histogram has between 1 and {} buckets.", kMaxBuckets));
    }
    if (query.fromMs && query.toMs && *query.fromMs >= *query.toMs) {
        return fail(ErrorCode::InvalidArgument, "The window ends before it begins.");
    }
    return {};
}

} // namespace

Result<Histogram> KafkaBrowser::histogram(const HistogramQuery& query, const CallOptions& options) {
    const Deadline deadline(options);
    if (auto ok = checkQuery(query); !ok) {
        return std::unexpected(ok.error());
    }
    auto ranges = readableRanges(*m_admin, query.topic, {}, deadline);
    if (!ranges) {
        return std::unexpected(ranges.error());
    }
    return offsetsIn(*ranges) <= query.maxScanned ? scanned(query, *ranges, deadline)
                                                  : indexed(query, *ranges, deadline);
}

Result<Histogram> KafkaBrowser::scanned(const HistogramQuery& query, const std::vector<ScanRange>& ranges,
                                        const Deadline& deadline) {
    std::vector<TimestampMs> times; // at most maxScanned of them
    times.reserve(static_cast<std::size_t>(offsetsIn(ranges)));
    ScanOptions options;
    options.topic = query.topic;
    options.ranges = ranges;
    auto scan = Scan::open(m_profile, options);
    if (!scan) {
        return std::unexpected(scan.error());
    }
    while (!(*scan)->done()) {
        auto read =
            (*scan)->next(4096, deadline.slice(), [&](const RecordView& view) { times.push_back(view.timestampMs); });
        if (!read) {
            return std::unexpected(read.error());
        }
        if (deadline.cancelled()) {
            return fail(ErrorCode::Cancelled, "Cancelled.");
        }
        if (deadline.passed()) {
            auto why = (*scan)->stalled(std::chrono::milliseconds(0));
            return std::unexpected(why ? *why
                                       : Error{ErrorCode::Timeout,
                                               fmt::format("Reading '{}' took longer than was allowed.", query.topic),
                                               0});
        }
    }
    Histogram histogram;
    const auto [first, last] = std::ranges::minmax_element(times);
    if (times.empty() && !(query.fromMs && query.toMs)) {
        return histogram;
    }
    const auto fromMs = query.fromMs.value_or(times.empty() ? 0 : *first);
    const auto toMs = std::max(query.toMs.value_or(times.empty() ? 0 : *last + 1), fromMs + 1);
    histogram = emptyHistogram(fromMs, toMs, query.buckets);
    if (!times.empty()) {
        histogram.firstMs = *first;
        histogram.lastMs = *last;
    }
    for (const auto time : times) {
        if (time >= fromMs && time < toMs) {
            ++histogram.counts[static_cast<std::size_t>((time - fromMs) / histogram.bucketMs)];
            ++histogram.records;
        }
    }
    return histogram;
}

/// For topics too large to be read: counts from the cluster's own time index, one lookup a bucket and partition. Exact
/// where a partition's timestamps never go back; else some records count in a neighbouring bucket.
Result<Histogram> KafkaBrowser::indexed(const HistogramQuery& query, const std::vector<ScanRange>& ranges,
                                        const Deadline& deadline) {
    const auto lookUp = [&](OffsetQuery::Kind kind, TimestampMs timeMs) {
        std::vector<OffsetQuery> queries;
        for (const auto& range : ranges) {
            queries.push_back({{query.topic, range.partition}, kind, timeMs});
        }
        return m_admin->offsets(queries, deadline.rest());
    };
    auto oldest = lookUp(OffsetQuery::Kind::AtTime, 1);
    auto newest = lookUp(OffsetQuery::Kind::MaxTimestamp, -1);
    if (!oldest || !newest) {
        return std::unexpected(oldest ? newest.error() : oldest.error());
    }
    TimestampMs firstMs = -1;
    TimestampMs lastMs = -1;
    for (std::size_t i = 0; i < ranges.size(); ++i) {
        if ((*oldest)[i].offset != kNoOffset) {
            firstMs = firstMs < 0 ? (*oldest)[i].timestampMs : std::min(firstMs, (*oldest)[i].timestampMs);
        }
        lastMs = std::max(lastMs, (*newest)[i].timestampMs);
    }
    const auto fromMs = query.fromMs.value_or(std::max<TimestampMs>(firstMs, 0));
    auto histogram = emptyHistogram(fromMs, std::max(query.toMs.value_or(lastMs + 1), fromMs + 1), query.buckets);
    histogram.exact = false;
    histogram.firstMs = firstMs;
    histogram.lastMs = lastMs;
    std::vector<std::int64_t> before;
    for (std::size_t edge = 0; edge <= query.buckets; ++edge) {
        auto found = lookUp(OffsetQuery::Kind::AtTime, fromMs + static_cast<std::int64_t>(edge) * histogram.bucketMs);
        if (!found) {
            return std::unexpected(found.error());
        }
        std::vector<std::int64_t> now;
        for (std::size_t i = 0; i < ranges.size(); ++i) {
            now.push_back((*found)[i].offset == kNoOffset ? ranges[i].to.value() : (*found)[i].offset.value());
        }
        for (std::size_t i = 0; edge > 0 && i < ranges.size(); ++i) {
            histogram.counts[edge - 1] += std::max<std::int64_t>(now[i] - before[i], 0);
        }
        before = std::move(now);
    }
    for (const auto count : histogram.counts) {
        histogram.records += count;
    }
    return histogram;
}

} // namespace meshbone::backbone
