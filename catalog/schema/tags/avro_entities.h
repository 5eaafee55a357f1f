// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/avro/model.h"
#include "schema/entity_tags.h"

namespace meshbone::catalog {

/// The records of an Avro schema and their fields that have tags, each record once. `withForeign`: also those that come
/// from a referenced text.
void listAvroEntities(const avro::Model& model, bool withForeign, TaggedEntities& found);

} // namespace meshbone::catalog
