// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/json/compiled.h"

#include <catalog/json_schema.h>

#include <memory>

namespace meshbone::catalog::jsonschema {

/// A JSON Schema as all schemas are seen. Immutable; any thread.
class ParsedJsonSchema final : public ParsedSchema {
public:
    explicit ParsedJsonSchema(std::shared_ptr<const Compiled> compiled)
        : m_compiled(std::move(compiled)) {}

    [[nodiscard]] const Compiled& compiled() const { return *m_compiled; }

    [[nodiscard]] SchemaType type() const override { return SchemaType::Json; }
    [[nodiscard]] const std::string& text() const override;
    [[nodiscard]] std::string canonicalText() const override;
    [[nodiscard]] std::string normalizedText() const override;
    [[nodiscard]] std::string name() const override;
    [[nodiscard]] std::string doc() const override;
    [[nodiscard]] std::vector<SchemaField> fields() const override;
    [[nodiscard]] Result<std::vector<SchemaDifference>> differencesReading(const ParsedSchema& writer,
                                                                           CompatibilityPolicy policy) const override;
    [[nodiscard]] Result<std::vector<SchemaDifference>> differencesBy(ComparisonEnd end, const ParsedSchema& writer,
                                                                      CompatibilityPolicy policy) const override;
    [[nodiscard]] Result<std::string> toJson(std::string_view payload) const override;
    [[nodiscard]] Result<Bytes> fromJson(std::string_view json) const override;
    [[nodiscard]] std::size_t sizeBytes() const override;

private:
    [[nodiscard]] Result<std::string> checked(std::string_view json, ErrorCode code) const;

    std::shared_ptr<const Compiled> m_compiled;
};

/// A payload as a value, within the bounds of payloads.
Result<Value> readPayload(std::string_view payload);

} // namespace meshbone::catalog::jsonschema
