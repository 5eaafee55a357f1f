// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/access_survey.h>

namespace meshbone::catalog {

/// What policies had to say when each grant in force was decided: who had to agree, how many, and when it ends. By the
/// policies of now, but for those that were changed since; `policiesSince`: when each was changed last.
DecidingPolicies decidingPolicies(const Catalog& catalog, std::span<const Grant> grants,
                                  const std::map<std::string, TimestampMs, std::less<>>& policiesSince,
                                  TimestampMs nowMs);

} // namespace meshbone::catalog
