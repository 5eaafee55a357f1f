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

/// The first of the scopes' configurations that has a member.
JsonTree settingOf(const RegistryState& state, const SubjectName& subject, std::string_view name) {
    for (const auto& scope : scopes(subject)) {
        if (const auto* json = state.config(scope)) {
            const auto tree = readJsonTree(*json);
            const auto* member = tree ? tree->find(name) : nullptr;
            if (member && !member->is(JsonTree::Kind::Null)) {
                return *member;
            }
        }
    }
    return {};
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
    SettingsInScope settings;
    settings.level =
        levelFromName(settingOf(state, subject, "compatibilityLevel").text).value_or(CompatibilityLevel::Backward);
    settings.policy = settingOf(state, subject, "compatibilityPolicy").text == "LENIENT" ? CompatibilityPolicy::Lenient
                                                                                         : CompatibilityPolicy::Strict;
    settings.validatesFields = settingOf(state, subject, "validateFields").is(JsonTree::Kind::True);
    settings.validatesNew = !settingOf(state, subject, "validateNewSchemas").is(JsonTree::Kind::False);
    settings.isNormalized = settingOf(state, subject, "normalize").is(JsonTree::Kind::True);
    settings.validation =
        validationFromName(settingOf(state, subject, "validation").text).value_or(WriteValidation::Off);
    settings.compatibilityGroup = settingOf(state, subject, "compatibilityGroup").text;
    settings.defaultMetadata = objectText(settingOf(state, subject, "defaultMetadata"));
    settings.overrideMetadata = objectText(settingOf(state, subject, "overrideMetadata"));
    settings.defaultRuleSet = objectText(settingOf(state, subject, "defaultRuleSet"));
    settings.overrideRuleSet = objectText(settingOf(state, subject, "overrideRuleSet"));
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
        if (!value.is(JsonTree::Kind::Null) && (name == "compatibilityLevel" || isConfigMember(name))) {
            shown.members.emplace_back(name, value);
        }
    }
    return shown.toString();
}

std::string configInScope(const RegistryState& state, const SubjectName& subject) {
    JsonTree shown{JsonTree::Kind::Object, 0, {}, {}, {}};
    const auto own = subject.toString();
    for (const auto& scope : scopes(subject)) {
        const auto* stored = state.config(scope);
        const auto tree = stored ? readJsonTree(shownConfig(*stored)) : fail(ErrorCode::NotFound, {});
        for (const auto& [name, value] : tree ? tree->members : std::vector<JsonMember>()) {
            const bool isInherited = scope == own || !name.starts_with("alias");
            if (isInherited && !shown.find(name)) {
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
