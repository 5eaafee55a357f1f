// SPDX-License-Identifier: Apache-2.0
#include "store/schemas/schemas_tables.h"

#include <array>

namespace meshbone::catalog {

namespace {

// Version 1. `position` says how far the topic was applied, and of which topic that is; the other tables are the rows
// of schema/registry/registry_rows.h. What a version or an id was is in the row itself, so no row is read for another.
constexpr const char* kSchemasVersion1 = R"sql(
CREATE TABLE position (
    one INTEGER PRIMARY KEY CHECK (one = 1), topic_id TEXT NOT NULL, log_start INTEGER NOT NULL,
    last_offset INTEGER NOT NULL, last_sum INTEGER NOT NULL, records INTEGER NOT NULL, unreadable INTEGER NOT NULL,
    first_unreadable TEXT NOT NULL, contradicting INTEGER NOT NULL, last_contradicting TEXT NOT NULL,
    sum INTEGER NOT NULL
) STRICT;
CREATE TABLE schema (
    context TEXT NOT NULL, id INTEGER NOT NULL, guid TEXT NOT NULL, found INTEGER NOT NULL, type INTEGER NOT NULL,
    text TEXT NOT NULL, refs TEXT NOT NULL, metadata TEXT NOT NULL, rule_set TEXT NOT NULL, sum INTEGER NOT NULL,
    PRIMARY KEY (context, id)
) STRICT;
CREATE TABLE version (
    subject TEXT NOT NULL, version INTEGER NOT NULL, id INTEGER NOT NULL, deleted INTEGER NOT NULL,
    written_ms INTEGER NOT NULL, sum INTEGER NOT NULL, PRIMARY KEY (subject, version)
) STRICT, WITHOUT ROWID;
CREATE TABLE buried (
    subject TEXT NOT NULL, version INTEGER NOT NULL, id INTEGER NOT NULL, type INTEGER NOT NULL, text TEXT NOT NULL,
    refs TEXT NOT NULL, metadata TEXT NOT NULL, rule_set TEXT NOT NULL, sum INTEGER NOT NULL,
    PRIMARY KEY (subject, version)
) STRICT;
CREATE TABLE config (
    subject TEXT PRIMARY KEY, json TEXT NOT NULL, written_ms INTEGER NOT NULL, sum INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE mode (subject TEXT PRIMARY KEY, mode INTEGER NOT NULL, sum INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE context (name TEXT PRIMARY KEY, gone INTEGER NOT NULL, sum INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE highest_id (context TEXT PRIMARY KEY, id INTEGER NOT NULL, sum INTEGER NOT NULL) STRICT, WITHOUT ROWID;
)sql";

constexpr std::array kSchemasSteps{Migration{1, kSchemasVersion1}};

} // namespace

const DatabaseKind& schemasDatabase() {
    static const DatabaseKind kKind{kSchemasApplicationId, "projection of the schemas", "topic", kSchemasSteps};
    return kKind;
}

} // namespace meshbone::catalog
