// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>
#include <backbone/types.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace meshbone::catalog {

// Schemas as values, whichever language they are written in. Parsing is pure: no files, no network, no clock but the
// bound on time. What is parsed is immutable and may be used from any thread.

enum class SchemaType : std::uint8_t { Avro, Json, Protobuf };
/// "AVRO", "JSON", "PROTOBUF": the schema registry's spelling.
std::string_view schemaTypeName(SchemaType type);
std::optional<SchemaType> schemaTypeFromName(std::string_view name);

/// Bounds that every language's parser keeps; a text beyond one is refused with a sentence that names it.
inline constexpr std::size_t kMaxSchemaBytes = 1 << 20; ///< of one text
inline constexpr int kMaxSchemaDepth = 200;             ///< of nesting
inline constexpr std::size_t kMaxSchemaNodes = 100'000; ///< of types, properties, keywords, references counted

/// A place in a schema's text, both from 1; zero where it isn't known.
struct TextPlace {
    int line = 0;
    int column = 0;
    friend bool operator==(const TextPlace&, const TextPlace&) = default;
};
/// The place of a byte of a text; beyond its end, the end's.
TextPlace placeOf(std::string_view text, std::size_t byte);

/// Another schema's text under the name by which the referring one calls it: an Avro full name, a JSON Schema URI, a
/// .proto file's name.
struct NamedSchema {
    std::string name;
    std::string text;
    friend bool operator==(const NamedSchema&, const NamedSchema&) = default;
};

/// Something in a schema that data has a value for: an Avro field, a JSON property, a Protobuf field.
struct SchemaField {
    std::string path; ///< from the top, dots between names, "[]" for items, "{}" for a map's values: "legs[].tail"
    std::string type; ///< in short, as a person says it: "string", "timestamp-millis", "array of Leg", "string or null"
    std::string doc;
    bool isOptional = false; ///< may be absent or null, or has a default
    std::vector<std::string> tags;
    std::vector<std::string> aliases;
    TextPlace place;
    friend bool operator==(const SchemaField&, const SchemaField&) = default;
};

/// One way in which data of one schema can or can't be read with another.
struct SchemaDifference {
    std::string type;       ///< the schema registry's own name, for example "READER_FIELD_MISSING_DEFAULT_VALUE"
    std::string path;       ///< as the schema registry writes it: a pointer into the schema, "/fields/3"
    std::string field;      ///< SchemaField::path of what it concerns; empty for the whole
    std::string message;    ///< a sentence for a person
    std::string repair;     ///< what would make it compatible; empty where nothing does
    TextPlace inReader;     ///< where in the text of the schema that reads
    TextPlace inWriter;     ///< where in the text of the schema that the data was written with
    bool isBreaking = true; ///< false: told, but the data can be read
    friend bool operator==(const SchemaDifference&, const SchemaDifference&) = default;
};

/// How compatibility of JSON Schema treats models that aren't closed (Confluent's `compatibilityPolicy`).
enum class CompatibilityPolicy : std::uint8_t { Strict, Lenient };

/// When a comparison gives up. Comparing two schemas takes microseconds, but some are made to take for ever.
using ComparisonEnd = std::chrono::steady_clock::time_point;
inline constexpr std::chrono::milliseconds kMaxComparison{2'000};
inline ComparisonEnd comparisonEnd() {
    return std::chrono::steady_clock::now() + kMaxComparison;
}

/// A schema that has been parsed, with the schemas that it refers to. Immutable; any thread.
class ParsedSchema {
public:
    virtual ~ParsedSchema() = default;
    [[nodiscard]] virtual SchemaType type() const = 0;
    /// The text as it was given.
    [[nodiscard]] virtual const std::string& text() const = 0;
    /// The text that an id stands for: two texts of one canonical text are one schema. What a registry stores.
    [[nodiscard]] virtual std::string canonicalText() const = 0;
    /// What `normalize=true` stores: also independent of the order of what has no order.
    [[nodiscard]] virtual std::string normalizedText() const = 0;
    /// The text in the form that a registry's `format` asks for: "serialized" of Protobuf is the FileDescriptorProto in
    /// base64, "resolved" of Avro has the referenced types in it. Nothing for a form that it doesn't have.
    [[nodiscard]] virtual std::optional<std::string> formattedText(std::string_view /*format*/) const { return {}; }
    /// What it calls its top: a full name, a title, a message; empty where it has none.
    [[nodiscard]] virtual std::string name() const = 0;
    /// What it says of its top: an Avro record's doc, a JSON Schema's description, the comment of a message; empty:
    /// nothing.
    [[nodiscard]] virtual std::string doc() const { return {}; }
    /// In the order of the text; what recurs is listed once. Those of referenced schemas too.
    [[nodiscard]] virtual std::vector<SchemaField> fields() const = 0;
    /// What stands against reading with this schema data that was written with `writer`, which is of the same type
    /// (InvalidArgument otherwise); what is told but doesn't stand against it, also. Exhausted beyond its bounds.
    [[nodiscard]] virtual Result<std::vector<SchemaDifference>>
    differencesReading(const ParsedSchema& writer, CompatibilityPolicy policy = CompatibilityPolicy::Strict) const = 0;
    /// The same, given up at a moment: for who compares with many.
    [[nodiscard]] virtual Result<std::vector<SchemaDifference>>
    differencesBy(ComparisonEnd /*end*/, const ParsedSchema& writer, CompatibilityPolicy policy) const {
        return differencesReading(writer, policy);
    }
    /// A payload (without framing; with Protobuf's message indexes) of this schema as JSON text of one line.
    /// Corrupt with what is wrong and at which byte or path; of JSON, what the schema says against it.
    [[nodiscard]] virtual Result<std::string> toJson(std::string_view payload) const = 0;
    /// Whether toJson would succeed, without making the text: for checking many payloads.
    [[nodiscard]] virtual Status check(std::string_view payload) const {
        auto text = toJson(payload);
        return text ? Status{} : std::unexpected(std::move(text.error()));
    }
    /// The payload that the JSON text stands for, as the schema registry's own serializers write it, without framing.
    /// InvalidArgument names the path and what is expected there.
    [[nodiscard]] virtual Result<Bytes> fromJson(std::string_view json) const = 0;
    /// What speaks against a new schema, though data of one that is there already can be read and written with it:
    /// an Avro default that isn't of its field's type. InvalidArgument with line and column.
    [[nodiscard]] virtual Status checkAsNew() const { return {}; }
    /// About how many bytes of memory it takes, for caches.
    [[nodiscard]] virtual std::size_t sizeBytes() const = 0;
};
using ParsedSchemaPtr = std::shared_ptr<const ParsedSchema>;

/// Parses a schema. `references` are all that it needs, theirs too, in an order in which each comes after what it
/// needs. InvalidArgument with line and column of what is wrong; Exhausted beyond a bound.
Result<ParsedSchemaPtr> parseAvro(std::string text, std::span<const NamedSchema> references = {});
Result<ParsedSchemaPtr> parseJsonSchema(std::string text, std::span<const NamedSchema> references = {});
Result<ParsedSchemaPtr> parseProtobuf(std::string text, std::span<const NamedSchema> references = {});
Result<ParsedSchemaPtr> parseSchema(SchemaType type, std::string text, std::span<const NamedSchema> references = {});

} // namespace meshbone::catalog
