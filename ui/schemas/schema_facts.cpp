// SPDX-License-Identifier: Apache-2.0
#include "schemas/schema_facts.h"

#include "widgets/format.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>

namespace meshbone::ui {

namespace {

constexpr qsizetype kNamesMax = 4; ///< more fields are counted, not named

QString tr(const char* text, const char* comment = nullptr, int n = -1) {
    return QCoreApplication::translate("Schemas", text, comment, n);
}

bool isOther(const catalog::SchemaField& before, const catalog::SchemaField& after) {
    return before.type != after.type || before.isOptional != after.isOptional || before.tags != after.tags ||
           before.aliases != after.aliases || before.doc != after.doc;
}

std::optional<bool> reads(const catalog::ParsedSchema& reader, const catalog::ParsedSchema& writer,
                          catalog::CompatibilityPolicy policy) {
    if (reader.type() != writer.type()) {
        return false;
    }
    const auto differences = reader.differencesReading(writer, policy);
    return differences ? std::optional(std::ranges::none_of(*differences, &catalog::SchemaDifference::isBreaking))
                       : std::nullopt;
}

QString listed(const QString& words, const QString& counted, const QStringList& names) {
    return names.isEmpty()             ? QString()
           : names.size() <= kNamesMax ? QStringLiteral("%1 %2").arg(words, names.join(QStringLiteral(", ")))
                                       : counted;
}

} // namespace

VersionChange changeBetween(const std::vector<catalog::SchemaField>& before,
                            const std::vector<catalog::SchemaField>& after) {
    std::map<std::string_view, const catalog::SchemaField*> old;
    for (const auto& field : before) {
        old.emplace(field.path, &field);
    }
    VersionChange change;
    for (const auto& field : after) {
        const auto found = old.find(field.path);
        if (found == old.end()) {
            change.added << text(field.path);
            continue;
        }
        if (isOther(*found->second, field)) {
            change.changed << text(field.path);
        }
        old.erase(found);
    }
    for (const auto& field : before) { // in the order of the text
        if (old.contains(field.path)) {
            change.removed << text(field.path);
        }
    }
    return change;
}

const VersionFacts* SubjectFacts::version(int number) const {
    const auto found = std::ranges::find(versions, number, [](const VersionFacts& one) { return one.version.version; });
    return found == versions.end() ? nullptr : &*found;
}

const VersionFacts* SubjectFacts::latest() const {
    const auto found = std::find_if(versions.rbegin(), versions.rend(),
                                    [](const VersionFacts& one) { return !one.version.isDeleted; });
    return found == versions.rend() ? nullptr : &*found;
}

Result<SubjectFactsPtr> subjectFacts(const catalog::SchemaBook& book, const std::string& subject,
                                     const std::stop_token& stop) {
    auto facts = std::make_shared<SubjectFacts>();
    facts->subject = text(subject);
    facts->level = book.levelOf(subject);
    facts->policy = book.policyOf(subject);
    catalog::ParsedSchemaPtr before;
    for (auto& version : book.versionsOf(subject)) {
        if (stop.stop_requested()) {
            return fail(ErrorCode::Cancelled, "Reading the subject was cancelled.");
        }
        VersionFacts one;
        one.pretty = PrettyText(version.definition->type, version.definition->text);
        const auto parsed = book.parsed(version);
        if (parsed) {
            one.name = (*parsed)->name();
            one.fields = (*parsed)->fields();
            one.tree = fieldTree(**parsed);
        } else {
            one.problem = parsed.error().message;
        }
        if (parsed && before != nullptr) {
            one.readsBefore = reads(**parsed, *before, facts->policy);
            one.isReadByBefore = reads(*before, **parsed, facts->policy);
        }
        if (!facts->versions.empty()) {
            one.change = changeBetween(facts->versions.back().fields, one.fields);
        }
        before = parsed ? *parsed : nullptr;
        one.version = std::move(version);
        facts->versions.push_back(std::move(one));
    }
    return facts;
}

QString changeWords(const SubjectFacts& facts, std::size_t index) {
    const auto& one = facts.versions.at(index);
    if (!one.problem.empty()) {
        return text(one.problem);
    }
    if (index == 0) {
        return tr("%n field(s)", nullptr, static_cast<int>(one.fields.size()));
    }
    const auto& change = one.change;
    const auto count = [](const QStringList& names) { return static_cast<int>(names.size()); };
    QStringList parts{listed(tr("added"), tr("added %n field(s)", nullptr, count(change.added)), change.added),
                      listed(tr("removed"), tr("removed %n field(s)", nullptr, count(change.removed)), change.removed),
                      listed(tr("changed"), tr("changed %n field(s)", nullptr, count(change.changed)), change.changed)};
    parts.removeAll(QString());
    return parts.isEmpty() ? tr("the same fields") : parts.join(QStringLiteral("; "));
}

QString compatibilityWord(const VersionFacts& version) {
    if (!version.readsBefore && !version.isReadByBefore) {
        return {};
    }
    const bool backward = version.readsBefore.value_or(false), forward = version.isReadByBefore.value_or(false);
    return backward && forward ? tr("backward and forward")
           : backward          ? tr("backward")
           : forward           ? tr("forward")
                               : tr("neither way");
}

bool keepsLevel(const VersionFacts& version, catalog::CompatibilityLevel level) {
    using Level = catalog::CompatibilityLevel;
    const bool backward = version.readsBefore.value_or(true), forward = version.isReadByBefore.value_or(true);
    switch (level) {
    case Level::None:
        return true;
    case Level::Backward:
    case Level::BackwardTransitive:
        return backward;
    case Level::Forward:
    case Level::ForwardTransitive:
        return forward;
    case Level::Full:
    case Level::FullTransitive:
        return backward && forward;
    }
    return true;
}

} // namespace meshbone::ui
