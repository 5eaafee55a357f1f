// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/entity_tags.h"
#include "schema/json/value.h"

namespace meshbone::catalog {

/// The objects and properties of a JSON Schema that have tags in its text, by the paths that placeOf() understands.
void listJsonEntities(const jsonschema::Value& root, TaggedEntities& found);

} // namespace meshbone::catalog
