// SPDX-License-Identifier: Apache-2.0
#include "store/database.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <string>
#include <system_error>
#include <vector>

namespace meshbone::catalog {
namespace {

std::string shown(const std::filesystem::path& path) {
    return path.empty() ? std::string("in memory") : "'" + path.string() + "'";
}

/// Nothing there that could be lost: no file, or none of its bytes written yet. Looked at with stat only: opening and
/// closing the file ourselves would drop the POSIX locks of a connection in this process.
bool isUnwritten(const std::filesystem::path& path) {
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    return path.empty() || (error && !std::filesystem::exists(path)) || (!error && size == 0);
}

/// Bytes of a file, by stat; 0 when it isn't there.
std::uintmax_t sizeOf(const std::filesystem::path& path) {
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    return error ? 0 : size;
}

std::int64_t pragma(SQLite::Database& sqlite, const char* name) {
    return sqlite.execAndGet(std::string("PRAGMA ") + name).getInt64();
}

std::unexpected<Error> damaged(const DatabaseKind& kind, const std::filesystem::path& path, const std::string& how) {
    return fail(ErrorCode::Corrupt,
                fmt::format("The {} {} is damaged ({}). Move it away; it is built again from the {}.", kind.name,
                            shown(path), how, kind.truth));
}

/// A last page that is cut short is looked for here, because SQLite reads what is missing as zeros and finds nothing
/// wrong with that; unless there was a WAL, which completes the file.
Status checkOurs(SQLite::Database& sqlite, const std::filesystem::path& path, const DatabaseKind& kind, bool hadWal) {
    if (pragma(sqlite, "application_id") != kind.applicationId) {
        return fail(ErrorCode::Corrupt, fmt::format("The file {} is a database of another program, not a Meshbone {}; "
                                                    "choose another file, or move it away.",
                                                    shown(path), kind.name));
    }
    const auto newest = kind.steps.back().version;
    const auto version = pragma(sqlite, "user_version");
    if (version > newest) {
        return fail(ErrorCode::Unsupported,
                    fmt::format("The {} {} is of version {}, from a newer Meshbone; this one knows up to {}. Use the "
                                "newer Meshbone, or another file.",
                                kind.name, shown(path), version, newest));
    }
    if (version < 1) {
        return damaged(kind, path, "it has no version");
    }
    if (!hadWal && sizeOf(path) % static_cast<std::uintmax_t>(pragma(sqlite, "page_size")) != 0) {
        return damaged(kind, path, "its last page is cut short");
    }
    const std::string health = sqlite.execAndGet("PRAGMA quick_check(1)").getString();
    if (health != "ok") {
        return damaged(kind, path, health);
    }
    return {};
}

/// Of rows, not of tables: what is left is a projection that has read nothing yet.
void empty(SQLite::Database& sqlite) {
    std::vector<std::string> tables;
    for (SQLite::Statement named(sqlite, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE "
                                         "'sqlite_%'");
         named.executeStep();) {
        tables.push_back(named.getColumn(0).getString());
    }
    for (const auto& table : tables) {
        sqlite.exec("DELETE FROM \"" + table + '"');
    }
}

void migrate(SQLite::Database& sqlite, const DatabaseKind& kind, bool unwritten) {
    if (unwritten) {
        sqlite.exec("PRAGMA application_id = " + std::to_string(kind.applicationId));
    }
    const auto from = pragma(sqlite, "user_version");
    for (const Migration& step : kind.steps) {
        if (step.version > from) {
            sqlite.exec(step.sql);
            if (step.anewWhere != nullptr && SQLite::Statement(sqlite, step.anewWhere).executeStep()) {
                empty(sqlite);
            }
            sqlite.exec("PRAGMA user_version = " + std::to_string(step.version));
        }
    }
}

} // namespace

Error errorFrom(const SQLite::Exception& exception, const std::filesystem::path& path, const DatabaseKind& kind) {
    const std::string file = shown(path);
    const auto* name = kind.name;
    switch (exception.getErrorCode() & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {
            ErrorCode::Locked,
            fmt::format("The {} {} is in use by another program; close that one, or use another file.", name, file)};
    case SQLITE_NOTADB:
        return {ErrorCode::Corrupt,
                fmt::format("The file {} isn't a Meshbone {}; choose another file, or move it away.", file, name)};
    case SQLITE_CORRUPT:
        return {ErrorCode::Corrupt, fmt::format("The {} {} is damaged. Move it away; it is built again from the {}.",
                                                name, file, kind.truth)};
    case SQLITE_FULL:
        return {ErrorCode::Exhausted, fmt::format("The disk with the {} {} is full; make room.", name, file)};
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_IOERR:
        return {ErrorCode::Io, fmt::format("The {} {} can't be read or written ({}); check the folder's rights.", name,
                                           file, exception.what())};
    default:
        return {ErrorCode::Internal, fmt::format("The {} {} failed: {}.", name, file, exception.what())};
    }
}

Database::Database(std::filesystem::path path)
    : m_path(std::move(path)) {
    const int flags = SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE;
    m_sqlite = std::make_unique<SQLite::Database>(m_path.empty() ? ":memory:" : m_path.string(), flags);
}

Result<std::unique_ptr<Database>> Database::open(const std::filesystem::path& path, const DatabaseKind& kind) {
    const bool hadWal = sizeOf(path.string() + "-wal") > 0;
    const auto openIt = [&]() -> Result<std::unique_ptr<Database>> {
        std::unique_ptr<Database> database(new Database(path));
        SQLite::Database& sqlite = *database->m_sqlite;
        // The lock comes first, so that what is checked can't change; it writes nothing into a file that has bytes.
        sqlite.exec("PRAGMA locking_mode = EXCLUSIVE");
        sqlite.exec("BEGIN EXCLUSIVE");
        // Now, not before: who was killed while making it left pages of a transaction that never was, which the line
        // above has rolled back.
        const bool unwritten = isUnwritten(path);
        if (!unwritten) {
            if (auto ours = checkOurs(sqlite, path, kind, hadWal); !ours) {
                sqlite.exec("ROLLBACK");
                return std::unexpected(ours.error());
            }
        }
        migrate(sqlite, kind, unwritten);
        sqlite.exec("COMMIT");
        sqlite.exec("PRAGMA journal_mode = WAL");
        sqlite.exec("PRAGMA synchronous = NORMAL");
        return database;
    };
    auto opened = guarded(path, openIt, kind);
    return opened ? std::move(*opened) : std::unexpected(opened.error());
}

SQLite::Statement& Database::prepared(const std::string& sql) {
    auto& statement = m_statements[sql];
    if (!statement) {
        statement = std::make_unique<SQLite::Statement>(*m_sqlite, sql);
    }
    statement->tryReset();
    statement->clearBindings();
    return *statement;
}

void Database::resetStatements() {
    for (auto& [sql, statement] : m_statements) {
        statement->tryReset();
    }
}

void Database::transaction(const std::function<void()>& work) {
    step("begin");
    SQLite::Transaction transaction(*m_sqlite, SQLite::TransactionBehavior::IMMEDIATE);
    work();
    step("commit");
    transaction.commit();
    step("committed");
}

void Database::close() {
    m_statements.clear();
    if (m_sqlite) {
        m_sqlite->exec("PRAGMA wal_checkpoint(TRUNCATE)");
        m_sqlite.reset();
    }
}

} // namespace meshbone::catalog
