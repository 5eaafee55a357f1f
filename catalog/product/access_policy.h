// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "product/mesh.h"

#include <catalog/access.h>

namespace meshbone::catalog {

inline constexpr std::int64_t kDefaultLapseDays = 30; ///< where no policy says how long a request waits

/// What is asked, of the policies.
struct Asked {
    const AccessScope& scope;
    const std::string& product; ///< empty: none in particular
    TimestampMs untilMs = kNoEnd;
    TimestampMs nowMs = 0;
};
/// Which policies apply, who must approve, and which limit sets the end. Pure; whether the scope is a sensible one is
/// not asked here.
AccessReview reviewOf(const Mesh& mesh, const Asked& asked);

/// A time that many days later; never beyond what a time can be.
TimestampMs daysLater(TimestampMs fromMs, std::int64_t days);

} // namespace meshbone::catalog
