// SPDX-License-Identifier: Apache-2.0
#include "schema/registry/merge_metadata.h"
#include "schema/registry/registration_parts.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <limits>

namespace meshbone::catalog {

namespace {

constexpr int kHighestNumber = std::numeric_limits<int>::max(); ///< of ids and versions

RegistryResult<void> checkMode(const RegistryState& state, const RegisterRequest& request) {
    const auto subject = request.subject.toString();
    if (auto checked = checkChangeable(state, subject); !checked) {
        return checked;
    }
    const auto mode = modeInScope(state, request.subject);
    if (request.id.value() >= 0 && mode != SubjectMode::Import) {
        return refuse(42205, fmt::format("Subject {} is not in import mode", subject));
    }
    if (request.id.value() < 0 && mode != SubjectMode::ReadWrite) {
        return refuse(42205, fmt::format("Subject {} is not in read-write mode", subject));
    }
    return {};
}

/// Fills in what the settings and the latest version add: an empty text, metadata and rules. Returns whether anything
/// was.
RegistryResult<bool> populate(const RegistryState& state, const SettingsInScope& settings, RegisterRequest& request,
                              int next) {
    const auto latest = state.latest(request.subject.toString());
    bool isChanged = false;
    if (request.schema.text.find_first_not_of(" \t\r\n") == std::string::npos) {
        if (!latest) {
            return refuse(42201, "Empty schema");
        }
        request.schema.text = latest->definition->text;
        request.schema.type = latest->definition->type;
        request.schema.references = latest->definition->references;
        isChanged = true;
    }
    const auto given = std::pair(request.schema.metadata, request.schema.ruleSet);
    if (request.schema.metadata.empty() && latest) {
        request.schema.metadata = latest->definition->metadata;
    }
    if (request.schema.ruleSet.empty() && latest) {
        request.schema.ruleSet = latest->definition->ruleSet;
    }
    auto& metadata = request.schema.metadata;
    metadata = mergeMetadata(mergeMetadata(settings.defaultMetadata, metadata), settings.overrideMetadata);
    request.schema.ruleSet =
        mergeRuleSets(mergeRuleSets(settings.defaultRuleSet, request.schema.ruleSet), settings.overrideRuleSet);
    if (request.version != 0 || !metadataProperty(metadata, kConfluentVersion).empty()) {
        metadata = withMetadataProperty(metadata, kConfluentVersion, std::to_string(next));
    }
    return isChanged || given != std::pair(request.schema.metadata, request.schema.ruleSet);
}

RegistryResult<SchemaId> chooseId(const RegistryState& state, const RegisterRequest& request,
                                  std::optional<SchemaId> known, const SchemaDefinition& definition) {
    const auto& context = request.subject.context;
    if (request.id.value() == kHighestNumber) { // one more would leave none for any other schema
        return refuse(42205, fmt::format("The id {} is the highest there is and isn't given.", request.id.value()));
    }
    if (request.id.value() >= 0) {
        const auto other = state.byId(context, request.id);
        if (other && !(*other == definition)) {
            return refuse(42205, fmt::format("Overwrite new schema with id {} is not permitted.", request.id.value()));
        }
        return request.id;
    }
    if (known) {
        return *known;
    }
    if (state.highestId(context) >= kHighestNumber - 1) {
        return refuse(50001, fmt::format("All ids of the context {} are taken: {} is. Use another context.", context,
                                         state.highestId(context)));
    }
    return SchemaId(state.highestId(context) + 1);
}

Registered alreadyThere(const SchemaVersion& version, bool isChanged) {
    Registered made;
    made.version = version.version;
    made.id = version.id;
    made.isChanged = isChanged;
    made.definition = version.definition;
    return made;
}

bool fillsIn(const SettingsInScope& settings) {
    return !settings.defaultMetadata.empty() || !settings.overrideMetadata.empty() ||
           !settings.defaultRuleSet.empty() || !settings.overrideRuleSet.empty();
}

/// The version that is there already by what was sent, before the latest version's metadata and a new
/// `confluent:version` go into it: what is registered once more is no new version.
std::optional<Registered> asSent(const RegistryState& state, ParsedCache& cache, const RegisterRequest& request,
                                 const SettingsInScope& settings) {
    if (request.version != 0 || fillsIn(settings) ||
        request.schema.text.find_first_not_of(" \t\r\n") == std::string::npos) {
        return std::nullopt;
    }
    const auto found = lookUpTaken(state, cache, request, Deleted::Without);
    if (!found || (request.id.value() >= 0 && request.id != found->id)) {
        return std::nullopt;
    }
    const auto& schema = request.schema;
    return alreadyThere(*found, std::pair(schema.metadata, schema.ruleSet) !=
                                    std::pair(found->definition->metadata, found->definition->ruleSet));
}

} // namespace

RegistryResult<Registered> decideRegister(const RegistryState& state, ParsedCache& cache, const RegisterRequest& asked,
                                          Judgement& judgement, Alias alias) {
    auto given = taken(state, asked, alias);
    if (!given) {
        return std::unexpected(std::move(given.error()));
    }
    auto& request = *given;
    if (auto checked = checkSubject(request.subject); !checked) {
        return std::unexpected(checked.error());
    }
    if (auto checked = checkMode(state, request); !checked) {
        return std::unexpected(checked.error());
    }
    const bool isImport = modeInScope(state, request.subject) == SubjectMode::Import;
    const auto settings = settingsInScope(state, request.subject);
    if (auto known = asSent(state, cache, request, settings)) {
        return std::move(*known);
    }
    const int highest = state.highestVersion(request.subject.toString());
    if (highest >= kHighestNumber - 1 || request.version == kHighestNumber) {
        return refuse(42202, fmt::format("The subject {} can't have a version after {}.", request.subject.toString(),
                                         std::max(highest, request.version)));
    }
    const int next = highest + 1;
    bool isChanged = false;
    if (!isImport) {
        const auto populated = populate(state, settings, request, next);
        if (!populated) {
            return std::unexpected(populated.error());
        }
        isChanged = *populated;
    }
    const bool isNormalized = request.isNormalized || settings.isNormalized;
    const auto parsed = canonical(state, cache, request.subject, request.schema, isNormalized);
    if (!parsed) {
        return std::unexpected(parsed.error());
    }
    if (auto checked = checkNew(*parsed->first, settings, isNormalized); !isImport && !checked) {
        return std::unexpected(std::move(checked.error()));
    }
    const auto& definition = parsed->second;
    const auto known = state.idOf(request.subject.context, schemaGuid(definition));
    if (known && request.version == 0 && (request.id.value() < 0 || request.id == *known)) {
        if (const auto same = sameVersion(state, request.subject, *known, Deleted::Without)) {
            return alreadyThere(*same, isChanged);
        }
    }
    if (request.version > 0 && request.version != next && !isImport) {
        return refuse(42201, fmt::format("Version is not one more than previous version: it would be {}, not {}.", next,
                                         request.version));
    }
    if (!isImport) {
        const auto verdict =
            verdictOn(state, cache, settings, *parsed, previousVersions(state, request, settings), judgement);
        if (!verdict) {
            return std::unexpected(verdict.error());
        }
        if (!verdict->isCompatible()) {
            return refuse(
                409, fmt::format("Schema being registered is incompatible with an earlier schema for subject \"{}\", "
                                 "details: [{}]",
                                 request.subject.toString(), fmt::join(verdictLines(*verdict), ", ")));
        }
    }
    const auto id = chooseId(state, request, known, definition);
    if (!id) {
        return std::unexpected(id.error());
    }
    Registered made;
    made.version = request.version > 0 ? request.version : next;
    made.id = *id;
    made.isNew = true;
    made.isChanged = isChanged;
    made.definition = known && *known == *id ? state.byId(request.subject.context, *id)
                                             : std::make_shared<const SchemaDefinition>(definition);
    const auto subject = request.subject.toString();
    const auto contexts = state.contexts();
    if (!std::ranges::binary_search(contexts, request.subject.context)) {
        made.records.push_back(ContextRecord{request.subject.context, false});
    }
    // A deleted version of the same schema is told by the new one from now on.
    if (const auto* versions = state.versions(subject)) {
        for (const auto& [version, stored] : *versions) {
            if (stored.isDeleted && stored.id == *id && version < made.version) {
                made.records.push_back(SchemaRecord{subject, version, {}, nullptr, false});
            }
        }
    }
    made.records.push_back(SchemaRecord{subject, made.version, made.id, made.definition, false});
    return made;
}

} // namespace meshbone::catalog
