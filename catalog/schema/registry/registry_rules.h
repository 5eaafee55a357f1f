// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/registry/judgement.h"
#include "schema/registry/parsed_cache.h"
#include "schema/tags/tagged_text.h"

namespace meshbone::catalog {

// What a request changes, or why it may not: from the state alone, so that requests can be decided one after the other
// before any of them is on the log. Each answers with the records to append, in their order.

/// A subject's settings as they hold for it: its own, else its context's, else the global ones, else the defaults.
struct SettingsInScope {
    CompatibilityLevel level = CompatibilityLevel::Backward;
    CompatibilityPolicy policy = CompatibilityPolicy::Strict;
    bool isNormalized = false;
    bool validatesFields = false; ///< `validateFields`: reserved_fields.h
    bool validatesNew = true;     ///< `validateNewSchemas`: ParsedSchema::checkAsNew() decides of a new schema
    WriteValidation validation = WriteValidation::Off;
    std::string compatibilityGroup; ///< a property of the metadata: only versions of the same value are compared
    std::string defaultMetadata, overrideMetadata, defaultRuleSet, overrideRuleSet; ///< JSON, empty: none
};
SettingsInScope settingsInScope(const RegistryState& state, const SubjectName& subject);
SubjectMode modeInScope(const RegistryState& state, const SubjectName& subject);
/// The subject that another one is an alias for, else itself (`alias` in its settings). What that is an alias for in
/// its turn doesn't count, as in Confluent's registry.
SubjectName withoutAlias(const RegistryState& state, const SubjectName& subject);
/// Whether a request's subject may be an alias, or is meant itself: who has looked at rights knows already what it
/// stands for, and it must stay that.
enum class Alias : std::uint8_t { Followed, Ignored };
inline SubjectName subjectOf(const RegistryState& state, const SubjectName& asked, Alias alias) {
    return alias == Alias::Followed ? withoutAlias(state, asked) : asked;
}
/// The aliases among the subjects of a prefix, by what they stand for.
std::map<std::string, std::vector<std::string>> aliasesBySubject(const RegistryState& state, std::string_view prefix);

/// Whether the configuration object has such a member, beside its level.
bool isConfigMember(std::string_view name);
/// The JSON of a configuration as Confluent's registry shows it: `compatibilityLevel`, and what else is set.
std::string shownConfig(const std::string& stored);
/// The configuration that holds for a subject, in the same form: what it doesn't set itself is its context's, else the
/// global one, else the default. An alias is only ever a subject's own.
std::string configInScope(const RegistryState& state, const SubjectName& subject);

/// Compares a schema with versions of its subject as a level wants. `previous` ascending, without deleted ones; also of
/// those, only the latest counts where the level isn't transitive. After `end` nothing more is compared.
SchemaVerdict compareWith(const ParsedSchema& schema, const std::vector<std::pair<int, ParsedSchemaPtr>>& previous,
                          CompatibilityLevel level, CompatibilityPolicy policy, ComparisonEnd end);
/// The lines of an answer to a compatibility check or a refused registration, as Confluent's registry phrases them.
std::vector<std::string> verdictLines(const SchemaVerdict& verdict);

struct Registered {
    int version = 0;
    SchemaId id{-1};
    bool isNew = false;     ///< false: it was there already, nothing is to be appended
    bool isChanged = false; ///< the definition isn't the one that was sent: settings or an earlier version added to it
    SchemaDefinitionPtr definition;
    std::vector<RegistryRecord> records;
};
/// 42201, 42205, 42207, 42208, 42209, 409 with what stands against it.
RegistryResult<Registered> decideRegister(const RegistryState& state, ParsedCache& cache,
                                          const RegisterRequest& request, Judgement& judgement,
                                          Alias alias = Alias::Followed);
inline RegistryResult<Registered> decideRegister(const RegistryState& state, ParsedCache& cache,
                                                 const RegisterRequest& request) {
    Judgement judgement;
    return decideRegister(state, cache, request, judgement);
}
/// A new version of a subject, made of one of its versions: with other tags in its text, other metadata or other rules.
struct TagRequest {
    SubjectName subject; ///< itself, no alias
    int version = -1;    ///< the one it is made of; -1: the latest
    int newVersion = 0;  ///< the number it must get; 0: the next
    std::vector<EntityTags> changes;
    std::string metadata; ///< JSON, empty: as it is
    std::string ruleSet;  ///< the same; where it is given, the next two are not looked at
    std::string rulesToMerge;
    std::vector<std::string> rulesToRemove; ///< by name
};
/// 40401, 40402, and what decideRegister() says.
RegistryResult<Registered> decideTags(const RegistryState& state, ParsedCache& cache, const TagRequest& request,
                                      Judgement& judgement);
/// What a level says of a schema against all versions (or, `version` above 0 or -1 for the latest, against that one
/// alone).
RegistryResult<SchemaVerdict> checkSchema(const RegistryState& state, ParsedCache& cache,
                                          const RegisterRequest& request, std::optional<int> version,
                                          Judgement& judgement, Alias alias = Alias::Followed);
inline RegistryResult<SchemaVerdict> checkSchema(const RegistryState& state, ParsedCache& cache,
                                                 const RegisterRequest& request, std::optional<int> version) {
    Judgement judgement;
    return checkSchema(state, cache, request, version, judgement);
}
/// The version of a subject that is this schema. 40401, 40403.
RegistryResult<SchemaVersion> lookUpSchema(const RegistryState& state, ParsedCache& cache,
                                           const RegisterRequest& request, Deleted deleted,
                                           Alias alias = Alias::Followed);

struct DeletedVersions {
    std::vector<int> versions;
    std::vector<RegistryRecord> records;
};
/// 40401, 40404, 40405, 42205, 42206.
RegistryResult<DeletedVersions> decideDeleteSubject(const RegistryState& state, const SubjectName& subject,
                                                    bool isPermanent);
/// 40401, 40402, 40406, 40407, 42205, 42206.
RegistryResult<DeletedVersions> decideDeleteVersion(const RegistryState& state, const SubjectName& subject, int version,
                                                    bool isPermanent);
/// Brings a deleted version back under its number and id: also one that was deleted for good, as long as the topic
/// still tells of it. 40402 where there is none, 42205, 42201 where it refers to one that isn't there.
RegistryResult<std::vector<RegistryRecord>> decideRestore(const RegistryState& state, const SubjectName& subject,
                                                          int version);

/// 42205 where a mode keeps a subject, a context or (empty) all from being changed.
RegistryResult<void> checkChangeable(const RegistryState& state, const std::string& scope);
/// `json` is what was sent: what it names is set, what is null is taken away, the rest stays; where nothing does, the
/// record takes the configuration away. 42203, 42205, 42210; 400 for a member of another shape.
RegistryResult<ConfigRecord> decideConfig(const RegistryState& state, const std::string& subject,
                                          const std::string& json);
/// 42204, 42205: IMPORT only where there are no schemas, or with `force`.
RegistryResult<ModeRecord> decideMode(const RegistryState& state, const std::string& subject, std::string_view mode,
                                      bool isForced);
/// 42211 where it still has subjects.
RegistryResult<ContextRecord> decideDeleteContext(const RegistryState& state, const std::string& context);

} // namespace meshbone::catalog
