// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/types.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

namespace meshbone::lineage {

/// A stretch of time in which something was seen, first to last sight, both included. Value type.
struct Span {
    TimestampMs fromMs = -1;
    TimestampMs toMs = -1;
    friend bool operator==(const Span&, const Span&) = default;
};

/// Ascending and disjoint. Pure functions below; any thread.
using Spans = std::vector<Span>;

/// The end of a span that has no end yet.
inline constexpr TimestampMs kStillThere = std::numeric_limits<TimestampMs>::max();
inline constexpr std::size_t kMaxSpans = 24;

/// True if every span is well formed and they are ascending and disjoint.
bool wellFormed(const Spans& spans);

/// Adds a sight from..to. It continues the last span if `joined`, else it starts one. A sight before the last span's
/// end only widens it. Past kMaxSpans the two oldest become one, so the first sight is never lost.
void addSight(Spans& spans, Span sight, bool joined);

/// How long an observer watched within (fromMs, toMs].
std::int64_t watchedMs(const Spans& watched, TimestampMs fromMs, TimestampMs toMs);

/// The moment at which an observer had watched `quietMs` since `sinceMs`; none: it hasn't yet. Time in which nobody
/// watched is no evidence of absence.
std::optional<TimestampMs> quietAt(const Spans& watched, TimestampMs sinceMs, std::int64_t quietMs);

/// The union of two lists: overlapping and touching spans become one.
Spans unite(Spans first, const Spans& second);

/// True if one of the spans covers the moment.
bool covers(const Spans& spans, TimestampMs atMs);

} // namespace meshbone::lineage
