// SPDX-License-Identifier: Apache-2.0
#include "schema/registry/registry_rules.h"

#include <catalog/json_tree.h>

#include <fmt/format.h>

#include <algorithm>

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

constexpr std::array<std::string_view, 13> kConfigMembers{
    "validation",         "alias",          "aliasForDeks",        "normalize",          "validateFields",
    "validateNewSchemas", "validateRules",  "compatibilityPolicy", "compatibilityGroup", "defaultMetadata",
    "overrideMetadata",   "defaultRuleSet", "overrideRuleSet"};

} // namespace

SettingsInScope settingsInScope(const RegistryState& state, const SubjectName& subject) {
    SettingsInScope settings;
    settings.level =
        levelFromName(settingOf(state, subject, "compatibilityLevel").text).value_or(CompatibilityLevel::Backward);
    settings.policy = settingOf(state, subject, "compatibilityPolicy").text == "LENIENT" ? CompatibilityPolicy::Lenient
                                                                                         : CompatibilityPolicy::Strict;
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
        if (!value.is(JsonTree::Kind::Null) &&
            (name == "compatibilityLevel" || std::ranges::find(kConfigMembers, name) != kConfigMembers.end())) {
            shown.members.emplace_back(name, value);
        }
    }
    return shown.toString();
}

namespace {

/// Whether settings can be kept under that name: of a subject, a context, or empty for all.
RegistryResult<void> checkScope(const std::string& scope) {
    auto name = SubjectName::parse(scope);
    if (name.subject.empty()) {
        name.subject = "all";
    }
    return checkSubject(name);
}

/// What can only have certain values; null takes away whatever it was.
RegistryResult<void> checkMember(std::string_view name, const JsonTree& value) {
    if (value.is(JsonTree::Kind::Null)) {
        return {};
    }
    if (name == "compatibility" && !levelFromName(value.text)) {
        return refuse(42203, "Invalid compatibility level. Valid values are none, backward, forward, full, "
                             "backward_transitive, forward_transitive, and full_transitive.");
    }
    if (name == "compatibilityPolicy" && !value.isString("STRICT") && !value.isString("LENIENT")) {
        return refuse(42203, "Invalid compatibility policy. Valid values are STRICT and LENIENT.");
    }
    if (name == "alias" && !value.is(JsonTree::Kind::String)) {
        return refuse(422, "\"alias\" must be the name of the subject that this one stands for.");
    }
    if (name == "alias" && !value.text.empty()) {
        return checkSubject(SubjectName::parse(value.text));
    }
    if (name == "validation" && !validationFromName(value.text)) {
        return refuse(42203, "Invalid validation. Valid values are OFF, LOG and REFUSE.");
    }
    return {};
}

/// A level by the name that it is kept under, whatever its case was.
JsonTree levelTree(const JsonTree& value) {
    const auto level = levelFromName(value.text);
    return level ? JsonTree{JsonTree::Kind::String, 0, std::string(levelName(*level)), {}, {}} : JsonTree{};
}

} // namespace

RegistryResult<ConfigRecord> decideConfig(const RegistryState& state, const std::string& subject,
                                          const std::string& json) {
    if (auto checked = checkScope(subject); !checked) {
        return std::unexpected(std::move(checked.error()));
    }
    const auto sent = readJsonTree(json);
    if (!sent || !sent->is(JsonTree::Kind::Object)) {
        return refuse(422, "The configuration must be a JSON object such as {\"compatibility\": \"BACKWARD\"}.");
    }
    const auto* stored = state.config(subject);
    auto merged = stored ? readJsonTree(*stored).value_or(JsonTree{}) : JsonTree{};
    merged.kind = JsonTree::Kind::Object;
    const auto set = [&](std::string_view name, const JsonTree& value) {
        std::erase_if(merged.members, [&](const auto& member) { return member.first == name; });
        if (!value.is(JsonTree::Kind::Null)) {
            merged.members.emplace_back(std::string(name), value);
        }
    };
    bool isAnyKnown = false;
    for (const auto& [name, value] : sent->members) {
        if (auto checked = checkMember(name, value); !checked) {
            return std::unexpected(std::move(checked.error()));
        }
        const bool isLevel = name == "compatibility"; // sent by this name, kept and shown by another
        const bool isKnown = isLevel || std::ranges::find(kConfigMembers, name) != kConfigMembers.end();
        if (isKnown) {
            set(isLevel ? "compatibilityLevel" : name, isLevel ? levelTree(value) : value);
        }
        isAnyKnown = isAnyKnown || isKnown;
    }
    if (merged.members.empty() && isAnyKnown) {
        return ConfigRecord{subject, std::nullopt}; // the last that was set was taken away
    }
    if (merged.members.empty()) {
        return refuse(42203, "The configuration sets nothing. Name a compatibility level, for example "
                             "{\"compatibility\": \"BACKWARD\"}.");
    }
    return ConfigRecord{subject, merged.toString()};
}

RegistryResult<ModeRecord> decideMode(const RegistryState& state, const std::string& subject, std::string_view mode,
                                      bool isForced) {
    if (auto checked = checkScope(subject); !checked) {
        return std::unexpected(std::move(checked.error()));
    }
    const auto wanted = modeFromName(mode);
    const bool isGlobal = subject.empty();
    if (!wanted || (*wanted == SubjectMode::Forward && !isGlobal) ||
        (*wanted == SubjectMode::ReadOnlyOverride && !isGlobal)) {
        return refuse(42204, "Invalid mode. Valid values are READWRITE, READONLY and IMPORT; for all subjects also "
                             "READONLY_OVERRIDE and FORWARD.");
    }
    if (*wanted == SubjectMode::Import && !isForced) {
        const auto name = SubjectName::parse(subject);
        const bool isContext = !isGlobal && name.subject.empty();
        const auto prefix = isContext ? subject : std::string();
        const bool hasSchemas = isGlobal || isContext ? !state.subjects(prefix, Deleted::Without).empty()
                                                      : state.latest(subject).has_value();
        if (hasSchemas) {
            return refuse(42205, "Cannot import since found existing subjects. Delete them first, or give force=true.");
        }
    }
    return ModeRecord{subject, wanted};
}

RegistryResult<ContextRecord> decideDeleteContext(const RegistryState& state, const std::string& context) {
    if (!state.subjects(fmt::format(":{}:", context), Deleted::With).empty()) {
        return refuse(42211, fmt::format("The specified context '{}' is not empty.", context));
    }
    return ContextRecord{context, true};
}

} // namespace meshbone::catalog
