// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/schema.h>

namespace meshbone::catalog {

// What only Avro has. The schemas are ones that parseAvro() made (InvalidArgument or nothing otherwise).

/// "Parsing canonical form" of the Avro specification.
std::string avroParsingForm(const ParsedSchema& schema);
/// CRC-64-AVRO of that form: what single-object encoding names its schema by.
std::uint64_t avroFingerprint(const ParsedSchema& schema);

/// Single-object encoding: two marker bytes, the fingerprint of the schema, the payload. Nothing if it is none.
struct AvroSingleObject {
    std::uint64_t fingerprint = 0;
    std::string_view payload;
};
std::optional<AvroSingleObject> avroSingleObject(std::string_view bytes);

/// Reads with one schema what was written with another, as consumers do whose schema is newer or older. Immutable; any
/// thread.
class AvroResolver {
public:
    static Result<AvroResolver> make(const ParsedSchemaPtr& reader, const ParsedSchemaPtr& writer);
    /// As ParsedSchema::toJson, with the reader's fields and defaults.
    [[nodiscard]] Result<std::string> toJson(std::string_view payload) const;

private:
    explicit AvroResolver(std::shared_ptr<const void> plan)
        : m_plan(std::move(plan)) {}
    std::shared_ptr<const void> m_plan;
};

} // namespace meshbone::catalog
