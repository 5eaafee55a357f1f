// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/json/comparison.h"

#include <compare>

namespace meshbone::catalog::jsonschema {

inline std::strong_ordering compareLimits(const Decimal& a, const Decimal& b) {
    return compareDecimals(a, b);
}
inline std::strong_ordering compareLimits(std::uint64_t a, std::uint64_t b) {
    return a <=> b;
}

template <class Limit>
void PairComparison::limit(const std::optional<Limit>& writer, const std::optional<Limit>& reader,
                           const LimitTypes& types) {
    const PathStep step{.path = std::string(types.keyword), .field = {}};
    if (!writer || !reader) {
        if (writer.has_value() != reader.has_value()) {
            add(reader ? types.added : types.removed, step, types.keyword);
        }
        return;
    }
    const auto order = compareLimits(*writer, *reader);
    if (order != std::strong_ordering::equal) {
        add(std::is_lt(order) ? types.increased : types.decreased, step, types.keyword);
    }
}

/// The rules of a shape's group, or none of them where the group isn't there.
template <class Rules>
const Rules& rulesOf(const std::unique_ptr<Rules>& rules) {
    static const Rules kNone{};
    return rules ? *rules : kNone;
}

} // namespace meshbone::catalog::jsonschema
