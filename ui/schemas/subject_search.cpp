// SPDX-License-Identifier: Apache-2.0
#include "schemas/subject_search.h"

#include "widgets/format.h"

#include <algorithm>

namespace meshbone::ui {

namespace {

constexpr std::size_t kFieldsPerSubject = 12; ///< more would hide the other subjects

void addField(std::vector<FoundField>& fields, const catalog::SchemaHit& hit,
              const std::vector<catalog::SchemaField>& of, int version) {
    const auto isKnown = [&](const FoundField& one) { return one.field == hit.field; };
    if (fields.size() >= kFieldsPerSubject || std::ranges::any_of(fields, isKnown)) {
        return; // the latest version's stands there already
    }
    const auto field = std::ranges::find(of, hit.field, &catalog::SchemaField::path);
    fields.push_back({hit.field, field == of.end() ? std::string() : field->type, hit.what, version});
}

bool hasWords(const SubjectRow& row, const QString& domainName, const QStringList& words) {
    return std::ranges::all_of(words, [&](const QString& word) {
        return std::ranges::any_of(std::initializer_list<const QString*>{&row.subject, &row.owner, &domainName},
                                   [&](const QString* text) { return text->contains(word, Qt::CaseInsensitive); });
    });
}

/// A subject's own line.
SubjectRow lineOf(const catalog::SchemaBook& book, const CatalogView& catalog, const TopicNames& topics,
                  const std::string& subject) {
    SubjectRow row;
    row.subject = text(subject);
    for (const auto& version : book.versionsOf(subject)) {
        row.type = version.definition->type;
        if (!version.isDeleted) {
            ++row.versions;
            row.latest = version.version;
        }
    }
    row.level = levelWord(book.levelOf(subject));
    const auto topic = topics.topicOf(subject);
    row.topic = text(topic);
    if (const auto* about = topic.empty() ? nullptr : catalog.topic(topic)) {
        row.domain = text(about->domain);
        row.owner = text(about->owner);
    }
    return row;
}

} // namespace

FoundSchemas findSchemas(const catalog::SchemaBook& book, const std::string& text) {
    FoundSchemas found;
    std::map<std::size_t, std::vector<catalog::SchemaField>> fields; // of each version once
    for (const auto& hit : book.search(text)) {
        const auto& version = book.versions()[hit.version];
        auto& list = found[version.subject];
        if (hit.field.empty()) {
            continue;
        }
        auto known = fields.find(hit.version);
        if (known == fields.end()) {
            const auto parsed = book.parsed(version);
            known =
                fields.emplace(hit.version, parsed ? (*parsed)->fields() : std::vector<catalog::SchemaField>()).first;
        }
        addField(list, hit, known->second, version.version);
    }
    return found;
}

std::vector<SubjectRow> subjectRows(const catalog::SchemaBook& book, const CatalogView& catalog,
                                    const TopicNames& topics, const FoundSchemas* found, const QString& words,
                                    bool showDeleted) {
    const auto split = words.split(u' ', Qt::SkipEmptyParts);
    std::vector<SubjectRow> rows;
    std::string last;
    for (const auto& version : book.versions()) {
        if (version.subject == last) {
            continue;
        }
        last = version.subject;
        const auto line = lineOf(book, catalog, topics, last);
        if (line.isDeleted() && !showDeleted) {
            continue;
        }
        const auto hits = found == nullptr ? FoundSchemas::const_iterator() : found->find(last);
        const bool isFound = found != nullptr && hits != found->end();
        if (!split.isEmpty() && !isFound &&
            !hasWords(line, text(catalog.domainName(line.domain.toStdString())), split)) {
            continue;
        }
        rows.push_back(line);
        if (!isFound || split.isEmpty()) {
            continue;
        }
        for (const auto& field : hits->second) {
            auto below = line;
            below.field = text(field.field);
            below.fieldType = text(field.type);
            below.what = text(field.what);
            below.version = field.version;
            rows.push_back(std::move(below));
        }
    }
    return rows;
}

} // namespace meshbone::ui
