// SPDX-License-Identifier: Apache-2.0
#include "schema/avro/avro_schema.h"

#include <catalog/avro.h>

#include "schema/avro/canonical.h"
#include "schema/avro/compatibility.h"
#include "schema/avro/decoder.h"
#include "schema/avro/encoder.h"
#include "schema/avro/field_list.h"
#include "schema/avro/parser.h"

#include <cstring>

namespace meshbone::catalog {

namespace avro {

AvroSchema::AvroSchema(std::string text, std::shared_ptr<const Model> model)
    : m_text(std::move(text))
    , m_model(std::move(model))
    , m_plan(Plan::make(m_model, m_model)) {}

std::string AvroSchema::canonicalText() const {
    return avro::canonicalText(*m_model);
}

std::string AvroSchema::normalizedText() const {
    return avro::normalizedText(*m_model);
}

std::optional<std::string> AvroSchema::formattedText(std::string_view format) const {
    return format == "resolved" ? std::optional(avro::resolvedText(*m_model)) : std::nullopt;
}

std::string AvroSchema::name() const {
    return m_model->top->name;
}

std::string AvroSchema::doc() const {
    return m_model->top->doc;
}

std::vector<SchemaField> AvroSchema::fields() const {
    return listFields(*m_model, m_text);
}

Result<std::vector<SchemaDifference>> AvroSchema::differencesReading(const ParsedSchema& writer,
                                                                     CompatibilityPolicy policy) const {
    return differencesBy(comparisonEnd(), writer, policy);
}

Result<std::vector<SchemaDifference>> AvroSchema::differencesBy(ComparisonEnd end, const ParsedSchema& writer,
                                                                CompatibilityPolicy) const {
    const auto* other = dynamic_cast<const AvroSchema*>(&writer);
    if (!other) {
        return fail(ErrorCode::InvalidArgument, "An Avro schema can be compared with another Avro schema only.");
    }
    return differences(*m_model, m_text, *other->m_model, other->m_text, end);
}

Result<std::string> AvroSchema::toJson(std::string_view payload) const {
    return decode(m_plan->top(), payload);
}

Status AvroSchema::checkAsNew() const {
    return m_model->wrongDefault ? Status(std::unexpected(*m_model->wrongDefault)) : Status();
}

Status AvroSchema::check(std::string_view payload) const {
    return checkPayload(m_plan->top(), payload);
}

Result<Bytes> AvroSchema::fromJson(std::string_view json) const {
    const auto tree = readJsonTree(json);
    if (!tree) {
        return std::unexpected(tree.error());
    }
    return encode(*m_model->top, *tree);
}

std::size_t AvroSchema::sizeBytes() const {
    return m_text.size() + m_model->nodes.size() * (sizeof(Node) + sizeof(Step) + 64);
}

} // namespace avro

namespace {

const avro::AvroSchema* asAvro(const ParsedSchema& schema) {
    return dynamic_cast<const avro::AvroSchema*>(&schema);
}

} // namespace

Result<ParsedSchemaPtr> parseAvro(std::string text, std::span<const NamedSchema> references) {
    auto model = avro::parseModel(text, references);
    if (!model) {
        return std::unexpected(model.error());
    }
    return std::make_shared<const avro::AvroSchema>(std::move(text), *std::move(model));
}

std::string avroParsingForm(const ParsedSchema& schema) {
    const auto* own = asAvro(schema);
    return own ? avro::parsingForm(*own->model()) : std::string();
}

std::uint64_t avroFingerprint(const ParsedSchema& schema) {
    return avro::fingerprint64(avroParsingForm(schema));
}

std::optional<AvroSingleObject> avroSingleObject(std::string_view bytes) {
    constexpr std::string_view kMarker = "\xC3\x01";
    AvroSingleObject found;
    if (bytes.size() < kMarker.size() + sizeof found.fingerprint || !bytes.starts_with(kMarker)) {
        return std::nullopt;
    }
    std::memcpy(&found.fingerprint, bytes.data() + kMarker.size(), sizeof found.fingerprint);
    found.payload = bytes.substr(kMarker.size() + sizeof found.fingerprint);
    return found;
}

Result<AvroResolver> AvroResolver::make(const ParsedSchemaPtr& reader, const ParsedSchemaPtr& writer) {
    const auto* reads = reader ? asAvro(*reader) : nullptr;
    const auto* wrote = writer ? asAvro(*writer) : nullptr;
    if (!reads || !wrote) {
        return fail(ErrorCode::InvalidArgument, "Both schemas must be Avro schemas.");
    }
    return AvroResolver(avro::Plan::make(reads->model(), wrote->model()));
}

Result<std::string> AvroResolver::toJson(std::string_view payload) const {
    return avro::decode(static_cast<const avro::Plan*>(m_plan.get())->top(), payload);
}

} // namespace meshbone::catalog
