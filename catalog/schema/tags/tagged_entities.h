// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/entity_tags.h"

#include <catalog/schema.h>

#include <vector>

namespace meshbone::catalog {

/// The records and fields of a schema that have tags in its text, each before what is in it: what taggedText() writes.
/// `withReferenced`: also those of the Avro schemas that it refers to; the other languages list their own text only.
/// Exhausted where there is more than TaggedEntities takes.
Result<std::vector<TaggedEntity>> taggedEntities(const ParsedSchema& schema, bool withReferenced);

} // namespace meshbone::catalog
