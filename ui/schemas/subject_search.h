// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schemas/schema_words.h"
#include "schemas/subjects_model.h"
#include "schemas/topic_names.h"
#include "shell/live_feed.h"

#include <catalog/schema_book.h>

#include <map>

namespace meshbone::ui {

/// A field that was found.
struct FoundField {
    std::string field, type, what;
    int version = 0;
};
/// What a search has found, by subject: a subject alone where its own name or metadata matched.
using FoundSchemas = std::map<std::string, std::vector<FoundField>>;

/// All words of the text, in the names, fields, types, docs and tags of all schemas. The first search parses all of
/// them: for a job.
FoundSchemas findSchemas(const catalog::SchemaBook& book, const std::string& text);

/// The lines of the list: all subjects, or (`found`) those that a search has found, each with its fields below it.
/// A subject is also found by `words` that its name, topic's owner or domain has.
std::vector<SubjectRow> subjectRows(const catalog::SchemaBook& book, const CatalogView& catalog,
                                    const TopicNames& topics, const FoundSchemas* found, const QString& words,
                                    bool showDeleted);

} // namespace meshbone::ui
