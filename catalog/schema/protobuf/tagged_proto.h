// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/entity_tags.h"

#include <catalog/schema.h>

#include <span>
#include <string>

namespace meshbone::catalog::protobuf {

/// The canonical text with the tags in the options (confluent.message_meta) and (confluent.field_meta); documentation
/// and parameters that stand there stay. InvalidArgument where a path leads nowhere, or this is no Protobuf schema.
Result<std::string> taggedProto(const ParsedSchema& schema, std::span<const EntityTags> changes);

/// The messages of the schema's own text and their fields that have such tags; none of a schema of another language.
void listTagged(const ParsedSchema& schema, TaggedEntities& found);

} // namespace meshbone::catalog::protobuf
