// SPDX-License-Identifier: Apache-2.0
#include "support/fake_backbone.h"

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::test {

using namespace backbone;

namespace {

constexpr TimestampMs kFirstMs = 1'517'356'800'000; // 2018-01-31 00:00 UTC
constexpr TimestampMs kSpanMs = 7LL * 24 * 3600 * 1000;
constexpr std::int64_t kMostRecords = 2'000;

std::string valueOf(const MeshTopic& topic, std::int64_t i) {
    if (topic.domain == "seismic") {
        return fmt::format(
            R"({{"id":"us{:06}","mag":{:.1f},"magType":"mww","place":"{}km NNE of Hualian, Taiwan","depth":{:.2f}}})",
            i, 0.5 + static_cast<double>(i * 37 % 60) / 10, i % 90, static_cast<double>(i * 13 % 400) / 10);
    }
    if (topic.domain == "aviation") {
        return fmt::format(R"({{"carrier":"WN","flight":{},"from":"SFO","to":"LAX","delayMin":{}}})", 100 + i % 900,
                           i * 7 % 90);
    }
    return fmt::format(R"({{"airport":"K{:03}","count":{}}})", i % 400, i * 3 % 50);
}

Status unavailable() {
    return fail(ErrorCode::Unavailable, "127.0.0.1:9092 refuses the connection; is the broker running?");
}

bool contains(const std::optional<Bytes>& field, const std::string& needle) {
    return field && std::ranges::search(*field, needle, [](char a, char b) {
                        return std::tolower(a) == std::tolower(b);
                    }).begin() != field->end();
}

} // namespace

std::vector<Record> exampleRecords(const MeshTopic& topic) {
    std::vector<Record> records;
    std::vector<std::int64_t> next(static_cast<std::size_t>(topic.partitions), 0);
    const auto count = std::min(topic.records, kMostRecords);
    for (std::int64_t i = 0; i < count; ++i) {
        Record record;
        record.topic = topic.name;
        const auto partition = static_cast<std::size_t>(i * 7 % topic.partitions);
        record.partition = Partition(static_cast<std::int32_t>(partition));
        record.offset = Offset(next[partition]++);
        // Uneven on purpose: a timeline with hills, as real events make it.
        record.timestampMs = kFirstMs + kSpanMs * i / count + (i * 7919 % 3'600'000);
        record.key = fmt::format("{}{:05}", topic.domain.substr(0, 2), i % 977);
        record.value = valueOf(topic, i);
        record.headers = {{"ce-source", "/example/" + topic.domain}};
        records.push_back(std::move(record));
    }
    return records;
}

FakeMessages::FakeMessages(const std::vector<MeshTopic>& topics) {
    for (const auto& topic : topics) {
        m_records.emplace(topic.name, exampleRecords(topic));
    }
}

const std::vector<Record>* FakeMessages::records(const std::string& topic) const {
    const auto found = m_records.find(topic);
    return found == m_records.end() ? nullptr : &found->second;
}

Result<MessagePage> FakeMessages::read(const MessageQuery& query, const CallOptions&) {
    if (!m_reachable) {
        return std::unexpected(unavailable().error());
    }
    const auto* all = records(query.topic);
    if (all == nullptr) {
        return fail(ErrorCode::NotFound, "There is no topic '" + query.topic + "'.");
    }
    MessagePage page;
    for (const auto& record : *all) {
        const bool asked =
            query.partitions.empty() || std::ranges::find(query.partitions, record.partition) != query.partitions.end();
        const bool from = query.from == MessageQuery::From::Offset ? record.offset >= query.offset
                          : query.from == MessageQuery::From::Time ? record.timestampMs >= query.timeMs
                                                                   : true;
        if (!asked || !from) {
            continue;
        }
        ++page.scanned;
        const bool matches = (query.contains.empty() || contains(record.key, query.contains) ||
                              contains(record.value, query.contains)) &&
                             (!query.key || record.key == query.key);
        if (matches) {
            page.records.push_back(record);
        }
    }
    if (page.records.size() > query.limit) {
        page.more = true;
        const auto surplus = static_cast<std::ptrdiff_t>(page.records.size() - query.limit);
        if (query.from == MessageQuery::From::End) {
            page.records.erase(page.records.begin(), page.records.begin() + surplus);
        } else {
            page.records.erase(page.records.end() - surplus, page.records.end());
        }
    }
    for (const auto& record : page.records) {
        page.next[record.partition] = record.offset + 1;
    }
    return page;
}

Result<Histogram> FakeMessages::histogram(const HistogramQuery& query, const CallOptions&) {
    if (!m_reachable) {
        return std::unexpected(unavailable().error());
    }
    const auto* all = records(query.topic);
    if (all == nullptr) {
        return fail(ErrorCode::NotFound, "There is no topic '" + query.topic + "'.");
    }
    Histogram histogram;
    if (all->empty()) {
        return histogram;
    }
    const auto [first, last] = std::ranges::minmax_element(*all, {}, &Record::timestampMs);
    histogram.firstMs = first->timestampMs;
    histogram.lastMs = last->timestampMs;
    histogram.fromMs = query.fromMs.value_or(histogram.firstMs);
    const auto toMs = query.toMs.value_or(histogram.lastMs + 1);
    const auto buckets = static_cast<std::int64_t>(std::max<std::size_t>(query.buckets, 1));
    histogram.bucketMs = std::max<std::int64_t>(1, (toMs - histogram.fromMs + buckets - 1) / buckets);
    histogram.counts.assign(static_cast<std::size_t>(buckets), 0);
    for (const auto& record : *all) {
        if (record.timestampMs >= histogram.fromMs && record.timestampMs < toMs) {
            ++histogram.counts[static_cast<std::size_t>((record.timestampMs - histogram.fromMs) / histogram.bucketMs)];
            ++histogram.records;
        }
    }
    return histogram;
}

} // namespace meshbone::test
