// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/avro/plan.h"

namespace meshbone::catalog::avro {

/// ParsedSchema over a Model.
class AvroSchema final : public ParsedSchema {
public:
    AvroSchema(std::string text, std::shared_ptr<const Model> model);
    [[nodiscard]] SchemaType type() const override { return SchemaType::Avro; }
    [[nodiscard]] const std::string& text() const override { return m_text; }
    [[nodiscard]] std::string canonicalText() const override;
    [[nodiscard]] std::string normalizedText() const override;
    [[nodiscard]] std::optional<std::string> formattedText(std::string_view format) const override;
    [[nodiscard]] std::string name() const override;
    [[nodiscard]] std::string doc() const override;
    [[nodiscard]] std::vector<SchemaField> fields() const override;
    [[nodiscard]] Result<std::vector<SchemaDifference>> differencesReading(const ParsedSchema& writer,
                                                                           CompatibilityPolicy policy) const override;
    [[nodiscard]] Result<std::vector<SchemaDifference>> differencesBy(ComparisonEnd end, const ParsedSchema& writer,
                                                                      CompatibilityPolicy policy) const override;
    [[nodiscard]] Result<std::string> toJson(std::string_view payload) const override;
    [[nodiscard]] Status check(std::string_view payload) const override;
    [[nodiscard]] Status checkAsNew() const override;
    [[nodiscard]] Result<Bytes> fromJson(std::string_view json) const override;
    [[nodiscard]] std::size_t sizeBytes() const override;

    [[nodiscard]] const std::shared_ptr<const Model>& model() const { return m_model; }

private:
    std::string m_text;
    std::shared_ptr<const Model> m_model;
    std::shared_ptr<const Plan> m_plan; ///< reads what it wrote itself
};

} // namespace meshbone::catalog::avro
