// SPDX-License-Identifier: Apache-2.0
#include "store/store.h"

#include "evidence/counts_json.h"
#include "store/file_check.h"
#include "store/schema.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include <unordered_map>

namespace meshbone::lineage {

namespace {
Error fromSqlite(const SQLite::Exception& e, const std::string& file) {
    switch (e.getErrorCode()) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {ErrorCode::Locked,
                fmt::format("The lineage database {} is in use by another Meshbone; close that one first.", file)};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return {ErrorCode::Corrupt,
                fmt::format("The lineage database {} is damaged ({}); move it away to have it built again "
                            "from the topic.",
                            file, e.what())};
    case SQLITE_FULL:
        return {ErrorCode::Exhausted,
                fmt::format("The disk is full, so the lineage database {} can't be written.", file)};
    default:
        return {ErrorCode::Io, fmt::format("The lineage database {} can't be used: {}.", file, e.what())};
    }
}

Status setUp(SQLite::Database& db, const std::string& file) {
    db.exec("PRAGMA locking_mode = EXCLUSIVE");
    const auto id = db.execAndGet("PRAGMA application_id").getInt();
    const auto version = db.execAndGet("PRAGMA user_version").getInt();
    const auto tables = db.execAndGet("SELECT count(*) FROM sqlite_master").getInt();
    if (id != Store::kApplicationId && tables > 0) {
        return fail(
            ErrorCode::Corrupt,
            fmt::format("The database {} isn't one of Meshbone's lineage; move it away or name another file.", file));
    }
    if (version > Store::kVersion) {
        return fail(
            ErrorCode::Unsupported,
            fmt::format("The lineage database {} is from a newer Meshbone; use that one, or move the file away.",
                        file));
    }
    if (tables > 0) {
        const auto verdict = db.execAndGet("PRAGMA quick_check(1)").getString();
        if (verdict != "ok") {
            return fail(
                ErrorCode::Corrupt,
                fmt::format(
                    "The lineage database {} is damaged ({}); move it away to have it built again from the topic.",
                    file, verdict));
        }
    }
    db.exec("PRAGMA journal_mode = WAL");
    db.exec("PRAGMA synchronous = NORMAL"); // a projection: what a power cut loses comes again from the topic
    db.exec("PRAGMA foreign_keys = ON");
    SQLite::Transaction transaction(db, SQLite::TransactionBehavior::IMMEDIATE);
    if (tables == 0) {
        db.exec(kSchemaV1);
        db.exec(fmt::format("PRAGMA application_id = {}", Store::kApplicationId));
    }
    if (version < 2) {
        db.exec(kToVersion2);
        db.exec(fmt::format("PRAGMA user_version = {}", Store::kVersion));
    }
    transaction.commit();
    return {};
}

Entry entryOf(SQLite::Statement& row) {
    int at = 2; // after id and key
    Entry entry;
    const auto number = [&] { return row.getColumn(at++).getInt64(); };
    const auto text = [&] { return row.getColumn(at++).getString(); };
    auto& t = entry.tuple;
    entry.kind = static_cast<EntryKind>(number());
    entry.observer = text();
    for (auto* field :
         {&t.client.principal, &t.client.host, &t.client.clientId, &t.client.softwareName, &t.client.softwareVersion}) {
        *field = text();
    }
    t.apiKey = static_cast<std::int16_t>(number());
    t.operation = static_cast<backbone::Operation>(number());
    t.resourceKind = static_cast<backbone::ResourceKind>(number());
    t.resource = text();
    t.granted = number() != 0;
    entry.group = text();
    entry.internal = number() != 0;
    for (auto* field : {&entry.fromMs, &entry.toMs, &entry.total.requests, &entry.total.records, &entry.total.bytes}) {
        *field = number();
    }
    entry.counts = parseCounts(text()).value_or(catalog::RequestCounts()); // damaged: known by its total only
    return entry;
}

void bindEntry(SQLite::Statement& put, const std::string& key, const Entry& entry) {
    int at = 0;
    const auto& t = entry.tuple;
    const auto bindText = [&](const std::string& value) { put.bind(++at, value); };
    const auto bindNumber = [&](std::int64_t value) { put.bind(++at, value); };
    bindText(key);
    bindNumber(static_cast<int>(entry.kind));
    bindText(entry.observer);
    for (const auto* field :
         {&t.client.principal, &t.client.host, &t.client.clientId, &t.client.softwareName, &t.client.softwareVersion}) {
        bindText(*field);
    }
    bindNumber(t.apiKey);
    bindNumber(static_cast<int>(t.operation));
    bindNumber(static_cast<int>(t.resourceKind));
    bindText(t.resource);
    bindNumber(t.granted);
    bindText(entry.group);
    bindNumber(entry.internal);
    for (const auto value : {entry.fromMs, entry.toMs, entry.total.requests, entry.total.records, entry.total.bytes}) {
        bindNumber(value);
    }
    bindText(countsText(entry.counts));
}
} // namespace

struct Store::Impl {
    explicit Impl(const std::string& path)
        : file(path)
        , db(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, 1'000) {}

    /// Prepared once the tables exist.
    void prepare() {
        put.emplace(
            db,
            "INSERT INTO evidence (key, kind, observer, principal, host, client_id, software, software_version, api, "
            "operation, resource_kind, resource, granted, group_name, internal, from_ms, to_ms, requests, records, "
            "bytes, counts) "
            "VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19,?20,?21)");
        remove.emplace(db, "DELETE FROM evidence WHERE key = ?1");
        putSpan.emplace(db, "INSERT INTO validity VALUES (?1, ?2, ?3)");
        putPoint.emplace(db, "INSERT INTO rate_point VALUES (?1, ?2, ?3)");
        follow.emplace(db, "UPDATE followed SET topic_id = ?1, next_offset = ?2");
        putNode.emplace(db, "INSERT INTO node VALUES (?1, ?2)");
    }

    template <class... Values>
    static void run(std::optional<SQLite::Statement>& statement, const Values&... values) {
        statement->reset();
        int at = 0;
        (statement->bind(++at, values), ...);
        statement->exec();
    }

    void write(const Applied& record) {
        run(remove, record.key);
        if (!record.entry) {
            return;
        }
        put->reset();
        bindEntry(*put, record.key, *record.entry);
        put->exec();
        const auto id = db.getLastInsertRowid();
        for (const auto& span : record.entry->spans) {
            run(putSpan, id, span.fromMs, span.toMs);
        }
        for (const auto& point : record.entry->recent) {
            run(putPoint, id, point.atMs, point.records);
        }
    }

    /// Runs work in a transaction; an exception of SQLite's becomes an error, and nothing of it stays.
    template <class Work>
    Status transaction(Work work) {
        try {
            SQLite::Transaction transaction(db, SQLite::TransactionBehavior::IMMEDIATE);
            work();
            transaction.commit();
            return {};
        } catch (const SQLite::Exception& e) {
            return std::unexpected(fromSqlite(e, file));
        }
    }

    std::string file;
    SQLite::Database db;
    std::optional<SQLite::Statement> put, remove, putSpan, putPoint, follow, putNode;
};

Store::Store(std::unique_ptr<Impl> impl)
    : m_impl(std::move(impl)) {}
Store::Store(Store&&) noexcept = default;
Store::~Store() = default;

Result<Store> Store::open(const std::filesystem::path& file) {
    if (const auto ours = checkDatabaseFile(file, kApplicationId, kVersion); !ours) {
        return std::unexpected(ours.error());
    }
    try {
        std::error_code ignored; // a folder that can't be made shows itself when the file is opened
        std::filesystem::create_directories(file.parent_path(), ignored);
        auto impl = std::make_unique<Impl>(file.string());
        if (const auto ready = setUp(impl->db, impl->file); !ready) {
            return std::unexpected(ready.error());
        }
        impl->prepare();
        return Store(std::move(impl));
    } catch (const SQLite::Exception& e) {
        return std::unexpected(fromSqlite(e, file.string()));
    }
}

Result<Stored> Store::load() {
    auto& db = m_impl->db;
    try {
        Stored out;
        SQLite::Statement followed(db, "SELECT topic_id, next_offset FROM followed");
        if (followed.executeStep()) {
            out.followed = {followed.getColumn(0).getString(), Offset(followed.getColumn(1).getInt64())};
        }
        std::unordered_map<std::int64_t, std::size_t> byId;
        SQLite::Statement rows(db, "SELECT * FROM evidence ORDER BY id");
        while (rows.executeStep()) {
            byId[rows.getColumn(0).getInt64()] = out.entries.size();
            out.entries.emplace_back(rows.getColumn(1).getString(), entryOf(rows));
        }
        SQLite::Statement spans(db, "SELECT evidence, from_ms, to_ms FROM validity ORDER BY evidence, from_ms");
        while (spans.executeStep()) {
            out.entries.at(byId.at(spans.getColumn(0).getInt64()))
                .second.spans.push_back({spans.getColumn(1).getInt64(), spans.getColumn(2).getInt64()});
        }
        SQLite::Statement points(db, "SELECT evidence, at_ms, records FROM rate_point ORDER BY evidence, at_ms");
        while (points.executeStep()) {
            out.entries.at(byId.at(points.getColumn(0).getInt64()))
                .second.recent.push_back({points.getColumn(1).getInt64(), points.getColumn(2).getInt64()});
        }
        SQLite::Statement nodes(db, "SELECT id, key FROM node ORDER BY id");
        while (nodes.executeStep()) {
            if (nodes.getColumn(0).getInt64() != static_cast<std::int64_t>(out.nodeKeys.size())) {
                return fail(
                    ErrorCode::Corrupt,
                    fmt::format("The lineage database {} has a gap in its nodes; move it away to have it built again.",
                                m_impl->file));
            }
            out.nodeKeys.push_back(nodes.getColumn(1).getString());
        }
        return out;
    } catch (const SQLite::Exception& e) {
        return std::unexpected(fromSqlite(e, m_impl->file));
    } catch (const std::out_of_range&) {
        return fail(
            ErrorCode::Corrupt,
            fmt::format("The lineage database {} has rows without evidence; move it away to have it built again.",
                        m_impl->file));
    }
}

Status Store::apply(const std::vector<Applied>& records, const Followed& followed) {
    return m_impl->transaction([&] {
        for (const auto& record : records) {
            m_impl->write(record);
        }
        Impl::run(m_impl->follow, followed.topicId, followed.next.value());
    });
}

Status Store::addNodes(std::size_t first, const std::vector<std::string>& keys) {
    return m_impl->transaction([&] {
        for (std::size_t i = 0; i < keys.size(); ++i) {
            Impl::run(m_impl->putNode, static_cast<std::int64_t>(first + i), keys[i]);
        }
    });
}

Status Store::clear(const Followed& followed) {
    return m_impl->transaction([&] {
        m_impl->db.exec("DELETE FROM evidence");
        Impl::run(m_impl->follow, followed.topicId, followed.next.value());
    });
}

} // namespace meshbone::lineage
