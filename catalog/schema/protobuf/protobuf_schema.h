// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/protobuf/codec.h"

namespace meshbone::catalog::protobuf {

/// A Protobuf schema. Immutable; any thread.
class ProtobufSchema : public ParsedSchema {
public:
    ProtobufSchema(std::string text, std::unique_ptr<FileSet> files);
    [[nodiscard]] SchemaType type() const override { return SchemaType::Protobuf; }
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
    [[nodiscard]] Result<Bytes> fromJson(std::string_view json) const override;
    [[nodiscard]] std::size_t sizeBytes() const override;
    [[nodiscard]] const FileSet& files() const { return *m_files; }

private:
    std::string m_text;
    std::unique_ptr<FileSet> m_files;
    Codec m_codec;
};

} // namespace meshbone::catalog::protobuf
