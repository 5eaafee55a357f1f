// SPDX-License-Identifier: Apache-2.0
#include "schema/tags/tagged_text.h"

#include "schema/protobuf/tagged_proto.h"
#include "schema/tags/json_tags.h"

namespace meshbone::catalog {

Result<std::string> taggedText(const ParsedSchema& schema, std::span<const EntityTags> changes) {
    return schema.type() == SchemaType::Protobuf ? protobuf::taggedProto(schema, changes)
                                                 : taggedJson(schema.type(), schema.text(), changes);
}

} // namespace meshbone::catalog
