// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/framing.h>
#include <catalog/schema_registry.h>

#include <backbone/record.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace meshbone::catalog {

/// A record's key or value as a person can read it.
struct DecodedPart {
    Framing framing = Framing::Absent;
    SchemaId id{-1};                     ///< as the bytes say; -1: none is named
    std::optional<SchemaVersion> schema; ///< nothing: none is named, or it isn't known
    std::string json;    ///< one line, where it could be decoded (of Framing::Json the bytes themselves)
    std::string problem; ///< why it couldn't be, a sentence; the bytes are to be shown instead
    [[nodiscard]] bool isDecoded() const { return problem.empty() && !json.empty(); }
};

/// Something found by a search.
struct SchemaHit {
    std::size_t version = 0; ///< index in versions()
    std::string field;       ///< SchemaField::path; empty: the schema itself
    std::string what;        ///< what matched, as a person reads it: "field", "doc", "tag", "type", "name", "owner"
};

/// All that a registry knew at one moment, with schemas parsed as they are needed. Immutable to its users; any thread.
/// What takes long (parsing many schemas for the first search) belongs in a job.
class SchemaBook {
public:
    explicit SchemaBook(std::vector<SchemaVersion> versions = {}, std::vector<SubjectSettings> settings = {});
    ~SchemaBook();

    [[nodiscard]] const std::vector<SchemaVersion>&
    versions() const; ///< by subject and version, deleted ones among them
    [[nodiscard]] const std::vector<SubjectSettings>& settings() const;
    [[nodiscard]] std::vector<std::string> subjects() const; ///< that have a version which isn't deleted
    [[nodiscard]] std::optional<SchemaVersion> version(const std::string& subject, int version) const;
    [[nodiscard]] std::optional<SchemaVersion> latest(const std::string& subject) const;
    [[nodiscard]] std::vector<SchemaVersion> versionsOf(const std::string& subject) const;
    /// The subjects that describe a topic by its name: "<topic>-value" and "<topic>-key", and by record:
    /// "<topic>-<name>".
    [[nodiscard]] std::vector<std::string> subjectsOfTopic(const std::string& topic) const;
    [[nodiscard]] CompatibilityLevel levelOf(const std::string& subject) const; ///< its own, else the global one
    [[nodiscard]] CompatibilityPolicy policyOf(const std::string& subject) const;
    [[nodiscard]] WriteValidation validationOf(const std::string& subject) const;

    /// InvalidArgument with the reason where it, or what it refers to, can't be parsed.
    [[nodiscard]] Result<ParsedSchemaPtr> parsed(const SchemaVersion& version) const;
    /// A text that isn't registered, with its references looked up here.
    [[nodiscard]] Result<ParsedSchemaPtr> parse(const std::string& subject, const SchemaDefinition& definition) const;
    /// What the subject's level says of it, with all the differences.
    [[nodiscard]] Result<SchemaVerdict> verdict(const std::string& subject, const SchemaDefinition& definition) const;

    /// A record's value (or key) as far as it can be read. Never fails: what is wrong is in the answer.
    [[nodiscard]] DecodedPart decode(const Record& record, bool isKey) const;
    /// A value of that schema as Confluent's serializers write it: zero byte, id, payload. InvalidArgument names the
    /// path.
    [[nodiscard]] Result<Bytes> encode(const SchemaVersion& version, const std::string& json) const;
    /// A schema by what a record says; nothing where it isn't known. `topic` decides between subjects that share it.
    [[nodiscard]] std::optional<SchemaVersion> byId(SchemaId id, const std::string& topic, bool isKey) const;

    /// Versions and fields in which all words of the text occur (any case) in a name, field, type, doc, tag or
    /// metadata; those of the latest versions first, at most `most`.
    [[nodiscard]] std::vector<SchemaHit> search(const std::string& text, std::size_t most = 500) const;

private:
    struct Inside;
    std::unique_ptr<Inside> m_inside;
};
using SchemaBookPtr = std::shared_ptr<const SchemaBook>;

/// All that a registry tells: its schemas, and (which takes a call for each subject where it isn't ours) what is set
/// for subjects. Blocks.
Result<SchemaBookPtr> readSchemaBook(SchemaRegistry& registry, bool withSettings, const CallOptions& call);

} // namespace meshbone::catalog
