// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace meshbone::bench {

/// The value below which so much of them lies, 0 to 1; -1 when there are none.
inline double quantile(std::vector<double> values, double part) {
    std::ranges::sort(values);
    return values.empty() ? -1 : values[static_cast<std::size_t>(part * static_cast<double>(values.size() - 1))];
}

inline double median(std::vector<double> values) {
    return quantile(std::move(values), 0.5);
}

} // namespace meshbone::bench
