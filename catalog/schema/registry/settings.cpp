// SPDX-License-Identifier: Apache-2.0
#include "schema/registry/registry_rules.h"

#include <catalog/json_tree.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace meshbone::catalog {

namespace {

/// Where a subject's settings are looked for, the nearest first.
std::vector<std::string> scopes(const SubjectName& subject) {
    std::vector<std::string> all{subject.toString()};
    if (subject.context != ".") {
        all.push_back(fmt::format(":{}:", subject.context));
    }
    all.emplace_back(); // global
    return all;
}

/// The configurations of the scopes that have one, with the scope, the nearest first.
std::vector<std::pair<std::string, JsonTree>> configsInScope(const RegistryState& state, const SubjectName& subject) {
    std::vector<std::pair<std::string, JsonTree>> configs;
    for (auto& scope : scopes(subject)) {
        const auto* json = state.config(scope);
        if (auto tree = json ? readJsonTree(*json) : fail(ErrorCode::NotFound, {})) {
            configs.emplace_back(std::move(scope), *std::move(tree));
        }
    }
    return configs;
}

/// A member that a configuration sets, and that is shown: null sets nothing.
bool isSet(std::string_view name, const JsonTree& value) {
    return !value.is(JsonTree::Kind::Null) && (name == "compatibilityLevel" || isConfigMember(name));
}

std::string objectText(const JsonTree& tree) {
    return tree.is(JsonTree::Kind::Object) ? tree.toString() : std::string();
}

} // namespace

bool isConfigMember(std::string_view name) {
    static constexpr std::array<std::string_view, 13> kMembers{
        "validation",         "alias",          "aliasForDeks",        "normalize",          "validateFields",
        "validateNewSchemas", "validateRules",  "compatibilityPolicy", "compatibilityGroup", "defaultMetadata",
        "overrideMetadata",   "defaultRuleSet", "overrideRuleSet"};
    return std::ranges::find(kMembers, name) != kMembers.end();
}

SettingsInScope settingsInScope(const RegistryState& state, const SubjectName& subject) {
    const auto configs = configsInScope(state, subject);
    const JsonTree unset;
    const auto settingOf = [&](std::string_view name) -> const JsonTree& {
        for (const auto& [scope, config] : configs) {
            const auto* member = config.find(name);
            if (member && !member->is(JsonTree::Kind::Null)) {
                return *member;
            }
        }
        return unset;
    };
    SettingsInScope settings;
    settings.level = levelFromName(settingOf("compatibilityLevel").text).value_or(CompatibilityLevel::Backward);
    settings.policy =
        settingOf("compatibilityPolicy").text == "LENIENT" ? CompatibilityPolicy::Lenient : CompatibilityPolicy::Strict;
    settings.validatesFields = settingOf("validateFields").is(JsonTree::Kind::True);
    settings.validatesNew = !settingOf("validateNewSchemas").is(JsonTree::Kind::False);
    settings.isNormalized = settingOf("normalize").is(JsonTree::Kind::True);
    settings.validation = validationFromName(settingOf("validation").text).value_or(WriteValidation::Off);
    settings.compatibilityGroup = settingOf("compatibilityGroup").text;
    settings.defaultMetadata = objectText(settingOf("defaultMetadata"));
    settings.overrideMetadata = objectText(settingOf("overrideMetadata"));
    settings.defaultRuleSet = objectText(settingOf("defaultRuleSet"));
    settings.overrideRuleSet = objectText(settingOf("overrideRuleSet"));
    return settings;
}

SubjectMode modeInScope(const RegistryState& state, const SubjectName& subject) {
    // A global READONLY_OVERRIDE beats what a subject says for itself.
    if (state.mode({}) == SubjectMode::ReadOnlyOverride) {
        return SubjectMode::ReadOnlyOverride;
    }
    for (const auto& scope : scopes(subject)) {
        if (const auto mode = state.mode(scope)) {
            return *mode;
        }
    }
    return SubjectMode::ReadWrite;
}

std::string shownConfig(const std::string& stored) {
    const auto tree = readJsonTree(stored);
    JsonTree shown{JsonTree::Kind::Object, 0, {}, {}, {}};
    for (const auto& [name, value] : tree ? tree->members : std::vector<JsonMember>()) {
        if (isSet(name, value)) {
            shown.members.emplace_back(name, value);
        }
    }
    return shown.toString();
}

std::string configInScope(const RegistryState& state, const SubjectName& subject) {
    JsonTree shown{JsonTree::Kind::Object, 0, {}, {}, {}};
    const auto own = subject.toString();
    for (const auto& [scope, config] : configsInScope(state, subject)) {
        for (const auto& [name, value] : config.members) {
            const bool isInherited = scope == own || !name.starts_with("alias");
            if (isSet(name, value) && isInherited && !shown.find(name)) {
                shown.members.emplace_back(name, value);
            }
        }
    }
    if (!shown.find("compatibilityLevel")) {
        const std::string level(levelName(CompatibilityLevel::Backward));
        shown.members.emplace(shown.members.begin(), "compatibilityLevel",
                              JsonTree{JsonTree::Kind::String, 0, level, {}, {}});
    }
    return shown.toString();
}

} // namespace meshbone::catalog
