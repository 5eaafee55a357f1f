// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/json/value.h"

#include <backbone/error.h>

#include <string_view>

namespace meshbone::catalog::jsonschema {

/// What a text may have at most.
struct ReadRules {
    int depth = 0;                 ///< of arrays and objects in one another
    std::size_t values = 0;        ///< of all kinds
    bool refusesTwinNames = false; ///< a name twice in one object is refused; otherwise the last one counts
};

/// Reads JSON as RFC 8259 has it, and nothing else: UTF-8, no comments, no trailing commas. InvalidArgument with line,
/// column and what was expected; Exhausted beyond a bound.
Result<Value> readJson(std::string_view text, const ReadRules& rules);

} // namespace meshbone::catalog::jsonschema
