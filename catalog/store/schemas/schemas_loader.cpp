// SPDX-License-Identifier: Apache-2.0
#include "store/schemas/content_sum.h"
#include "store/schemas/reference_text.h"
#include "store/schemas/schemas_tables.h"

#include <fmt/format.h>

namespace meshbone::catalog {

namespace {

/// The columns of one row, in their order, each added to the sum that stands in the last one.
class RowReader {
public:
    explicit RowReader(SQLite::Statement& row)
        : m_row(row) {}
    std::int64_t number() {
        const auto read = m_row.getColumn(m_at++).getInt64();
        m_sum.add(read);
        return read;
    }
    std::string text() {
        auto read = m_row.getColumn(m_at++).getString();
        m_sum.add(std::string_view(read));
        return read;
    }
    /// Nothing where it is none of the values, of which the last one is `last`.
    template <class Enum>
    std::optional<Enum> named(Enum last) {
        const auto read = number();
        return read >= 0 && read <= static_cast<std::int64_t>(last) ? std::optional(static_cast<Enum>(read))
                                                                    : std::nullopt;
    }
    /// Null where it isn't one.
    SchemaDefinitionPtr definition() {
        auto made = std::make_shared<SchemaDefinition>();
        const auto type = named(SchemaType::Protobuf);
        made->text = text();
        auto references = referencesOf(text());
        made->metadata = text();
        made->ruleSet = text();
        if (!type || !references) {
            return nullptr;
        }
        made->type = *type;
        made->references = std::move(*references);
        return made;
    }
    [[nodiscard]] bool isWhole() const { return m_row.getColumn(m_at).getInt64() == m_sum.value(); }

private:
    SQLite::Statement& m_row;
    int m_at = 0;
    ContentSum m_sum;
};

std::unexpected<Error> damagedTable(const char* table) {
    return fail(ErrorCode::Corrupt, fmt::format("The table {} isn't what was written to it.", table));
}

/// Puts all rows of a table into a state; `make` makes one of its columns, or nothing where it can't be one.
template <class Make>
Status restoreTable(Database& database, const char* table, RegistryState& state, Make make) {
    auto& rows = database.prepared(fmt::format("SELECT * FROM {}", table));
    while (rows.executeStep()) {
        RowReader reader(rows);
        const std::optional<RegistryChange> row = make(reader);
        if (!row || !reader.isWhole() || !state.restore(*row)) {
            return damagedTable(table);
        }
    }
    return {};
}

using MadeRow = std::optional<RegistryChange>;

MadeRow makeSchema(RowReader& row) {
    SchemaRow made;
    made.context = row.text();
    made.id = SchemaId(static_cast<int>(row.number()));
    made.guid = row.text();
    made.isFoundByGuid = row.number() != 0;
    made.definition = row.definition();
    return made.definition ? MadeRow(std::move(made)) : std::nullopt;
}

MadeRow makeVersion(RowReader& row) {
    VersionRow made;
    made.subject = row.text();
    made.version = static_cast<int>(row.number());
    made.id = SchemaId(static_cast<int>(row.number()));
    made.isDeleted = row.number() != 0;
    made.writtenMs = row.number();
    return made;
}

MadeRow makeBuried(RowReader& row) {
    BuriedRow made;
    made.subject = row.text();
    made.version = static_cast<int>(row.number());
    made.id = SchemaId(static_cast<int>(row.number()));
    made.definition = row.definition();
    return made.definition ? MadeRow(std::move(made)) : std::nullopt;
}

MadeRow makeConfig(RowReader& row) {
    ConfigRow made;
    made.subject = row.text();
    made.json = row.text();
    made.writtenMs = row.number();
    return made;
}

MadeRow makeMode(RowReader& row) {
    ModeRecord made;
    made.subject = row.text();
    made.mode = row.named(SubjectMode::Forward);
    return made;
}

MadeRow makeContext(RowReader& row) {
    ContextRecord made;
    made.context = row.text();
    made.isGone = row.number() != 0;
    return made;
}

MadeRow makeHighestId(RowReader& row) {
    HighestIdRow made;
    made.context = row.text();
    made.id = static_cast<int>(row.number());
    return made;
}

} // namespace

Result<SchemasPosition> readPosition(Database& database) {
    auto& rows = database.prepared("SELECT topic_id, log_start, last_offset, last_sum, records, unreadable, "
                                   "first_unreadable, contradicting, last_contradicting, sum FROM position");
    SchemasPosition position;
    if (!rows.executeStep()) {
        return position;
    }
    RowReader row(rows);
    position.source.topicId = row.text();
    position.source.logStart = Offset(row.number());
    position.last = Offset(row.number());
    position.lastSum = row.number();
    position.counts.records = row.number();
    position.counts.unreadable = row.number();
    position.counts.firstUnreadable = row.text();
    position.counts.contradicting = row.number();
    position.counts.lastContradicting = row.text();
    return row.isWhole() ? Result<SchemasPosition>(position) : damagedTable("position");
}

Result<RegistryState> readState(Database& database) {
    RegistryState state;
    const auto add = [&](const char* table, MadeRow (*make)(RowReader&)) {
        return restoreTable(database, table, state, make);
    };
    auto read = add("schema", makeSchema);
    using Make = MadeRow (*)(RowReader&);
    for (const auto& [table, make] : {std::pair<const char*, Make>("version", makeVersion),
                                      {"buried", makeBuried},
                                      {"config", makeConfig},
                                      {"mode", makeMode},
                                      {"context", makeContext},
                                      {"highest_id", makeHighestId}}) {
        read = read ? add(table, make) : read;
    }
    return read ? Result<RegistryState>(std::move(state)) : std::unexpected(read.error());
}

} // namespace meshbone::catalog
