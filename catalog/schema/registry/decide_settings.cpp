// SPDX-License-Identifier: Apache-2.0
#include "schema/registry/given_metadata.h"
#include "schema/registry/registry_rules.h"

#include <catalog/json_tree.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace meshbone::catalog {

namespace {

/// Whether settings can be kept under that name: of a subject, a context, or empty for all.
RegistryResult<void> checkScope(const std::string& scope) {
    auto name = SubjectName::parse(scope);
    if (name.subject.empty()) {
        name.subject = "all";
    }
    return checkSubject(name);
}

using Shape = JsonTree::Kind;

JsonTree textTree(std::string text) {
    return {Shape::String, 0, std::move(text), {}, {}};
}

/// True and false, also as a text or a number, as Confluent's registry takes them.
RegistryResult<JsonTree> flagTree(std::string_view name, const JsonTree& value) {
    if (value.is(Shape::True) || value.is(Shape::False)) {
        return value;
    }
    const bool isScalar = value.is(Shape::String) || value.is(Shape::Number);
    if (isScalar && (value.text == "true" || value.text == "false" || value.asInteger())) {
        const bool isOn = value.text == "true" || value.asInteger().value_or(0) != 0;
        return JsonTree{isOn ? Shape::True : Shape::False, 0, {}, {}, {}};
    }
    return refuse(kWrongShape, fmt::format("\"{}\" must be true or false.", name));
}

/// A member that has a text, which must be one of those that `isKnown` knows.
RegistryResult<JsonTree> namedTree(const JsonTree& value, bool isKnown, const char* otherwise) {
    return isKnown ? RegistryResult<JsonTree>(value) : refuse(42203, otherwise);
}

RegistryResult<JsonTree> parsedTree(const RegistryResult<std::string>& json) {
    if (!json) {
        return std::unexpected(json.error());
    }
    auto tree = readJsonTree(*json);
    return tree ? RegistryResult<JsonTree>(*std::move(tree)) : refuse(kWrongShape, tree.error().message);
}

RegistryResult<JsonTree> aliasTree(const JsonTree& value) {
    if (!value.is(Shape::String)) {
        return refuse(kWrongShape, "\"alias\" must be the name of the subject that this one stands for.");
    }
    if (value.text.empty()) {
        return value;
    }
    const auto checked = checkSubject(SubjectName::parse(value.text));
    return checked ? RegistryResult<JsonTree>(value) : std::unexpected(checked.error());
}

/// A member as it is kept. 400 for another shape, 42203 and 42210 for a value that there isn't.
RegistryResult<JsonTree> memberTree(std::string_view name, const JsonTree& value) {
    if (name == "compatibility") { // kept whatever its case was
        const auto level = levelFromName(value.text);
        return level ? RegistryResult<JsonTree>(textTree(std::string(levelName(*level))))
                     : refuse(42203, "Invalid compatibility level. Valid values are none, backward, forward, full, "
                                     "backward_transitive, forward_transitive, and full_transitive.");
    }
    if (name == "compatibilityPolicy") {
        return namedTree(value, value.isString("STRICT") || value.isString("LENIENT"),
                         "Invalid compatibility policy. Valid values are STRICT and LENIENT.");
    }
    if (name == "validation") {
        return namedTree(value, validationFromName(value.text).has_value(),
                         "Invalid validation. Valid values are OFF, LOG and REFUSE.");
    }
    if (name == "alias") {
        return aliasTree(value);
    }
    if (name.ends_with("Metadata")) {
        return parsedTree(givenMetadata(value.toString()));
    }
    if (name.ends_with("RuleSet")) {
        return parsedTree(givenRuleSet(value.toString()));
    }
    if (name == "normalize" || name.starts_with("validate")) {
        return flagTree(name, value);
    }
    return value.is(Shape::String) || value.is(Shape::Number) // what is left are names
               ? RegistryResult<JsonTree>(textTree(value.text))
               : refuse(kWrongShape, fmt::format("\"{}\" must be a text.", name));
}

/// What was sent, put into what is kept: what is null goes.
RegistryResult<bool> mergeSent(const JsonTree& sent, JsonTree& merged) {
    bool isAnyKnown = false;
    for (const auto& [name, value] : sent.members) {
        const bool isLevel = name == "compatibility"; // sent by this name, kept and shown by another
        if (!isLevel && !isConfigMember(name)) {
            continue;
        }
        isAnyKnown = true;
        const std::string kept = isLevel ? "compatibilityLevel" : name;
        std::erase_if(merged.members, [&](const auto& member) { return member.first == kept; });
        if (value.is(Shape::Null)) {
            continue;
        }
        auto tree = memberTree(name, value);
        if (!tree) {
            return std::unexpected(std::move(tree.error()));
        }
        merged.members.emplace_back(kept, *std::move(tree));
    }
    return isAnyKnown;
}

} // namespace

RegistryResult<void> checkChangeable(const RegistryState& state, const std::string& scope) {
    const auto mode = modeInScope(state, SubjectName::parse(scope));
    return mode == SubjectMode::ReadOnly || mode == SubjectMode::ReadOnlyOverride
               ? refuse(42205, scope.empty() ? "All subjects are in read-only mode"
                                             : fmt::format("Subject {} is in read-only mode", scope))
               : RegistryResult<void>();
}

RegistryResult<ConfigRecord> decideConfig(const RegistryState& state, const std::string& subject,
                                          const std::string& json) {
    if (auto checked = checkScope(subject); !checked) {
        return std::unexpected(std::move(checked.error()));
    }
    if (auto checked = checkChangeable(state, subject); !checked) {
        return std::unexpected(std::move(checked.error()));
    }
    const auto sent = readJsonTree(json);
    if (!sent || !sent->is(Shape::Object)) {
        return refuse(kWrongShape,
                      "The configuration must be a JSON object such as {\"compatibility\": \"BACKWARD\"}.");
    }
    const auto* stored = state.config(subject);
    auto merged = stored ? readJsonTree(*stored).value_or(JsonTree{}) : JsonTree{};
    merged.kind = Shape::Object;
    const auto isAnyKnown = mergeSent(*sent, merged);
    if (!isAnyKnown) {
        return std::unexpected(isAnyKnown.error());
    }
    if (merged.members.empty() && *isAnyKnown) {
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
