// SPDX-License-Identifier: Apache-2.0
#include <catalog/schema.h>

namespace meshbone::catalog {

Result<ParsedSchemaPtr> parseSchema(SchemaType type, std::string text, std::span<const NamedSchema> references) {
    switch (type) {
    case SchemaType::Avro:
        return parseAvro(std::move(text), references);
    case SchemaType::Json:
        return parseJsonSchema(std::move(text), references);
    case SchemaType::Protobuf:
        return parseProtobuf(std::move(text), references);
    }
    return fail(ErrorCode::InvalidArgument, "This schema is of no type that is known.");
}

} // namespace meshbone::catalog
