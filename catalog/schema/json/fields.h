// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/json/compiled.h"

#include <string>
#include <vector>

namespace meshbone::catalog::jsonschema {

/// The properties that data of the schema can have, those in items, values and combinations too; bounded in number and
/// depth. What refers to itself is listed once.
std::vector<SchemaField> fieldsOf(const Compiled& schema);
/// A node's type as a person says it: "string", "date-time", "array of Leg", "string or null".
std::string typeInWords(const Node& node);

} // namespace meshbone::catalog::jsonschema
