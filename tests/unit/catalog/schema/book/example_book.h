// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/schema_book.h>

#include <QtTest>

namespace meshbone::test {

/// A version of a subject as a registry would tell it.
inline catalog::SchemaVersion schemaVersion(const std::string& subject, int version, int id, const std::string& text,
                                            catalog::SchemaType type = catalog::SchemaType::Avro,
                                            const std::string& metadata = {}) {
    auto definition = std::make_shared<catalog::SchemaDefinition>();
    definition->type = type;
    definition->text = text;
    definition->metadata = metadata;
    catalog::SchemaVersion made;
    made.subject = subject;
    made.version = version;
    made.id = catalog::SchemaId(id);
    made.guid = schemaGuid(*definition);
    made.definition = std::move(definition);
    return made;
}

constexpr auto kFlight1 = R"({"type":"record","name":"Flight","fields":[{"name":"tailNumber","type":"string"}]})";
constexpr auto kFlight2 =
    R"({"type":"record","name":"Flight","fields":[{"name":"tailNumber","type":"string","doc":"As painted."},)"
    R"({"name":"delay","type":["null","int"],"default":null,"confluent:tags":["OPS"]}]})";

/// Flights in two versions, strikes as JSON Schema, airports as Protobuf, and a leg that one of another context has
/// too.
inline catalog::SchemaBookPtr exampleBook() {
    using Type = catalog::SchemaType;
    return std::make_shared<const catalog::SchemaBook>(std::vector{
        schemaVersion("flights-value", 1, 1, kFlight1),
        schemaVersion("flights-value", 2, 2, kFlight2, Type::Avro, R"({"properties":{"owner":"flight-ops"}})"),
        schemaVersion(
            "strikes-value", 1, 3,
            R"({"type":"object","title":"Strike","properties":{"species":{"type":"string"}},"required":["species"]})",
            Type::Json),
        schemaVersion("airports-value", 1, 4, "syntax = \"proto3\"; message Airport { string code = 1; }",
                      Type::Protobuf),
        schemaVersion(":.test:flights-value", 1, 1, R"("string")")});
}

inline Record recordOf(const std::string& topic, std::optional<Bytes> value) {
    Record record;
    record.topic = topic;
    record.partition = Partition(0);
    record.offset = Offset(7);
    record.value = std::move(value);
    return record;
}

/// What Confluent's serializer would write of that version.
inline Record framedRecord(const catalog::SchemaBook& book, const std::string& topic, const std::string& subject,
                           int version, const std::string& json) {
    const auto bytes = book.encode(*book.version(subject, version), json);
    if (!bytes) {
        qFatal("%s", bytes.error().message.c_str());
    }
    return recordOf(topic, *bytes);
}

} // namespace meshbone::test
