// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "evidence/entry.h"

#include <backbone/hooks.h>
#include <catalog/request_counts.h>

#include <cstddef>
#include <unordered_map>
#include <vector>

namespace meshbone::lineage {

/// What was seen of a tuple since the table was emptied.
struct Sight {
    Totals total;
    Span seen;
    catalog::RequestCounts earlier; ///< of `total`: requests of hours before the last sight's

    [[nodiscard]] std::int64_t inLastHour() const { return total.requests - earlier.sum(); }
};

/// Distinct tuples with what was seen of them. An observation that is known costs one hash of its fields and no
/// allocation. Bounded: past `maxTuples`, an observation is counted for its operation and resource under the client
/// "(other)"; past `maxOther` of those, for the resource "(other)". One thread at a time.
class TupleTable {
public:
    static constexpr std::size_t kMaxTuples = 16'384;
    static constexpr std::size_t kMaxOther = 2'048;
    static constexpr std::string_view kOther = "(other)";

    struct Hash {
        using is_transparent = void;
        std::size_t operator()(const Tuple& tuple) const;
        std::size_t operator()(const backbone::Observation& observation) const;
    };
    struct Equal {
        using is_transparent = void;
        bool operator()(const Tuple& a, const Tuple& b) const { return a == b; }
        bool operator()(const backbone::Observation& a, const Tuple& b) const;
        bool operator()(const Tuple& a, const backbone::Observation& b) const { return operator()(b, a); }
    };
    using Map = std::unordered_map<Tuple, Sight, Hash, Equal>;

    explicit TupleTable(std::size_t maxTuples = kMaxTuples, std::size_t maxOther = kMaxOther);

    void add(const backbone::Observation& observation, TimestampMs nowMs);
    [[nodiscard]] const Map& tuples() const { return m_tuples; }
    [[nodiscard]] bool empty() const { return m_tuples.empty(); }
    /// Observations that were counted under "(other)", because the table was full.
    [[nodiscard]] std::int64_t overflowed() const { return m_overflowed; }

private:
    Sight& find(const backbone::Observation& observation);
    Sight& other(const backbone::Observation& observation);

    std::size_t m_maxTuples;
    std::size_t m_maxOther;
    Map m_tuples;
    std::size_t m_others = 0;
    std::int64_t m_overflowed = 0;
};

} // namespace meshbone::lineage
