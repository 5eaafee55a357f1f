// SPDX-License-Identifier: Apache-2.0
#include "schemas/register_check.h"

#include "schemas/schema_facts.h"
#include "schemas/schema_words.h"
#include "widgets/format.h"

#include <algorithm>

namespace meshbone::ui {

namespace {

/// What the latest version has and the new text hasn't, or not so: whoever reads it meets the change.
QStringList touchedFields(const catalog::SchemaBook& book, const std::string& subject,
                          const catalog::ParsedSchema& schema, const catalog::SchemaVerdict& verdict) {
    const auto latest = book.latest(subject);
    const auto before = latest ? book.parsed(*latest) : Result<catalog::ParsedSchemaPtr>();
    if (!latest || !before || (*before)->type() != schema.type()) {
        return {};
    }
    const auto fields = (*before)->fields();
    const auto change = changeBetween(fields, schema.fields());
    auto touched = change.removed + change.changed;
    for (const auto& one : verdict.versions) {
        for (const auto& difference : one.differences) {
            const auto path = text(difference.field);
            const bool isOfLatest =
                std::ranges::find(fields, difference.field, &catalog::SchemaField::path) != fields.end();
            if (isOfLatest && !touched.contains(path)) {
                touched << path;
            }
        }
    }
    return touched;
}

} // namespace

RegisterCheck checkToRegister(const catalog::SchemaBook& book, const std::string& subject,
                              const catalog::SchemaDefinition& definition, const catalog::Catalog* catalog) {
    RegisterCheck made;
    auto parsed = book.parse(subject, definition);
    if (!parsed) {
        made.problem = parsed.error().message;
        return made;
    }
    made.schema = std::move(*parsed);
    for (const auto& version : book.versionsOf(subject)) {
        const auto present = version.isDeleted ? Result<catalog::ParsedSchemaPtr>() : book.parsed(version);
        if (!version.isDeleted && present && (*present)->type() == made.schema->type() &&
            (*present)->canonicalText() == made.schema->canonicalText()) {
            made.already = versionWord(version.version).toStdString();
        }
    }
    if (catalog != nullptr) {
        made.broken = catalog::contractsBrokenBy(*made.schema, subject, *catalog, book);
    }
    auto verdict = book.verdict(subject, definition);
    if (verdict) {
        made.verdict = std::move(*verdict);
        made.touched = touchedFields(book, subject, *made.schema, made.verdict);
    } else {
        made.verdictProblem = verdict.error().message;
    }
    return made;
}

} // namespace meshbone::ui
