// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/registry/registry_state.h"

#include <fmt/format.h>

#include <random>

namespace meshbone::test {

/// Records as a topic _schemas might have them, by chance: few subjects, ids and texts, so that they meet: contexts,
/// deletions of both kinds, settings and modes set and taken away, references, metadata and rules, one schema under two
/// ids, and ids that contradict each other.
class RandomHistory {
public:
    explicit RandomHistory(std::uint64_t seed)
        : m_random(seed) {}

    static std::vector<std::string> subjects() { return {"a", "b-value", "b-key", ":.ctx:a", ":.ctx:c", ":.two:a"}; }
    static std::vector<std::string> contexts() { return {".", ".ctx", ".two", ".left"}; }
    static constexpr int kVersions = 5;
    static constexpr int kIds = 12;

    static catalog::SchemaDefinitionPtr definition(int number) {
        catalog::SchemaDefinition made;
        made.type = static_cast<catalog::SchemaType>(number % 3);
        made.text = fmt::format(R"({{"type":"enum","name":"E{}","symbols":["é"]}})", number);
        if (number % 4 == 1) {
            made.references = {{"x", "a", 1 + number % 3}, {"odd;name:3", ":.ctx:c", -1}};
        }
        if (number % 5 == 2) {
            made.metadata = R"({"properties":{"owner":"ops"},"sensitive":["s"]})";
        }
        if (number % 7 == 3) {
            made.ruleSet = R"({"domainRules":[{"name":"r","kind":"CONDITION","expr":"1 < 2"}]})";
        }
        return std::make_shared<const catalog::SchemaDefinition>(std::move(made));
    }

    catalog::RegistryRecord next() {
        using namespace catalog;
        const auto kind = number(0, 99);
        const auto subject = oneOf(subjects());
        if (kind < 60) {
            const auto id = number(1, kIds);
            // Mostly what the id stands for; else two ids of one schema, or one id of two.
            const auto meant = number(0, 9) == 0 ? number(1, kIds) : id;
            return SchemaRecord{subject, number(1, kVersions), SchemaId(id), definition(meant), number(0, 5) == 0};
        }
        if (kind < 75) {
            return SchemaRecord{subject, number(1, kVersions), {}, nullptr, false};
        }
        if (kind < 80) {
            return DeleteSubjectRecord{subject, number(0, 3) == 0 ? std::nullopt : std::optional(number(1, kVersions))};
        }
        if (kind < 86) {
            const auto scope = number(0, 3) == 0 ? std::string() : subject;
            const auto json = fmt::format(R"({{"compatibilityLevel":"FULL","validation":"{}"}})", kind);
            return ConfigRecord{scope, number(0, 2) == 0 ? std::nullopt : std::optional(json)};
        }
        if (kind < 92) {
            const auto mode = static_cast<SubjectMode>(number(0, 4));
            return ModeRecord{number(0, 3) == 0 ? std::string() : subject,
                              number(0, 2) == 0 ? std::nullopt : std::optional(mode)};
        }
        if (kind < 96) {
            return ContextRecord{oneOf(contexts()), number(0, 1) == 0};
        }
        return kind < 98 ? RegistryRecord(NoopRecord{{{oneOf(contexts()), number(1, 40)}}})
                         : RegistryRecord(ClearSubjectRecord{subject});
    }
    std::vector<catalog::RegistryRecord> records(std::size_t count) {
        std::vector<catalog::RegistryRecord> made;
        while (made.size() < count) {
            made.push_back(next());
        }
        return made;
    }
    int number(int from, int to) { return std::uniform_int_distribution(from, to)(m_random); }

private:
    std::string oneOf(const std::vector<std::string>& names) {
        return names[static_cast<std::size_t>(number(0, static_cast<int>(names.size()) - 1))];
    }
    std::mt19937_64 m_random;
};

inline std::string dumpOf(const catalog::SchemaDefinitionPtr& definition) {
    if (!definition) {
        return "none";
    }
    std::string refs;
    for (const auto& one : definition->references) {
        refs += fmt::format(" {}={}:{}", one.name, one.subject, one.version);
    }
    return fmt::format("{}|{}|{}|{}|{}", schemaTypeName(definition->type), definition->text, definition->metadata,
                       definition->ruleSet, refs);
}

/// All that can be asked of a state about what a RandomHistory tells of, as text.
inline std::string dumpOf(const catalog::RegistryState& state) {
    using namespace catalog;
    std::string text;
    const auto line = [&](const std::string& one) { text += one + "\n"; };
    const auto versionLine = [&](const char* what, const SchemaVersion& one) {
        line(fmt::format("{} {}:{} id {} {} deleted {} at {}: {}", what, one.subject, one.version, one.id.value(),
                         one.guid, one.isDeleted, one.writtenMs, dumpOf(one.definition)));
    };
    state.forEach([&](const SchemaVersion& one) { versionLine("version", one); });
    for (const auto& context : state.contexts()) {
        line("context " + context);
    }
    for (const auto& context : RandomHistory::contexts()) {
        line(fmt::format("highest id of {}: {}", context, state.highestId(context)));
        for (int id = 1; id <= RandomHistory::kIds; ++id) {
            line(fmt::format("id {} of {}: {}", id, context, dumpOf(state.byId(context, SchemaId(id)))));
            for (const auto& one : state.versionsOf(context, SchemaId(id))) {
                versionLine("uses", one);
            }
            const auto guid = schemaGuid(*RandomHistory::definition(id));
            const auto found = state.idOf(context, guid);
            line(fmt::format("guid {} of {}: {}, in {} contexts", guid, context, found ? found->value() : -1,
                             state.byGuid(guid).size()));
        }
    }
    for (const auto& subject : RandomHistory::subjects()) {
        for (int version = 1; version <= RandomHistory::kVersions; ++version) {
            for (const auto& one : state.referencedBy(subject, version)) {
                versionLine("refers", one);
            }
            if (const auto buried = state.buried(subject, version)) {
                versionLine("buried", *buried);
            }
        }
    }
    for (const auto& [subject, json] : state.configs()) {
        line(fmt::format("config '{}' at {}: {}", subject, state.configMs(subject), json));
    }
    for (const auto& [subject, mode] : state.modes()) {
        line(fmt::format("mode '{}': {}", subject, modeName(mode)));
    }
    return text;
}

} // namespace meshbone::test
