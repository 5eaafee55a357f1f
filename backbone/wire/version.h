// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>

namespace meshbone::backbone::wire {

/// A version of one API's messages, as the request header carries it.
using Version = std::int16_t;

inline constexpr Version kLatest = std::numeric_limits<Version>::max(); ///< no upper end
inline constexpr Version kNever = kLatest;                              ///< as a beginning: in no version

/// A closed range of versions. Value type.
struct Versions {
    Version min = 0;
    Version max = kLatest;
    [[nodiscard]] constexpr bool contains(Version version) const { return version >= min && version <= max; }
    friend constexpr bool operator==(const Versions&, const Versions&) = default;
};

} // namespace meshbone::backbone::wire
