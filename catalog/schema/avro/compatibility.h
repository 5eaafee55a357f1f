// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/avro/model.h"

namespace meshbone::catalog::avro {

/// What stands against reading what `writer` wrote with `reader`, by the specification's "Schema Resolution"; empty:
/// nothing. Places are of the two texts. Recursion is followed to a fixpoint; Exhausted beyond a million comparisons,
/// or after `end`.
Result<std::vector<SchemaDifference>> differences(const Model& reader, std::string_view readerText, const Model& writer,
                                                  std::string_view writerText, ComparisonEnd end = comparisonEnd());

} // namespace meshbone::catalog::avro
