// SPDX-License-Identifier: Apache-2.0
#include "evidence/spans.h"

#include <algorithm>

namespace meshbone::lineage {

bool wellFormed(const Spans& spans) {
    TimestampMs previous = -1;
    for (const auto& span : spans) {
        if (span.fromMs < 0 || span.toMs < span.fromMs || span.fromMs <= previous) {
            return false;
        }
        previous = span.toMs;
    }
    return true;
}

void addSight(Spans& spans, Span sight, bool joined) {
    if (!spans.empty() && (joined || sight.fromMs <= spans.back().toMs)) {
        spans.back().toMs = std::max(spans.back().toMs, sight.toMs);
        return;
    }
    spans.push_back(sight);
    if (spans.size() > kMaxSpans) {
        spans[1].fromMs = spans[0].fromMs;
        spans.erase(spans.begin());
    }
}

std::int64_t watchedMs(const Spans& watched, TimestampMs fromMs, TimestampMs toMs) {
    std::int64_t sum = 0;
    for (const auto& span : watched) {
        sum += std::max<std::int64_t>(0, std::min(span.toMs, toMs) - std::max(span.fromMs, fromMs));
    }
    return sum;
}

std::optional<TimestampMs> quietAt(const Spans& watched, TimestampMs sinceMs, std::int64_t quietMs) {
    auto missing = quietMs;
    for (const auto& span : watched) {
        const auto start = std::max(span.fromMs, sinceMs);
        const auto length = span.toMs - start;
        if (length < 0) {
            continue;
        }
        if (length >= missing) {
            return start + missing;
        }
        missing -= length;
    }
    return std::nullopt;
}

Spans unite(Spans first, const Spans& second) {
    first.insert(first.end(), second.begin(), second.end());
    std::ranges::sort(first, {}, &Span::fromMs);
    Spans out;
    for (const auto& span : first) {
        if (!out.empty() && span.fromMs <= out.back().toMs) {
            out.back().toMs = std::max(out.back().toMs, span.toMs);
        } else {
            out.push_back(span);
        }
    }
    return out;
}

bool covers(const Spans& spans, TimestampMs atMs) {
    return std::ranges::any_of(spans, [atMs](const Span& s) { return s.fromMs <= atMs && atMs <= s.toMs; });
}

} // namespace meshbone::lineage
