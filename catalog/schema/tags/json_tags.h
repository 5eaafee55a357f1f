// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/tags/tagged_text.h"

namespace meshbone::catalog {

/// The same of a text that is JSON: an Avro schema, or a JSON Schema.
Result<std::string> taggedJson(SchemaType type, std::string text, std::span<const EntityTags> changes);

} // namespace meshbone::catalog
