// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/entity_tags.h"

#include <catalog/schema.h>

#include <span>
#include <string>

namespace meshbone::catalog {

/// The schema's text with the tags in it, where Confluent's clients look for them; everything else of an Avro or JSON
/// text stays byte for byte. InvalidArgument where a path leads nowhere, or the tags there aren't a list of strings.
Result<std::string> taggedText(const ParsedSchema& schema, std::span<const EntityTags> changes);

} // namespace meshbone::catalog
