// SPDX-License-Identifier: Apache-2.0
#include "schema/protobuf/protobuf_schema.h"

#include "schema/protobuf/differences.h"
#include "schema/protobuf/encoded_descriptor.h"
#include "schema/protobuf/fields.h"
#include "schema/protobuf/proto_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::catalog {

namespace protobuf {

ProtobufSchema::ProtobufSchema(std::string text, std::unique_ptr<FileSet> files)
    : m_text(std::move(text))
    , m_files(std::move(files))
    , m_codec(*m_files) {}

std::string ProtobufSchema::canonicalText() const {
    return canonicalProtoText(m_files->main());
}

std::string ProtobufSchema::normalizedText() const {
    return normalizedProtoText(m_files->main(), m_files->descriptor());
}

std::optional<std::string> ProtobufSchema::formattedText(std::string_view format) const {
    return format == "serialized" ? std::optional(encodedText(m_files->descriptor())) : std::nullopt;
}

std::string ProtobufSchema::name() const {
    const auto& file = m_files->descriptor();
    return file.message_type_count() > 0 ? file.message_type(0)->full_name() : std::string();
}

std::string ProtobufSchema::doc() const {
    const auto& file = m_files->descriptor();
    return file.message_type_count() > 0 ? messageDoc(*file.message_type(0)) : std::string();
}

std::vector<SchemaField> ProtobufSchema::fields() const {
    std::vector<SchemaField> fields;
    std::ranges::transform(walkFields(*m_files), std::back_inserter(fields),
                           [](WalkedField& walked) { return std::move(walked.field); });
    return fields;
}

Result<std::vector<SchemaDifference>> ProtobufSchema::differencesReading(const ParsedSchema& writer,
                                                                         CompatibilityPolicy policy) const {
    return differencesBy(comparisonEnd(), writer, policy);
}

Result<std::vector<SchemaDifference>> ProtobufSchema::differencesBy(ComparisonEnd end, const ParsedSchema& writer,
                                                                    CompatibilityPolicy) const {
    const auto* written = dynamic_cast<const ProtobufSchema*>(&writer);
    if (written == nullptr) {
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("A Protobuf schema can't read what was written with a schema of type {}.",
                                schemaTypeName(writer.type())));
    }
    return differencesBetween(*m_files, written->files(), end);
}

Result<std::string> ProtobufSchema::toJson(std::string_view payload) const {
    return m_codec.toJson(payload);
}

Result<Bytes> ProtobufSchema::fromJson(std::string_view json) const {
    return m_codec.fromJson(json);
}

std::size_t ProtobufSchema::sizeBytes() const {
    return sizeof(ProtobufSchema) + m_text.size() + m_files->sizeBytes();
}

} // namespace protobuf

Result<ParsedSchemaPtr> parseProtobuf(std::string text, std::span<const NamedSchema> references) {
    auto files = protobuf::FileSet::build(text, references);
    if (!files) {
        return std::unexpected(std::move(files.error()));
    }
    return std::make_shared<protobuf::ProtobufSchema>(std::move(text), std::move(*files));
}

} // namespace meshbone::catalog
