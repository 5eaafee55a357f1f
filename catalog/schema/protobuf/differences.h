// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/protobuf/file_set.h"

namespace meshbone::catalog::protobuf {

/// What stands against reading with one schema data of the other, by the rules and under the names of Confluent's
/// registry; what doesn't stand against it, too. In the order of the text. Exhausted where the schemas refer to each
/// other's types in more ways than a bound, or comparing them takes longer than `end`.
Result<std::vector<SchemaDifference>> differencesBetween(const FileSet& reader, const FileSet& writer,
                                                         ComparisonEnd end = comparisonEnd());

} // namespace meshbone::catalog::protobuf
