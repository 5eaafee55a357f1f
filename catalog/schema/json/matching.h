// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

namespace meshbone::catalog::jsonschema {

/// A largest set of pairs of a left and a right one, none in two pairs: for each left one the right one that it is
/// paired with, or `kUnmatched`. `edges[left]` are those that it may be paired with.
inline constexpr std::size_t kUnmatched = static_cast<std::size_t>(-1);
std::vector<std::size_t> largestMatching(const std::vector<std::vector<std::size_t>>& edges, std::size_t rightSize);

} // namespace meshbone::catalog::jsonschema
