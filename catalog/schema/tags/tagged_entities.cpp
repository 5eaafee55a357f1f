// SPDX-License-Identifier: Apache-2.0
#include "schema/tags/tagged_entities.h"

#include "schema/avro/avro_schema.h"
#include "schema/json/json_schema.h"
#include "schema/protobuf/tagged_proto.h"
#include "schema/tags/avro_entities.h"
#include "schema/tags/json_entities.h"

namespace meshbone::catalog {

Result<std::vector<TaggedEntity>> taggedEntities(const ParsedSchema& schema, bool withReferenced) {
    TaggedEntities found;
    if (const auto* avro = dynamic_cast<const avro::AvroSchema*>(&schema)) {
        listAvroEntities(*avro->model(), withReferenced, found);
    } else if (const auto* json = dynamic_cast<const jsonschema::ParsedJsonSchema*>(&schema)) {
        listJsonEntities(json->compiled().documents.front().root, found);
    } else {
        protobuf::listTagged(schema, found);
    }
    if (found.isFull()) {
        return fail(ErrorCode::Exhausted, "The tags of this schema and their paths take more than 4 MiB. Ask for the "
                                          "schema without them, and look at its text.");
    }
    return found.take();
}

} // namespace meshbone::catalog
