// SPDX-License-Identifier: Apache-2.0
#include <catalog/request_counts.h>

#include <algorithm>
#include <utility>

namespace meshbone::catalog {
namespace {

constexpr std::uint32_t kDay = CountedSpan::kDayHours;

bool isHour(const CountedSpan& span) {
    return span.hours == 1;
}

bool isWhole(const CountedSpan& span) {
    return span.requests >= 0 && (isHour(span) || (span.hours == kDay && span.hour % kDay == 0));
}

} // namespace

std::optional<RequestCounts> RequestCounts::of(std::vector<CountedSpan> spans, TimestampMs earlierToMs) {
    TimestampMs previous = -1;
    for (const auto& span : spans) {
        if (!isWhole(span) || span.fromMs() <= previous) {
            return std::nullopt;
        }
        previous = span.toMs();
    }
    if (spans.size() > kMaxSpans) {
        return std::nullopt;
    }
    RequestCounts counts;
    counts.m_spans = std::move(spans);
    counts.m_earlierToMs = earlierToMs;
    return counts;
}

void RequestCounts::add(TimestampMs atMs, std::int64_t requests) {
    const auto hour = static_cast<std::uint32_t>(std::max<TimestampMs>(0, atMs) / CountedSpan::kHourMs);
    const auto next = std::ranges::upper_bound(m_spans, hour, {}, &CountedSpan::hour);
    if (next != m_spans.begin() && hour < std::prev(next)->hour + std::prev(next)->hours) {
        std::prev(next)->requests += requests;
        return;
    }
    if (atMs > m_earlierToMs) {
        m_spans.insert(next, {hour, 1, requests});
        addUpOldHours();
    }
}

std::int64_t RequestCounts::sum() const {
    std::int64_t sum = 0;
    for (const auto& span : m_spans) {
        sum += span.requests;
    }
    return sum;
}

void RequestCounts::addUpOldHours() {
    if (static_cast<std::size_t>(std::ranges::count_if(m_spans, isHour)) > kMaxHours) {
        const auto first = std::ranges::find_if(m_spans, isHour);
        const auto day = first->hour / kDay;
        CountedSpan whole{day * kDay, kDay, 0};
        auto end = first;
        for (; end != m_spans.end() && isHour(*end) && end->hour / kDay == day; ++end) {
            whole.requests += end->requests;
        }
        *first = whole;
        m_spans.erase(std::next(first), end);
    }
    if (m_spans.size() > kMaxSpans) {
        m_earlierToMs = std::max(m_earlierToMs, m_spans.front().toMs());
        m_spans.erase(m_spans.begin());
    }
}

} // namespace meshbone::catalog
