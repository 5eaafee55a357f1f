// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "evidence/spans.h"

#include <backbone/hooks.h>
#include <catalog/request_counts.h>

#include <string>
#include <string_view>
#include <vector>

namespace meshbone::lineage {

/// The compacted topic in which evidence travels, one partition.
inline constexpr std::string_view kEvidenceTopic = "_meshbone.lineage";

/// Who did what to which resource, in what way and whether it was allowed: the finest grain that is kept, because
/// access will be simulated from it. Value type.
struct Tuple {
    backbone::ClientIdentity client;
    std::int16_t apiKey = 0;
    backbone::Operation operation = backbone::Operation::Describe;
    backbone::ResourceKind resourceKind = backbone::ResourceKind::Topic;
    std::string resource;
    bool granted = true;
    friend bool operator==(const Tuple&, const Tuple&) = default;
};

struct Totals {
    std::int64_t requests = 0, records = 0, bytes = 0;
    friend bool operator==(const Totals&, const Totals&) = default;
    Totals& operator+=(const Totals& other);
};

/// A point of a cumulative curve: how many records there had been at a moment. Two of them give a rate.
struct RatePoint {
    TimestampMs atMs = -1;
    std::int64_t records = 0;
    friend bool operator==(const RatePoint&, const RatePoint&) = default;
};

/// Observed: by the broker's observer. Group: read from a consumer group. Observer: when an observer was watching.
enum class EntryKind : std::uint8_t { Observed, Group, Observer };

/// One record of the evidence topic: the whole state of one observer's key, cumulative since it first saw it. So a
/// later record replaces an earlier one, a record that comes twice changes nothing, and compaction loses nothing.
struct Entry {
    EntryKind kind = EntryKind::Observed;
    std::string observer;
    Tuple tuple;                        ///< Observed: all; Group: client.clientId, client.host and resource (a topic)
    std::string group;                  ///< Group: its name
    bool internal = false;              ///< of Meshbone's own clients, or about an internal topic
    TimestampMs fromMs = -1, toMs = -1; ///< the interval that the record adds
    Totals total;                       ///< cumulative
    Spans spans;                        ///< when it was seen; Observer: when it watched
    std::vector<RatePoint> recent;      ///< the last minutes, ascending
    catalog::RequestCounts counts;      ///< Observed: when its requests were, as far as that is kept
    friend bool operator==(const Entry&, const Entry&) = default;
};

inline constexpr std::size_t kMaxRatePoints = 8;
inline constexpr std::size_t kMaxEntryBytes = 64 * 1024;
inline constexpr std::size_t kMaxNameBytes = 512; ///< longer names from clients are cut

/// The record's key: kind, observer and identity as a JSON array, the same for the same identity.
std::string entryKey(const Entry& entry);
/// The record's value as JSON; see lineage/README.md. Text that isn't UTF-8 is repaired with U+FFFD.
std::string entryJson(const Entry& entry);
/// Reads a record's value. Fails with Corrupt (not ours, damaged, out of bounds) or Unsupported (a newer version or
/// a kind of evidence that this version doesn't know: to be skipped).
Result<Entry> parseEntry(std::string_view value);

/// Kafka's own topics (__…) and Meshbone's (_meshbone.…).
bool isInternalTopic(std::string_view topic);
/// Meshbone's own clients, by their client id.
bool isOwnClient(std::string_view clientId);

} // namespace meshbone::lineage
