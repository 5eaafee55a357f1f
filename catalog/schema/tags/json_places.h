// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/entity_tags.h"
#include "schema/json/value.h"

#include <catalog/schema.h>

namespace meshbone::catalog {

/// Where a path leads in the text of an Avro schema or a JSON Schema: the object that has the tags; null: nowhere.
const jsonschema::Value* placeOf(SchemaType type, const jsonschema::Value& root, const EntityTags& entity);

} // namespace meshbone::catalog
