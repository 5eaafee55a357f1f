// SPDX-License-Identifier: Apache-2.0
#include "schema/form/form_builders.h"

namespace meshbone::catalog {

EventFormPtr eventForm(const ParsedSchema& schema) {
    switch (schema.type()) {
    case SchemaType::Avro:
        return avroForm(schema);
    case SchemaType::Json:
        return jsonForm(schema);
    case SchemaType::Protobuf:
        return protobufForm(schema);
    }
    return std::make_shared<EventForm>();
}

} // namespace meshbone::catalog
