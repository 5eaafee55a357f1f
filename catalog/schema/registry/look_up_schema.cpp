// SPDX-License-Identifier: Apache-2.0
#include "schema/registry/registration_parts.h"

#include <fmt/format.h>

namespace meshbone::catalog {

RegistryResult<SchemaVerdict> checkSchema(const RegistryState& state, ParsedCache& cache, const RegisterRequest& asked,
                                          std::optional<int> version, Judgement& judgement, Alias alias) {
    const auto given = taken(state, asked, alias);
    if (!given) {
        return std::unexpected(given.error());
    }
    const auto& request = *given;
    auto settings = settingsInScope(state, request.subject);
    const bool isNormalized = request.isNormalized || settings.isNormalized;
    const auto parsed = canonical(state, cache, request.subject, request.schema, isNormalized);
    if (!parsed) {
        return std::unexpected(parsed.error());
    }
    if (auto checked = checkNew(*parsed->first, settings, isNormalized); !checked) {
        return std::unexpected(std::move(checked.error()));
    }
    if (!version) {
        return verdictOn(state, cache, settings, *parsed, previousVersions(state, request, settings), judgement);
    }
    const auto subject = request.subject.toString();
    const auto other = *version == -1 ? state.latest(subject) : state.version(subject, *version);
    if (!other || other->isDeleted) {
        if (*version == -1 && !other) {
            return SchemaVerdict{settings.level, {}}; // there is nothing that it could break
        }
        return state.hasSubject(subject, Deleted::Without)
                   ? refuse(40402, fmt::format("Version {} not found.", *version))
                   : refuse(40401, fmt::format("Subject '{}' not found.", subject));
    }
    return verdictOn(state, cache, settings, *parsed, {*other}, judgement);
}

RegistryResult<SchemaVersion> lookUpSchema(const RegistryState& state, ParsedCache& cache, const RegisterRequest& asked,
                                           Deleted deleted, Alias alias) {
    const auto request = taken(state, asked, alias);
    return request ? lookUpTaken(state, cache, *request, deleted) : std::unexpected(request.error());
}

RegistryResult<SchemaVersion> lookUpTaken(const RegistryState& state, ParsedCache& cache,
                                          const RegisterRequest& request, Deleted deleted) {
    const auto subject = request.subject.toString();
    if (!state.hasSubject(subject, deleted == Deleted::With ? Deleted::With : Deleted::Without)) {
        return refuse(40401, fmt::format("Subject '{}' not found.", subject));
    }
    const auto settings = settingsInScope(state, request.subject);
    const auto parsed =
        canonical(state, cache, request.subject, request.schema, request.isNormalized || settings.isNormalized);
    if (!parsed) {
        return std::unexpected(parsed.error());
    }
    const auto& definition = parsed->second;
    if (const auto id = state.idOf(request.subject.context, schemaGuid(definition))) {
        if (auto same = sameVersion(state, request.subject, *id, deleted)) {
            return *same;
        }
    }
    // Metadata and rules may have been added when it was registered: without any given, the text and references decide.
    const auto* versions = state.versions(subject);
    if (definition.metadata.empty() && definition.ruleSet.empty() && versions) {
        for (auto one = versions->rbegin(); one != versions->rend(); ++one) {
            const auto version = state.version(subject, one->first);
            if ((deleted == Deleted::With || !version->isDeleted) && version->definition->text == definition.text &&
                version->definition->references == definition.references &&
                version->definition->type == definition.type) {
                return *version;
            }
        }
    }
    return refuse(40403, "Schema not found");
}

} // namespace meshbone::catalog
