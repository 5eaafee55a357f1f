// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>

namespace meshbone::backbone::wire {

/// What "authorized operations" fields hold when nobody asked for them: a bit set without meaning.
inline constexpr std::int32_t kNoAuthorizedOperations = std::numeric_limits<std::int32_t>::min();

} // namespace meshbone::backbone::wire
