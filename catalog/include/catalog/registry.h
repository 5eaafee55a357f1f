// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/schema.h>

#include <expected>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace meshbone::catalog {

// The schema registry's values, by Confluent's terms: a subject has versions, a version is a schema, a schema has an id
// that is one within a context, and a GUID that is one everywhere.

using SchemaId = Strong<struct SchemaIdTag, std::int32_t>;

/// Why a request was refused, with the code that Confluent's registry gives it: the HTTP status and two digits, or the
/// status alone.
struct RegistryError {
    int code = 50001;
    std::string message;
    [[nodiscard]] int status() const { return code >= 1000 ? code / 100 : code; }
    friend bool operator==(const RegistryError&, const RegistryError&) = default;
};
template <class T>
using RegistryResult = std::expected<T, RegistryError>;
inline std::unexpected<RegistryError> refuse(int code, std::string message) {
    return std::unexpected(RegistryError{code, std::move(message)});
}

struct SchemaReference {
    std::string name; ///< how the schema that refers calls it
    std::string subject;
    int version = 0;
    friend bool operator==(const SchemaReference&, const SchemaReference&) = default;
};

/// What one id stands for. The JSON texts are as they were given, empty: none.
struct SchemaDefinition {
    SchemaType type = SchemaType::Avro;
    std::string text;
    std::vector<SchemaReference> references;
    std::string metadata; ///< {"tags":…,"properties":…,"sensitive":…}
    std::string ruleSet;  ///< {"migrationRules":…,"domainRules":…,"encodingRules":…}
    friend bool operator==(const SchemaDefinition&, const SchemaDefinition&) = default;
};
using SchemaDefinitionPtr = std::shared_ptr<const SchemaDefinition>;

/// MD5 over a definition as Confluent's registry computes it, in the form of a UUID.
std::string schemaGuid(const SchemaDefinition& definition);

struct SchemaVersion {
    std::string subject; ///< with its context, unless that is the default one: ":.ctx:orders-value"
    int version = 0;
    SchemaId id{-1};
    std::string guid;
    SchemaDefinitionPtr definition;
    bool isDeleted = false;
    TimestampMs writtenMs = -1; ///< when its record was written
};

/// A subject in its context. The default context is ".".
struct SubjectName {
    std::string context = ".";
    std::string subject; ///< without the context
    /// Splits ":.ctx:name"; what isn't of that form is a subject of the default context.
    static SubjectName parse(std::string_view text);
    [[nodiscard]] std::string toString() const;
    friend auto operator<=>(const SubjectName&, const SubjectName&) = default;
};
/// The topic whose values or keys a subject describes by its name ("orders-value", "orders-key", in whatever context);
/// empty where the name says no such thing.
std::string topicOfSubject(std::string_view subject);
/// 42208 for a subject that can't be: empty, control characters, names that are reserved, too long.
RegistryResult<void> checkSubject(const SubjectName& subject);

enum class CompatibilityLevel : std::uint8_t {
    None,
    Backward,
    BackwardTransitive,
    Forward,
    ForwardTransitive,
    Full,
    FullTransitive,
};
std::string_view levelName(CompatibilityLevel level); ///< "BACKWARD_TRANSITIVE"
std::optional<CompatibilityLevel> levelFromName(std::string_view name);
/// A sentence for a person: what may change, and which side is rolled out first.
std::string levelWords(CompatibilityLevel level);

enum class SubjectMode : std::uint8_t { ReadWrite, ReadOnly, ReadOnlyOverride, Import, Forward };
std::string_view modeName(SubjectMode mode); ///< "READWRITE"
std::optional<SubjectMode> modeFromName(std::string_view name);

/// Whether the embedded broker checks what is written to a subject's topic; Meshbone's own member `validation` of the
/// configuration object.
enum class WriteValidation : std::uint8_t { Off, Log, Refuse };
std::string_view validationName(WriteValidation validation); ///< "REFUSE"
std::optional<WriteValidation> validationFromName(std::string_view name);

/// How a schema compares with one version that it must be compatible with.
struct VersionVerdict {
    int version = 0;
    bool isReader = true; ///< the new schema reads what the old one wrote; false: the other way round
    std::vector<SchemaDifference> differences;
    std::string failure; ///< not empty: the two couldn't be compared, a sentence
    [[nodiscard]] bool isCompatible() const;
};
/// What a level says of a schema, with all that speaks against it.
struct SchemaVerdict {
    CompatibilityLevel level = CompatibilityLevel::Backward;
    std::vector<VersionVerdict> versions; ///< only what was compared; empty: there was nothing to compare with
    [[nodiscard]] bool isCompatible() const;
};

/// Which versions an answer has.
enum class Deleted : std::uint8_t { Without, With, Only };

/// A registration as it is asked for.
struct RegisterRequest {
    SubjectName subject;
    SchemaDefinition schema;
    int version = 0; ///< 0: the next one; another must be that, unless the subject is in IMPORT mode
    SchemaId id{-1}; ///< -1: the schema's, or a new one; another wants IMPORT mode
    bool isNormalized = false;
};

} // namespace meshbone::catalog
