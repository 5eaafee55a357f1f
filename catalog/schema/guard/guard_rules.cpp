// SPDX-License-Identifier: Apache-2.0
#include "schema/guard/guard_rules.h"

namespace meshbone::catalog {

namespace {

/// Adds a subject where it is of a topic of the default context and asks to be checked.
void addSubject(SchemaGuard::Rules& rules, const std::string& subject, WriteValidation validation,
                const std::function<void(GuardedPart&)>& addVersions) {
    const auto topic = topicOfSubject(subject);
    if (validation == WriteValidation::Off || SubjectName::parse(subject).context != "." || topic.empty()) {
        return;
    }
    GuardedPart part{subject, validation == WriteValidation::Refuse, {}, {}, -1};
    addVersions(part);
    auto& guarded = rules.topics[topic];
    (subject.ends_with("-key") ? guarded.key : guarded.value) = std::move(part);
}

void addVersion(GuardedPart& part, const SchemaVersion& version, const ParsedSchemaPtr& parsed) {
    part.byId.emplace(version.id.value(), parsed);
    part.byGuid.emplace(version.guid, parsed);
}

/// When what holds for a subject was set: for itself, else for all.
TimestampMs sinceOf(const SchemaBook& book, const std::string& subject) {
    TimestampMs since = -1;
    for (const auto& one : book.settings()) {
        if (one.validation && (one.subject == subject || (one.subject.empty() && since < 0))) {
            since = one.configMs;
        }
        if (one.validation && one.subject == subject) {
            break;
        }
    }
    return since;
}

/// Rules are made anew with every change of the registry, so what asks for nothing must cost nothing.
std::set<std::string> subjectsThatMayAsk(const RegistryState& state) {
    std::set<std::string> subjects;
    bool isOfMany = false;
    for (const auto& [scope, json] : state.configs()) {
        if (json.find("\"validation\"") == std::string::npos) {
            continue;
        }
        if (SubjectName::parse(scope).subject.empty()) { // of many subjects
            isOfMany = true;
        } else {
            subjects.insert(scope); // also where it has no version (any more): then nothing is as it says
        }
    }
    if (isOfMany) {
        const auto all = state.subjects({}, Deleted::With);
        subjects.insert(all.begin(), all.end());
    }
    return subjects;
}

} // namespace

std::shared_ptr<const SchemaGuard::Rules> guardRules(const RegistryState& state, ParsedCache& cache) {
    auto rules = std::make_shared<SchemaGuard::Rules>();
    for (const auto& subject : subjectsThatMayAsk(state)) {
        const auto name = SubjectName::parse(subject);
        addSubject(*rules, subject, settingsInScope(state, name).validation, [&](GuardedPart& part) {
            static const RegistryState::Versions kNone;
            const auto* versions = state.versions(subject);
            for (const auto& [number, stored] : versions ? *versions : kNone) {
                const auto version = state.version(subject, number);
                if (auto parsed = cache.parsed(state, name.context, *version->definition)) {
                    addVersion(part, *version, *parsed);
                }
            }
        });
    }
    return rules;
}

std::shared_ptr<const SchemaGuard::Rules> guardRules(const SchemaBook& book) {
    auto rules = std::make_shared<SchemaGuard::Rules>();
    const auto live = book.subjects();
    std::set<std::string> subjects(live.begin(), live.end());
    for (const auto& one : book.settings()) {
        if (one.validation && !SubjectName::parse(one.subject).subject.empty()) {
            subjects.insert(one.subject);
        }
    }
    for (const auto& subject : subjects) {
        addSubject(*rules, subject, book.validationOf(subject), [&](GuardedPart& part) {
            for (const auto& version : book.versionsOf(subject)) {
                if (auto parsed = book.parsed(version)) {
                    addVersion(part, version, *parsed);
                }
            }
            part.sinceMs = sinceOf(book, subject);
        });
    }
    return rules;
}

TimestampMs guardedSince(const SchemaGuard::Rules& rules, std::string_view topic) {
    const auto found = rules.topics.find(topic);
    if (found == rules.topics.end()) {
        return -1;
    }
    const auto key = found->second.key ? found->second.key->sinceMs : -1;
    const auto value = found->second.value ? found->second.value->sinceMs : -1;
    return key < 0 || value < 0 ? std::max(key, value) : std::min(key, value);
}

std::map<std::string, bool> guardedBy(const SchemaGuard::Rules& rules) {
    std::map<std::string, bool> all;
    for (const auto& [topic, guarded] : rules.topics) {
        all[topic] = (guarded.key && guarded.key->isRefusing) || (guarded.value && guarded.value->isRefusing);
    }
    return all;
}

} // namespace meshbone::catalog
