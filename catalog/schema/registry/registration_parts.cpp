// SPDX-License-Identifier: Apache-2.0
#include "schema/registry/registration_parts.h"

#include "schema/registry/given_metadata.h"
#include "schema/registry/merge_metadata.h"
#include "schema/registry/reference_subject.h"
#include "schema/registry/reserved_fields.h"

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::catalog {

namespace {

std::string groupOf(const std::string& metadata, const std::string& name) {
    return name.empty() ? std::string() : metadataProperty(metadata, name);
}

/// The one that is meant is named: else what a version refers to would change, and could be deleted under it.
void pinReferences(const RegistryState& state, const std::string& context, std::vector<SchemaReference>& references) {
    for (auto& reference : references) {
        const auto latest = reference.version == -1
                                ? state.latest(referencedSubject(context, reference.subject).toString())
                                : std::nullopt;
        reference.version = latest ? latest->version : reference.version;
    }
}

/// With what reserved fields say of the schema, whatever the level is.
RegistryResult<SchemaVerdict> withReservedFields(RegistryResult<SchemaVerdict> verdict, const SettingsInScope& settings,
                                                 const std::pair<ParsedSchemaPtr, SchemaDefinition>& schema,
                                                 const std::vector<SchemaVersion>& versions) {
    if (!verdict || !settings.validatesFields) {
        return verdict;
    }
    const auto* latest = versions.empty() ? nullptr : &versions.back();
    for (auto& problem :
         reservedFieldProblems(*schema.first, schema.second, latest ? latest->definition.get() : nullptr)) {
        verdict->versions.push_back({latest ? latest->version : 0, true, {}, std::move(problem)});
    }
    return verdict;
}

} // namespace

RegistryResult<RegisterRequest> taken(const RegistryState& state, const RegisterRequest& asked, Alias alias) {
    auto request = asked;
    request.subject = subjectOf(state, asked.subject, alias);
    auto metadata = givenMetadata(request.schema.metadata);
    if (!metadata) {
        return std::unexpected(std::move(metadata.error()));
    }
    auto rules = givenRuleSet(request.schema.ruleSet);
    if (!rules) {
        return std::unexpected(std::move(rules.error()));
    }
    request.schema.metadata = std::move(*metadata);
    request.schema.ruleSet = std::move(*rules);
    pinReferences(state, request.subject.context, request.schema.references);
    return request;
}

RegistryResult<void> checkNew(const ParsedSchema& schema, const SettingsInScope& settings, bool isNormalized) {
    if (!settings.validatesNew && !isNormalized) {
        return {};
    }
    const auto checked = schema.checkAsNew();
    return checked ? RegistryResult<void>()
                   : refuse(42201, fmt::format("Invalid schema of type {}. {}", schemaTypeName(schema.type()),
                                               checked.error().message));
}

RegistryResult<std::pair<ParsedSchemaPtr, SchemaDefinition>> canonical(const RegistryState& state, ParsedCache& cache,
                                                                       const SubjectName& subject,
                                                                       SchemaDefinition definition, bool isNormalized) {
    auto parsed = cache.parsed(state, subject.context, definition);
    if (!parsed) {
        return std::unexpected(parsed.error());
    }
    definition.text = isNormalized ? (*parsed)->normalizedText() : (*parsed)->canonicalText();
    if (isNormalized) {
        std::ranges::sort(definition.references, {}, &SchemaReference::name);
    }
    return std::pair(*parsed, std::move(definition));
}

std::vector<SchemaVersion> previousVersions(const RegistryState& state, const RegisterRequest& request,
                                            const SettingsInScope& settings) {
    std::vector<SchemaVersion> previous;
    const auto subject = request.subject.toString();
    const auto* versions = state.versions(subject);
    const bool isTransitive = levelName(settings.level).ends_with("_TRANSITIVE");
    const auto group = groupOf(request.schema.metadata, settings.compatibilityGroup);
    for (auto one = versions ? versions->rbegin() : std::reverse_iterator<RegistryState::Versions::const_iterator>();
         versions && one != versions->rend(); ++one) {
        auto version = one->second.isDeleted ? std::nullopt : state.version(subject, one->first);
        if (!version || groupOf(version->definition->metadata, settings.compatibilityGroup) != group) {
            continue;
        }
        previous.push_back(std::move(*version));
        if (!isTransitive) {
            break;
        }
    }
    std::ranges::reverse(previous);
    return previous;
}

RegistryResult<SchemaVerdict> verdictOn(const RegistryState& state, ParsedCache& cache, const SettingsInScope& settings,
                                        const std::pair<ParsedSchemaPtr, SchemaDefinition>& schema,
                                        const std::vector<SchemaVersion>& versions, Judgement& judgement) {
    ComparedWith with{schemaGuid(schema.second), {}, settings.level, settings.policy};
    for (const auto& version : versions) {
        with.previous.emplace_back(version.version, version.id);
    }
    if (const auto* known = judgement.known(with)) {
        return withReservedFields(*known, settings, schema, versions);
    }
    Judgement::Previous previous;
    for (const auto& version : versions) {
        auto parsed = cache.parsed(state, SubjectName::parse(version.subject).context, *version.definition);
        if (!parsed) {
            return std::unexpected(parsed.error());
        }
        previous.emplace_back(version.version, std::move(*parsed));
    }
    return withReservedFields(judgement.of(std::move(with), schema.first, std::move(previous)), settings, schema,
                              versions);
}

/// The subject's version that is this definition; a deleted one only where it is asked for.
std::optional<SchemaVersion> sameVersion(const RegistryState& state, const SubjectName& subject, SchemaId id,
                                         Deleted deleted) {
    const auto name = subject.toString();
    const auto* versions = state.versions(name);
    for (auto one = versions ? versions->rbegin() : std::reverse_iterator<RegistryState::Versions::const_iterator>();
         versions && one != versions->rend(); ++one) {
        if (one->second.id == id && (deleted == Deleted::With || !one->second.isDeleted)) {
            return state.version(name, one->first);
        }
    }
    return std::nullopt;
}

} // namespace meshbone::catalog
