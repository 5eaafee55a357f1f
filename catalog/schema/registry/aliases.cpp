// SPDX-License-Identifier: Apache-2.0
#include "schema/registry/registry_rules.h"

#include <catalog/json_tree.h>

namespace meshbone::catalog {

namespace {

/// What a subject's settings say that it stands for; a name without a context is of the subject's.
std::optional<SubjectName> aliasIn(const std::string& config, const SubjectName& subject) {
    const auto tree = readJsonTree(config);
    const auto* alias = tree ? tree->find("alias") : nullptr;
    if (alias == nullptr || !alias->is(JsonTree::Kind::String) || alias->text.empty()) {
        return std::nullopt;
    }
    const auto other = SubjectName::parse(alias->text);
    return alias->text.starts_with(":.") ? other : SubjectName{subject.context, other.subject};
}

} // namespace

SubjectName withoutAlias(const RegistryState& state, const SubjectName& subject) {
    const auto* config = subject.subject.empty() ? nullptr : state.config(subject.toString());
    return config == nullptr ? subject : aliasIn(*config, subject).value_or(subject);
}

std::map<std::string, std::vector<std::string>> aliasesBySubject(const RegistryState& state, std::string_view prefix) {
    std::map<std::string, std::vector<std::string>> aliases;
    for (auto one = state.configs().lower_bound(std::string(prefix));
         one != state.configs().end() && one->first.starts_with(prefix); ++one) {
        const auto name = SubjectName::parse(one->first);
        if (name.subject.empty()) {
            continue; // of a context, or of all: these stand for nothing
        }
        if (const auto other = aliasIn(one->second, name)) {
            aliases[other->toString()].push_back(one->first);
        }
    }
    return aliases;
}

} // namespace meshbone::catalog
