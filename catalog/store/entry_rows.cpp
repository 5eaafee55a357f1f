// SPDX-License-Identifier: Apache-2.0
#include "store/tables.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace meshbone::catalog {
namespace {

constexpr std::size_t kMaxPage = 10'000;
// In the order in which readRow takes them.
constexpr const char* kColumns = "SELECT number, time_ms, author, act, subject, why, hash, previous, accepted, code, "
                                 "rejection, changes, raw FROM entry ";

std::string changesText(const std::vector<FieldChange>& changes) {
    auto list = nlohmann::json::array();
    const auto value = [](const std::optional<std::string>& text) {
        return text ? nlohmann::json(*text) : nlohmann::json();
    };
    for (const FieldChange& change : changes) {
        list.push_back({change.field, value(change.before), value(change.after)});
    }
    return list.dump();
}

std::vector<FieldChange> changesOf(const std::string& text) {
    std::vector<FieldChange> changes;
    const auto value = [](const nlohmann::json& json) {
        return json.is_null() ? std::nullopt : std::optional(json.get<std::string>());
    };
    for (const auto& change : nlohmann::json::parse(text)) {
        changes.push_back({change.at(0).get<std::string>(), value(change.at(1)), value(change.at(2))});
    }
    return changes;
}

ErrorCode codeOf(const std::string& name) {
    for (int code = 0; code < static_cast<int>(ErrorCode::Internal); ++code) {
        if (errorCodeName(static_cast<ErrorCode>(code)) == name) {
            return static_cast<ErrorCode>(code);
        }
    }
    return ErrorCode::Internal;
}

StoredEntry readRow(SQLite::Statement& row) {
    const auto text = [&](int column) { return row.getColumn(column).getString(); };
    StoredEntry stored;
    LedgerEntry& entry = stored.entry;
    entry.number = row.getColumn(0).getInt64();
    entry.timeMs = row.getColumn(1).getInt64();
    entry.author = text(2);
    entry.act = text(3);
    entry.subject = text(4);
    entry.why = text(5);
    entry.hash = text(6);
    entry.previousHash = text(7);
    entry.accepted = row.getColumn(8).getInt() != 0;
    stored.code = codeOf(text(9));
    entry.rejection = text(10);
    entry.changes = changesOf(text(11));
    entry.json = text(12);
    return stored;
}

/// The conditions of a query and what they are bound to, so that the page and its count use the same.
struct Filter {
    std::string where = "WHERE 1";
    std::vector<std::string> texts;
    std::vector<std::int64_t> times;

    void equal(const char* column, const std::string& value) {
        if (!value.empty()) {
            where += std::string(" AND ") + column + " = ?";
            texts.push_back(value);
        }
    }
    void contains(const std::string& part) {
        if (part.empty()) {
            return;
        }
        std::string pattern = "%";
        for (const char c : part) {
            pattern += c == '%' || c == '_' || c == '\\' ? std::string("\\") + c : std::string(1, c);
        }
        pattern += '%';
        where += " AND (0";
        for (const char* column : {"author", "act", "subject", "why", "rejection", "changes"}) {
            where += std::string(" OR ") + column + " LIKE ? ESCAPE '\\'";
            texts.push_back(pattern);
        }
        where += ")";
    }
    void about(const AboutNames& names) {
        where += " AND number IN (SELECT number FROM entry_about WHERE kind IN (0, 2) AND name IN (SELECT value FROM "
                 "json_each(?)) UNION SELECT number FROM entry_about WHERE kind = 1 AND name IN (SELECT value FROM "
                 "json_each(?)) UNION SELECT number FROM entry_about WHERE kind = 3 AND name IN (SELECT value FROM "
                 "json_each(?)) UNION SELECT number FROM entry_about WHERE kind = 4 AND name IN (SELECT value FROM "
                 "json_each(?)))";
        texts.insert(texts.end(), {names.topics, names.prefixes, names.products, names.parts});
    }
    void time(const char* condition, const std::optional<TimestampMs>& value) {
        if (value) {
            where += std::string(" AND time_ms ") + condition + " ?";
            times.push_back(*value);
        }
    }
    /// Binds the parameters in the order of the conditions; returns the index of the next one.
    int bindTo(SQLite::Statement& statement) const {
        int index = 0;
        for (const std::string& value : texts) {
            statement.bind(++index, value);
        }
        for (const std::int64_t value : times) {
            statement.bind(++index, value);
        }
        return index + 1;
    }
};

Filter filterOf(Database& database, const LedgerQuery& query) {
    Filter filter; // texts first, then times: the order in which bindTo binds
    filter.contains(query.contains);
    filter.equal("author", query.author);
    filter.equal("act", query.act);
    filter.equal("subject", query.subject);
    if (!query.topic.empty()) {
        filter.about(namesOfTopic(database, query.topic));
    }
    if (!query.product.empty()) {
        filter.about(namesOfProduct(database, query.product));
    }
    filter.time(">=", query.fromMs);
    filter.time("<", query.toMs);
    return filter;
}

/// Patterns of the acts that change a thing of that kind.
std::pair<std::string, std::string> actsOn(Kind kind) {
    const std::string own = std::string(kindName(kind)) + ".%";
    switch (kind) {
    case Kind::Topic:
        return {"topic.describe", "topic.describe"};
    case Kind::Product:
        return {own, "port.%"};
    case Kind::Grant:
        return {own, "request.%"}; // a grant has the id of the request that brought it
    case Kind::AccessRoles:
        return {"access.roles", "access.roles"};
    case Kind::TopicClass:
    case Kind::ProductClass:
        return {"access.classify", "access.classify"};
    case Kind::Binding:
        return {"access.mark", "access.mark"};
    case Kind::Returns:
        return {"access.retry", "access.retry"};
    case Kind::Campaign:
        return {"access.campaign%", "access.campaign%"};
    default:
        return {own, own};
    }
}

} // namespace

void insertEntry(Database& database, const JudgedEntry& judged) {
    const LedgerEntry& entry = judged.entry;
    SQLite::Statement& insert = database.prepared("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    insert.bind(1, entry.number);
    insert.bind(2, entry.timeMs);
    insert.bind(3, entry.author);
    insert.bind(4, entry.act);
    insert.bind(5, entry.subject);
    insert.bind(6, entry.why);
    insert.bind(7, entry.hash);
    insert.bind(8, entry.previousHash);
    insert.bind(9, entry.accepted ? 1 : 0);
    insert.bind(10, entry.accepted ? std::string() : std::string(errorCodeName(judged.code)));
    insert.bind(11, entry.rejection);
    insert.bind(12, changesText(entry.changes));
    insert.bind(13, entry.json.data(), static_cast<int>(entry.json.size()));
    database.step("insert entry");
    insert.exec();
    for (const About& about : judged.about) {
        insertAbout(database, {entry.number, about});
    }
}

StoreHead readHead(Database& database) {
    StoreHead head;
    SQLite::Statement& last = database.prepared("SELECT number, hash, raw FROM entry ORDER BY number DESC LIMIT 1");
    if (last.executeStep()) {
        head.number = last.getColumn(0).getInt64();
        head.hash = last.getColumn(1).getString();
        head.raw = last.getColumn(2).getString();
    }
    SQLite::Statement& count = database.prepared("SELECT COUNT(*) FROM entry");
    count.executeStep();
    head.entries = count.getColumn(0).getInt64();
    return head;
}

std::optional<StoredEntry> readEntry(Database& database, std::int64_t number) {
    SQLite::Statement& row = database.prepared(std::string(kColumns) + "WHERE number = ?");
    row.bind(1, number);
    return row.executeStep() ? std::optional(readRow(row)) : std::nullopt;
}

std::optional<LedgerEntry> readLastChange(Database& database, Kind kind, const std::string& subject,
                                          std::int64_t before) {
    SQLite::Statement& row =
        database.prepared(std::string(kColumns) + "WHERE subject = ? AND number < ? AND accepted = 1 "
                                                  "AND (act LIKE ? OR act LIKE ?) ORDER BY number DESC LIMIT 1");
    const auto [own, other] = actsOn(kind);
    row.bind(1, subject);
    row.bind(2, before);
    row.bind(3, own);
    row.bind(4, other);
    return row.executeStep() ? std::optional(readRow(row).entry) : std::nullopt;
}

std::optional<std::int64_t> readNumberOf(Database& database, const std::string& subject, const std::string& bytes) {
    SQLite::Statement& row =
        database.prepared("SELECT number FROM entry WHERE subject = ? AND raw = ? ORDER BY number DESC LIMIT 1");
    row.bind(1, subject);
    row.bind(2, bytes.data(), static_cast<int>(bytes.size()));
    return row.executeStep() ? std::optional(row.getColumn(0).getInt64()) : std::nullopt;
}

LedgerPage readPage(Database& database, const LedgerQuery& query) {
    const Filter filter = filterOf(database, query);
    LedgerPage page;
    SQLite::Statement& rows = database.prepared(kColumns + filter.where + " ORDER BY number DESC LIMIT ? OFFSET ?");
    const int next = filter.bindTo(rows);
    rows.bind(next, static_cast<std::int64_t>(std::min(query.limit, kMaxPage)));
    rows.bind(next + 1, static_cast<std::int64_t>(query.offset));
    while (rows.executeStep()) {
        page.entries.push_back(readRow(rows).entry);
    }
    SQLite::Statement& matching = database.prepared("SELECT COUNT(*) FROM entry " + filter.where);
    filter.bindTo(matching);
    matching.executeStep();
    page.matching = matching.getColumn(0).getInt64();
    SQLite::Statement& total = database.prepared("SELECT COUNT(*) FROM entry");
    total.executeStep();
    page.total = total.getColumn(0).getInt64();
    return page;
}

std::vector<ChainLink> readLinks(Database& database, std::int64_t from, std::size_t limit) {
    SQLite::Statement& rows =
        database.prepared("SELECT number, hash, accepted FROM entry WHERE number >= ? ORDER BY number LIMIT ?");
    rows.bind(1, from);
    rows.bind(2, static_cast<std::int64_t>(limit));
    std::vector<ChainLink> links;
    while (rows.executeStep()) {
        links.push_back({rows.getColumn(0).getInt64(), rows.getColumn(1).getString(), rows.getColumn(2).getInt() != 0});
    }
    return links;
}

std::vector<RawEntry> readRawEntries(Database& database, std::int64_t from, std::size_t limit) {
    SQLite::Statement& rows = database.prepared(
        "SELECT number, time_ms, hash, accepted, rejection, raw FROM entry WHERE number >= ? ORDER BY number LIMIT ?");
    rows.bind(1, from);
    rows.bind(2, static_cast<std::int64_t>(limit));
    std::vector<RawEntry> entries;
    while (rows.executeStep()) {
        entries.push_back({rows.getColumn(0).getInt64(), rows.getColumn(1).getInt64(), rows.getColumn(2).getString(),
                           rows.getColumn(3).getInt() != 0, rows.getColumn(4).getString(),
                           rows.getColumn(5).getString()});
    }
    return entries;
}

std::vector<EntryTime> readAcceptedTimes(Database& database) {
    SQLite::Statement& rows = database.prepared("SELECT number, time_ms FROM entry WHERE accepted = 1 ORDER BY number");
    std::vector<EntryTime> times;
    while (rows.executeStep()) {
        times.push_back({rows.getColumn(0).getInt64(), rows.getColumn(1).getInt64()});
    }
    return times;
}

std::vector<std::int64_t> readMatching(Database& database, const LedgerQuery& query) {
    const Filter filter = filterOf(database, query);
    SQLite::Statement& rows = database.prepared("SELECT number FROM entry " + filter.where + " ORDER BY number");
    filter.bindTo(rows);
    std::vector<std::int64_t> numbers;
    while (rows.executeStep()) {
        numbers.push_back(rows.getColumn(0).getInt64());
    }
    return numbers;
}

} // namespace meshbone::catalog
