// SPDX-License-Identifier: Apache-2.0
#include "client/browser.h"

#include "client/merged_scan.h"
#include "client/message_filter.h"
#include "client/readable_ranges.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>

namespace meshbone::backbone {

namespace {

constexpr std::size_t kMaxLimit = 10'000;

Status checkQuery(const MessageQuery& query) {
    if (query.topic.empty()) {
        return fail(ErrorCode::InvalidArgument, "Choose a topic to read.");
    }
    if (query.limit == 0 || query.limit > kMaxLimit) {
        return fail(ErrorCode::InvalidArgument, fmt::format("A page holds between 1 and {} messages.", kMaxLimit));
    }
    if (query.from == MessageQuery::From::Offset && query.offset < Offset(0)) {
        return fail(ErrorCode::InvalidArgument, fmt::format("{} is no offset.", query.offset.value()));
    }
    return {};
}

ScanOptions scanOptions(const MessageQuery& query, std::vector<ScanRange> ranges) {
    ScanOptions options;
    options.topic = query.topic;
    options.ranges = std::move(ranges);
    options.maxQueuedBytes = 32u << 20;
    return options;
}

/// The newest `limit` records of several rounds, each older than the one before within a partition.
class Newest {
public:
    explicit Newest(std::size_t limit)
        : m_limit(limit) {}
    void add(Record record) {
        ++m_perPartition[record.partition];
        m_round.push_back(std::move(record));
        if (m_round.size() > m_limit) {
            m_round.pop_front(); // merged by time: the front is the oldest
            m_dropped = true;
        }
    }
    void endRound() {
        for (auto& record : m_round) {
            m_kept.push_back(std::move(record));
        }
        m_round.clear();
        std::ranges::stable_sort(m_kept, [](const Record& a, const Record& b) {
            return std::tie(a.timestampMs, a.partition, a.offset) < std::tie(b.timestampMs, b.partition, b.offset);
        });
        if (m_kept.size() > m_limit) {
            m_kept.erase(m_kept.begin(), m_kept.end() - static_cast<std::ptrdiff_t>(m_limit));
            m_dropped = true;
        }
    }
    [[nodiscard]] bool satisfied(Partition partition) const {
        const auto place = m_perPartition.find(partition);
        return place != m_perPartition.end() && place->second >= m_limit;
    }
    [[nodiscard]] bool dropped() const { return m_dropped; }
    std::vector<Record> take() { return std::move(m_kept); }

private:
    std::size_t m_limit;
    std::deque<Record> m_round;
    std::vector<Record> m_kept;
    std::map<Partition, std::size_t> m_perPartition;
    bool m_dropped = false;
};

/// Sorted by time across partitions, by offset within one, even where a partition's timestamps go back.
void orderPage(std::vector<Record>& records) {
    std::map<Partition, std::deque<Record>> lanes;
    std::ranges::sort(records, {}, [](const Record& record) { return std::pair(record.partition, record.offset); });
    for (auto& record : records) {
        lanes[record.partition].push_back(std::move(record));
    }
    records.clear();
    while (true) {
        std::deque<Record>* earliest = nullptr;
        for (auto& [partition, lane] : lanes) {
            if (!lane.empty() && (earliest == nullptr || lane.front().timestampMs < earliest->front().timestampMs)) {
                earliest = &lane;
            }
        }
        if (earliest == nullptr) {
            return;
        }
        records.push_back(std::move(earliest->front()));
        earliest->pop_front();
    }
}

/// A search that ran out of time still shows what it found; one that was cancelled or found nothing says why.
bool isPartial(const Error& error, const MessagePage& page) {
    return error.code == ErrorCode::Timeout && page.scanned > 0;
}

} // namespace

Result<MessagePage> KafkaBrowser::read(const MessageQuery& query, const CallOptions& options) {
    const Deadline deadline(options);
    if (auto ok = checkQuery(query); !ok) {
        return std::unexpected(ok.error());
    }
    auto ranges = readableRanges(*m_admin, query.topic, query.partitions, deadline);
    if (!ranges) {
        return std::unexpected(ranges.error());
    }
    if (query.from == MessageQuery::From::End) {
        return readBackward(query, *ranges, deadline);
    }
    auto starts = startsOf(query, std::move(*ranges), deadline);
    return starts ? readForward(query, std::move(*starts), deadline) : std::unexpected(starts.error());
}

Result<std::vector<ScanRange>> KafkaBrowser::startsOf(const MessageQuery& query, std::vector<ScanRange> ranges,
                                                      const Deadline& deadline) {
    if (query.from == MessageQuery::From::Offset) {
        for (auto& range : ranges) {
            range.from = std::clamp(query.offset, range.from, std::max(range.from, range.to));
        }
    } else if (query.from == MessageQuery::From::Time) {
        std::vector<OffsetQuery> queries;
        for (const auto& range : ranges) {
            queries.push_back({{query.topic, range.partition}, OffsetQuery::Kind::AtTime, query.timeMs});
        }
        auto found = m_admin->offsets(queries, deadline.rest());
        if (!found) {
            return std::unexpected(found.error());
        }
        for (std::size_t i = 0; i < ranges.size(); ++i) { // no record that young: nothing to read there
            const auto offset = (*found)[i].offset;
            ranges[i].from = offset == kNoOffset ? ranges[i].to : std::max(ranges[i].from, offset);
        }
    }
    return ranges;
}

Result<MessagePage> KafkaBrowser::readForward(const MessageQuery& query, std::vector<ScanRange> ranges,
                                              const Deadline& deadline) {
    MessagePage page;
    const MessageFilter filter(query);
    auto scan = MergedScan::open(m_profile, scanOptions(query, ranges));
    if (!scan) {
        return std::unexpected(scan.error());
    }
    while (page.records.size() < query.limit && !(filter.selects() && page.scanned >= query.maxScanned)) {
        auto record = (*scan)->next(deadline);
        if (!record) {
            if (isPartial(record.error(), page)) {
                break;
            }
            return std::unexpected(record.error());
        }
        if (!*record) {
            break;
        }
        ++page.scanned;
        // A lookup by time finds the first record that young; older ones may stand behind it and aren't asked for.
        if (filter.matches(**record) &&
            !(query.from == MessageQuery::From::Time && (*record)->timestampMs < query.timeMs)) {
            page.records.push_back(std::move(**record));
        }
    }
    for (const auto& range : ranges) {
        const auto next = (*scan)->position(range.partition);
        page.next[range.partition] = next;
        page.more = page.more || next < range.to;
    }
    return page;
}

Result<MessagePage> KafkaBrowser::readBackward(const MessageQuery& query, const std::vector<ScanRange>& ranges,
                                               const Deadline& deadline) {
    MessagePage page;
    const MessageFilter filter(query);
    Newest newest(query.limit);
    std::vector<ScanRange> left = ranges; // of each partition, what was not read yet
    for (auto span = static_cast<std::int64_t>(query.limit);; span *= 2) {
        if (filter.selects()) { // a round is read to its end, so it must fit into what may still be scanned
            const auto share =
                (query.maxScanned - page.scanned) / static_cast<std::int64_t>(std::max<std::size_t>(ranges.size(), 1));
            span = std::min(span, std::max<std::int64_t>(share, 1));
        }
        std::vector<ScanRange> round;
        for (auto& range : left) {
            if (range.from < range.to && !newest.satisfied(range.partition)) {
                const auto from = std::max(range.from, range.to - span);
                round.push_back({range.partition, from, range.to});
                range.to = from;
            }
        }
        if (round.empty()) {
            break;
        }
        auto scan = MergedScan::open(m_profile, scanOptions(query, round));
        if (!scan) {
            return std::unexpected(scan.error());
        }
        while (true) {
            auto record = (*scan)->next(deadline);
            page.more = page.more || !record; // it ends early, and what is left of the round counts as read
            if (!record && !isPartial(record.error(), page)) {
                return std::unexpected(record.error());
            }
            if (!record || !*record) {
                break;
            }
            ++page.scanned;
            if (filter.matches(**record)) {
                newest.add(std::move(**record));
            }
        }
        newest.endRound();
        if (deadline.passed() || (filter.selects() && page.scanned >= query.maxScanned)) {
            break;
        }
    }
    page.records = newest.take();
    orderPage(page.records);
    for (std::size_t i = 0; i < ranges.size(); ++i) {
        page.next[ranges[i].partition] = ranges[i].to;
        page.more = page.more || newest.dropped() || left[i].from < left[i].to;
    }
    return page;
}

} // namespace meshbone::backbone
