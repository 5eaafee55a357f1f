// SPDX-License-Identifier: Apache-2.0
#include "store/schemas/content_sum.h"
#include "store/schemas/reference_text.h"
#include "store/schemas/schemas_tables.h"
#include "store/statements.h"

namespace meshbone::catalog {

namespace {

/// Runs a statement whose last parameter is the sum of the others.
template <class... Values>
void runSummed(Database& database, const char* sql, const Values&... values) {
    run(database, sql, values..., sumOf(values...));
}

struct ChangeWriter {
    Database& database;

    void operator()(const VersionRow& row) const {
        runSummed(database, "INSERT OR REPLACE INTO version VALUES (?1, ?2, ?3, ?4, ?5, ?6)", row.subject,
                  std::int64_t{row.version}, std::int64_t{row.id.value()}, std::int64_t{row.isDeleted}, row.writtenMs);
    }
    void operator()(const VersionGone& row) const {
        run(database, "DELETE FROM version WHERE subject = ?1 AND version = ?2", row.subject, row.version);
    }
    void operator()(const SchemaRow& row) const {
        const auto& definition = *row.definition;
        runSummed(database, "INSERT OR REPLACE INTO schema VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                  row.context, std::int64_t{row.id.value()}, row.guid, std::int64_t{row.isFoundByGuid},
                  static_cast<std::int64_t>(definition.type), definition.text, referenceText(definition.references),
                  definition.metadata, definition.ruleSet);
    }
    void operator()(const SchemaGone& row) const {
        run(database, "DELETE FROM schema WHERE context = ?1 AND id = ?2", row.context, row.id.value());
    }
    void operator()(const BuriedRow& row) const {
        const auto& definition = *row.definition;
        runSummed(database, "INSERT OR REPLACE INTO buried VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)", row.subject,
                  std::int64_t{row.version}, std::int64_t{row.id.value()}, static_cast<std::int64_t>(definition.type),
                  definition.text, referenceText(definition.references), definition.metadata, definition.ruleSet);
    }
    void operator()(const BuriedGone& row) const {
        run(database, "DELETE FROM buried WHERE subject = ?1 AND version = ?2", row.subject, row.version);
    }
    void operator()(const HighestIdRow& row) const {
        runSummed(database, "INSERT OR REPLACE INTO highest_id VALUES (?1, ?2, ?3)", row.context, std::int64_t{row.id});
    }
    void operator()(const ConfigRow& row) const {
        if (row.json) {
            runSummed(database, "INSERT OR REPLACE INTO config VALUES (?1, ?2, ?3, ?4)", row.subject, *row.json,
                      row.writtenMs);
        } else {
            run(database, "DELETE FROM config WHERE subject = ?1", row.subject);
        }
    }
    void operator()(const ModeRecord& row) const {
        if (row.mode) {
            runSummed(database, "INSERT OR REPLACE INTO mode VALUES (?1, ?2, ?3)", row.subject,
                      static_cast<std::int64_t>(*row.mode));
        } else {
            run(database, "DELETE FROM mode WHERE subject = ?1", row.subject);
        }
    }
    void operator()(const ContextRecord& row) const {
        runSummed(database, "INSERT OR REPLACE INTO context VALUES (?1, ?2, ?3)", row.context,
                  std::int64_t{row.isGone});
    }
};

} // namespace

void writeChange(Database& database, const RegistryChange& change) {
    std::visit(ChangeWriter{database}, change);
}

void writePosition(Database& database, const SchemasPosition& position) {
    const auto& counts = position.counts;
    runSummed(database, "INSERT OR REPLACE INTO position VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
              position.source.topicId, position.source.logStart.value(), position.last.value(), position.lastSum,
              counts.records, counts.unreadable, counts.firstUnreadable, counts.contradicting,
              counts.lastContradicting);
}

void removeAll(Database& database) {
    for (const char* sql :
         {"DELETE FROM schema", "DELETE FROM version", "DELETE FROM buried", "DELETE FROM config", "DELETE FROM mode",
          "DELETE FROM context", "DELETE FROM highest_id", "DELETE FROM position"}) {
        run(database, sql);
    }
}

} // namespace meshbone::catalog
