// SPDX-License-Identifier: Apache-2.0
#include "schema/json/json_schema.h"

#include "schema/json/differ.h"
#include "schema/json/fields.h"
#include "schema/json/reader.h"
#include "schema/json/validation.h"

namespace meshbone::catalog {

namespace jsonschema {

namespace {

constexpr std::size_t kMostPayloadValues = 2'000'000;

/// Of the whole, by no rule of the schema.
JsonFailure failureOf(std::string message) {
    JsonFailure failure;
    failure.message = std::move(message);
    return failure;
}

} // namespace

Result<Value> readPayload(std::string_view payload) {
    return readJson(payload, {.depth = kMaxJsonPayloadDepth, .values = kMostPayloadValues});
}

const std::string& ParsedJsonSchema::text() const {
    return m_compiled->documents.front().text;
}

std::string ParsedJsonSchema::canonicalText() const {
    return writeCanonicalJson(m_compiled->documents.front().root);
}

std::string ParsedJsonSchema::normalizedText() const {
    return writeSortedJson(m_compiled->documents.front().root);
}

std::string ParsedJsonSchema::name() const {
    return std::string(textOf(*m_compiled->root, "title"));
}

std::string ParsedJsonSchema::doc() const {
    return std::string(textOf(*m_compiled->root, "description"));
}

std::vector<SchemaField> ParsedJsonSchema::fields() const {
    return fieldsOf(*m_compiled);
}

Result<std::vector<SchemaDifference>> ParsedJsonSchema::differencesReading(const ParsedSchema& writer,
                                                                           CompatibilityPolicy policy) const {
    return differencesBy(comparisonEnd(), writer, policy);
}

Result<std::vector<SchemaDifference>> ParsedJsonSchema::differencesBy(ComparisonEnd end, const ParsedSchema& writer,
                                                                      CompatibilityPolicy policy) const {
    const auto* other = dynamic_cast<const ParsedJsonSchema*>(&writer);
    if (other == nullptr) {
        return fail(ErrorCode::InvalidArgument, "A JSON Schema can only be compared with another JSON Schema.");
    }
    return differencesBetween(other->compiled(), compiled(), policy, end);
}

Result<std::string> ParsedJsonSchema::checked(std::string_view json, ErrorCode code) const {
    const auto value = readPayload(json);
    if (!value) {
        return fail(code, "The payload isn't JSON. " + value.error().message);
    }
    const auto failures = Validation(*m_compiled).check(*value);
    if (!failures) {
        return std::unexpected(failures.error());
    }
    if (!failures->empty()) {
        return fail(code, failures->front().message);
    }
    return writeJson(*value);
}

Result<std::string> ParsedJsonSchema::toJson(std::string_view payload) const {
    return checked(payload, ErrorCode::Corrupt);
}

Result<Bytes> ParsedJsonSchema::fromJson(std::string_view json) const {
    return checked(json, ErrorCode::InvalidArgument);
}

std::size_t ParsedJsonSchema::sizeBytes() const {
    return sizeof(*this) + m_compiled->sizeBytes();
}

} // namespace jsonschema

Result<ParsedSchemaPtr> parseJsonSchema(std::string text, std::span<const NamedSchema> references) {
    auto compiled = jsonschema::compileSchema(std::move(text), references);
    if (!compiled) {
        return std::unexpected(std::move(compiled.error()));
    }
    return std::make_shared<const jsonschema::ParsedJsonSchema>(std::move(*compiled));
}

Result<JsonValidator> JsonValidator::of(ParsedSchemaPtr schema) {
    if (dynamic_cast<const jsonschema::ParsedJsonSchema*>(schema.get()) == nullptr) {
        return fail(ErrorCode::InvalidArgument, "Only a JSON Schema can validate JSON.");
    }
    return JsonValidator(std::move(schema));
}

std::vector<JsonFailure> JsonValidator::failures(std::string_view payload) const {
    const auto value = jsonschema::readPayload(payload);
    if (!value) {
        return {jsonschema::failureOf("The payload isn't JSON. " + value.error().message)};
    }
    const auto& compiled = static_cast<const jsonschema::ParsedJsonSchema&>(*m_schema).compiled();
    auto failures = jsonschema::Validation(compiled).check(*value);
    return failures ? std::move(*failures) : std::vector<JsonFailure>{jsonschema::failureOf(failures.error().message)};
}

} // namespace meshbone::catalog
