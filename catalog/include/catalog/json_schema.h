// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>
#include <catalog/schema.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace meshbone::catalog {

/// What a payload has against the rules of its JSON Schema: which place, which rule, and a sentence. Value type.
struct JsonFailure {
    std::string path;       ///< in the payload, as a JSON pointer: "/legs/2/tail"; empty for the whole
    std::string field;      ///< the same as SchemaField::path spells it: "legs[].tail"
    std::string schemaPath; ///< in the schema: "#/properties/legs/items/properties/tail/type"
    std::string keyword;    ///< the rule: "type"; empty where the payload is no JSON or a bound was reached
    std::string message;    ///< "`magnitude` is \"high\", but a number is expected."
    friend bool operator==(const JsonFailure&, const JsonFailure&) = default;
};

inline constexpr std::size_t kMaxJsonFailures = 20; ///< told of one payload
inline constexpr int kMaxJsonPayloadDepth = 500;    ///< of arrays and objects in one another

/// Validates payloads with one JSON Schema, formats asserted. Value type, keeps the schema alive; any thread.
class JsonValidator {
public:
    /// InvalidArgument where the schema is of another language.
    static Result<JsonValidator> of(ParsedSchemaPtr schema);
    /// What is wrong with the payload, at most kMaxJsonFailures; empty where it is valid. Bounded in time and stack: a
    /// payload or schema beyond that is a failure too.
    [[nodiscard]] std::vector<JsonFailure> failures(std::string_view payload) const;

private:
    explicit JsonValidator(ParsedSchemaPtr schema)
        : m_schema(std::move(schema)) {}
    ParsedSchemaPtr m_schema;
};

} // namespace meshbone::catalog
