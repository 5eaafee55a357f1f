// SPDX-License-Identifier: Apache-2.0
#include "schema/rest/formatted.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace meshbone::catalog {

namespace {

/// The subjects that a definition refers to, what these refer to too, each once. What can be read is in bounds.
std::set<std::string> subjectsBehind(const RegistryState& state, std::string name,
                                     std::vector<SchemaReference> references) {
    std::set<std::pair<std::string, int>> seen;
    std::set<std::string> subjects;
    std::vector<std::pair<std::string, std::vector<SchemaReference>>> waiting{{std::move(name), std::move(references)}};
    while (!waiting.empty()) {
        const auto [context, some] = std::move(waiting.back());
        waiting.pop_back();
        for (const auto& one : some) {
            const auto subject =
                one.subject.starts_with(":.") ? SubjectName::parse(one.subject) : SubjectName{context, one.subject};
            const auto text = subject.toString();
            const auto version = one.version == -1 ? state.latest(text) : state.version(text, one.version);
            subjects.insert(text);
            if (version && seen.emplace(text, version->version).second) {
                waiting.emplace_back(subject.context, version->definition->references);
            }
        }
    }
    return subjects;
}

} // namespace

std::optional<std::string> unreadableBehind(const RestContext& context, const RestCall& call, const std::string& name,
                                            const SchemaDefinition& definition) {
    const auto behind = context.service.registry().read(
        [&](const RegistryState& state) { return subjectsBehind(state, name, definition.references); });
    const auto found = std::ranges::find_if(
        behind, [&](const std::string& one) { return !context.mayDo(call, RegistryAction::Read, one); });
    return found == behind.end() ? std::nullopt : std::optional(*found);
}

RegistryResult<SchemaDefinitionPtr> formatted(const RestContext& context, const RestCall& call, const std::string& name,
                                              const SchemaDefinitionPtr& definition) {
    const auto format = call.text("format");
    if (format.empty()) {
        return definition;
    }
    const auto parsed = context.service.registry().read(
        [&](const RegistryState& state) { return context.service.cache().parsed(state, name, *definition); });
    if (!parsed) {
        return std::unexpected(parsed.error());
    }
    auto text = (*parsed)->formattedText(format);
    if (!text) {
        return definition;
    }
    if (const auto subject = unreadableBehind(context, call, name, *definition)) {
        return refuse(
            40301, fmt::format("User is denied operation Read on subject: {}, which the schema refers to.", *subject));
    }
    auto changed = std::make_shared<SchemaDefinition>(*definition);
    changed->text = std::move(*text);
    return changed;
}

RegistryResult<SchemaVersion> formatted(const RestContext& context, const RestCall& call, SchemaVersion version) {
    auto definition = formatted(context, call, SubjectName::parse(version.subject).context, version.definition);
    if (!definition) {
        return std::unexpected(definition.error());
    }
    version.definition = std::move(*definition);
    return version;
}

} // namespace meshbone::catalog
