// SPDX-License-Identifier: Apache-2.0
#include "capture/tuple_table.h"

#include <algorithm>
#include <functional>
#include <limits>

namespace meshbone::lineage {

namespace {
using backbone::Observation;

std::string_view cut(std::string_view name) {
    return name.substr(0, kMaxNameBytes);
}

std::size_t combine(std::size_t seed, std::size_t value) {
    return seed ^ (value + 0x9e3779b97f4a7c15ULL + (seed << 6) + (seed >> 2));
}

std::size_t hashOf(const backbone::ClientIdentity& client, std::string_view resource, int api, int operation, int kind,
                   bool granted) {
    const std::hash<std::string_view> hash;
    auto seed = hash(cut(resource));
    for (const std::string_view part :
         {std::string_view(client.principal), std::string_view(client.host), std::string_view(client.clientId),
          std::string_view(client.softwareName), std::string_view(client.softwareVersion)}) {
        seed = combine(seed, hash(cut(part)));
    }
    return combine(seed, (static_cast<std::size_t>(api) << 9) | (static_cast<std::size_t>(operation) << 5) |
                             (static_cast<std::size_t>(kind) << 1) | (granted ? 1 : 0));
}

Tuple tupleOf(const Observation& o) {
    const auto copy = [](std::string_view name) { return std::string(cut(name)); };
    const auto& c = *o.client;
    return {{copy(c.principal), copy(c.host), copy(c.clientId), copy(c.softwareName), copy(c.softwareVersion)},
            o.apiKey,
            o.operation,
            o.resourceKind,
            copy(o.resource),
            o.granted};
}

std::int64_t bounded(std::uint64_t count) {
    return static_cast<std::int64_t>(std::min<std::uint64_t>(count, std::numeric_limits<std::int64_t>::max() / 8));
}
} // namespace

std::size_t TupleTable::Hash::operator()(const Tuple& t) const {
    return hashOf(t.client, t.resource, t.apiKey, static_cast<int>(t.operation), static_cast<int>(t.resourceKind),
                  t.granted);
}

std::size_t TupleTable::Hash::operator()(const Observation& o) const {
    return hashOf(*o.client, o.resource, o.apiKey, static_cast<int>(o.operation), static_cast<int>(o.resourceKind),
                  o.granted);
}

bool TupleTable::Equal::operator()(const Observation& a, const Tuple& b) const {
    const auto& c = *a.client;
    return a.apiKey == b.apiKey && a.operation == b.operation && a.resourceKind == b.resourceKind &&
           a.granted == b.granted && cut(a.resource) == b.resource && cut(c.principal) == b.client.principal &&
           cut(c.host) == b.client.host && cut(c.clientId) == b.client.clientId &&
           cut(c.softwareName) == b.client.softwareName && cut(c.softwareVersion) == b.client.softwareVersion;
}

TupleTable::TupleTable(std::size_t maxTuples, std::size_t maxOther)
    : m_maxTuples(maxTuples)
    , m_maxOther(maxOther) {}

void TupleTable::add(const Observation& observation, TimestampMs nowMs) {
    auto& sight = find(observation);
    constexpr auto kHourMs = catalog::CountedSpan::kHourMs;
    if (sight.seen.toMs >= 0 && nowMs / kHourMs > sight.seen.toMs / kHourMs) { // the table isn't emptied meanwhile
        sight.earlier.add(sight.seen.toMs, sight.inLastHour());
    }
    sight.total += {1, bounded(observation.records), bounded(observation.bytes)};
    if (sight.seen.fromMs < 0) {
        sight.seen = {nowMs, nowMs};
    }
    sight.seen.toMs = std::max(sight.seen.toMs, nowMs);
}

Sight& TupleTable::find(const Observation& observation) {
    const auto known = m_tuples.find(observation);
    if (known != m_tuples.end()) {
        return known->second;
    }
    if (m_tuples.size() - m_others < m_maxTuples) {
        return m_tuples.emplace(tupleOf(observation), Sight{}).first->second;
    }
    ++m_overflowed;
    return other(observation);
}

Sight& TupleTable::other(const Observation& observation) {
    Tuple tuple = tupleOf(observation);
    tuple.client = {};
    tuple.client.principal = tuple.client.clientId = std::string(kOther);
    const auto known = m_tuples.find(tuple);
    if (known != m_tuples.end()) {
        return known->second;
    }
    if (m_others >= m_maxOther) { // at most one more for each operation, kind, API and verdict: a few hundred
        tuple.resource = std::string(kOther);
    }
    const auto [at, added] = m_tuples.try_emplace(std::move(tuple));
    m_others += added ? 1 : 0;
    return at->second;
}

} // namespace meshbone::lineage
