// SPDX-License-Identifier: Apache-2.0
#include "schema/registry/merge_metadata.h"
#include "schema/registry/registry_rules.h"

#include <fmt/format.h>

namespace meshbone::catalog {

namespace {

constexpr int kNextVersion = -1; // of a registration: one more than the last, and never the one that is there

RegistryResult<SchemaVersion> taggedVersion(const RegistryState& state, const std::string& subject, int version) {
    const auto found = version == -1 ? state.latest(subject) : state.version(subject, version);
    if (found && !found->isDeleted) {
        return *found;
    }
    if (!state.hasSubject(subject, Deleted::Without)) {
        return refuse(40401, fmt::format("Subject '{}' not found.", subject));
    }
    return refuse(40402, fmt::format("Version {} not found.", version));
}

/// The rules that the new version has: those of the latest one, with others merged in and some taken out, or just the
/// ones that are given.
std::string rulesOf(const RegistryState& state, const std::string& subject, const TagRequest& request) {
    if (!request.ruleSet.empty()) {
        return request.ruleSet;
    }
    const auto latest = state.latest(subject);
    const auto merged = mergeRuleSets(latest ? latest->definition->ruleSet : std::string(), request.rulesToMerge);
    return withoutRules(merged, request.rulesToRemove);
}

} // namespace

RegistryResult<Registered> decideTags(const RegistryState& state, ParsedCache& cache, const TagRequest& request,
                                      Judgement& judgement) {
    const auto version = taggedVersion(state, request.subject.toString(), request.version);
    if (!version) {
        return std::unexpected(version.error());
    }
    const auto parsed = cache.parsed(state, request.subject.context, *version->definition);
    if (!parsed) {
        return std::unexpected(parsed.error());
    }
    auto text = taggedText(**parsed, request.changes);
    if (!text) {
        return refuse(42201, text.error().message);
    }
    RegisterRequest made;
    made.subject = request.subject;
    made.schema = *version->definition;
    made.schema.text = std::move(*text);
    if (!request.metadata.empty()) {
        made.schema.metadata = request.metadata;
    }
    made.schema.ruleSet = rulesOf(state, request.subject.toString(), request);
    made.version = request.newVersion > 0 ? request.newVersion : kNextVersion;
    return decideRegister(state, cache, made, judgement, Alias::Ignored);
}

} // namespace meshbone::catalog
