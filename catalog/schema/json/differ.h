// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/json/compiled.h"

#include <vector>

namespace meshbone::catalog::jsonschema {

/// What differs between the schema that data was written with and the one that reads it, by the rules of Confluent's
/// registry; the breaking ones never left out. Exhausted where the two take too long to compare: longer than `end`.
Result<std::vector<SchemaDifference>> differencesBetween(const Compiled& writer, const Compiled& reader,
                                                         CompatibilityPolicy policy,
                                                         ComparisonEnd end = comparisonEnd());

} // namespace meshbone::catalog::jsonschema
