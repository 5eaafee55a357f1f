// SPDX-License-Identifier: Apache-2.0
#include "store/projection_store.h"

#include "store/tables.h"

#include <fmt/format.h>

#include <fcntl.h>
#include <unistd.h>

#include <mutex>
#include <system_error>

namespace meshbone::catalog {

struct ProjectionStore::State {
    std::unique_ptr<Database> database;
    std::filesystem::path path;
    mutable std::mutex mutex;

    /// Runs `work` on the database alone; an error when it is closed or SQLite fails.
    template <class Work>
    auto with(Work work) const -> Result<decltype(work(*database))> {
        const std::scoped_lock lock(mutex);
        if (!database) {
            return fail(ErrorCode::Unavailable, "The catalog's database is closed.");
        }
        auto result = guarded(path, [&] { return work(*database); });
        if (database) {
            database->resetStatements();
        }
        return result;
    }
};

namespace {

/// Renames `from` over `to`, durably. The old file's WAL must be gone first: SQLite would take it for the new file's.
Status swapFiles(const std::filesystem::path& from, const std::filesystem::path& to) {
    std::error_code error;
    for (const char* suffix : {"-wal", "-shm", "-journal"}) {
        std::filesystem::remove(to.string() + suffix, error);
    }
    if (!error) {
        std::filesystem::rename(from, to, error);
    }
    if (error) {
        return fail(ErrorCode::Io, fmt::format("The rebuilt catalog could not take the place of '{}': {}.", to.string(),
                                               error.message()));
    }
    const auto folder = to.has_parent_path() ? to.parent_path() : std::filesystem::path(".");
    const int directory = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory >= 0) {
        ::fsync(directory); // without it the old file may be back after a power cut: older, but whole
        ::close(directory);
    }
    return {};
}

} // namespace

ProjectionStore::ProjectionStore(std::unique_ptr<State> state)
    : m_state(std::move(state)) {}

ProjectionStore::~ProjectionStore() {
    if (m_state->database) {
        static_cast<void>(close()); // what can't be written back stays in the WAL and is read at the next open
    }
}

Result<std::unique_ptr<ProjectionStore>> ProjectionStore::open(const std::filesystem::path& path,
                                                               std::function<void(std::string_view)> onStep) {
    auto database = Database::open(path);
    if (!database) {
        return std::unexpected(database.error());
    }
    (*database)->setStepHook(std::move(onStep));
    auto state = std::make_unique<State>();
    state->database = std::move(*database);
    state->path = path;
    return std::unique_ptr<ProjectionStore>(new ProjectionStore(std::move(state)));
}

Result<std::unique_ptr<ProjectionStore>> ProjectionStore::inMemory() {
    return open({});
}

const std::filesystem::path& ProjectionStore::path() const {
    return m_state->path;
}

Result<StoreHead> ProjectionStore::head() const {
    return m_state->with([](Database& database) { return readHead(database); });
}

Result<Mesh> ProjectionStore::loadMesh() const {
    return m_state->with([](Database& database) { return readMesh(database); });
}

Status ProjectionStore::apply(std::span<const JudgedEntry> entries) {
    return m_state->with([&](Database& database) {
        database.transaction([&] {
            for (const JudgedEntry& judged : entries) {
                insertEntry(database, judged);
                for (const Effect& effect : judged.effects) {
                    writeEffect(database, effect);
                }
            }
        });
    });
}

Result<StoredEntry> ProjectionStore::entry(std::int64_t number) const {
    auto found = m_state->with([&](Database& database) { return readEntry(database, number); });
    if (!found) {
        return std::unexpected(found.error());
    }
    if (!*found) {
        return fail(ErrorCode::NotFound, fmt::format("There is no entry {} in the ledger.", number));
    }
    return std::move(**found);
}

Result<std::optional<LedgerEntry>> ProjectionStore::lastChange(Kind kind, const std::string& subject,
                                                               std::int64_t before) const {
    return m_state->with([&](Database& database) { return readLastChange(database, kind, subject, before); });
}

Result<std::optional<std::int64_t>> ProjectionStore::numberOf(const std::string& subject,
                                                              const std::string& bytes) const {
    return m_state->with([&](Database& database) { return readNumberOf(database, subject, bytes); });
}

Result<LedgerPage> ProjectionStore::query(const LedgerQuery& query) const {
    return m_state->with([&](Database& database) { return readPage(database, query); });
}

Result<std::vector<ChainLink>> ProjectionStore::links(std::int64_t from, std::size_t limit) const {
    return m_state->with([&](Database& database) { return readLinks(database, from, limit); });
}

Result<std::vector<RawEntry>> ProjectionStore::rawEntries(std::int64_t from, std::size_t limit) const {
    return m_state->with([&](Database& database) { return readRawEntries(database, from, limit); });
}

Result<std::vector<std::int64_t>> ProjectionStore::matching(const LedgerQuery& query) const {
    return m_state->with([&](Database& database) { return readMatching(database, query); });
}

Result<bool> ProjectionStore::lacksAbout() const {
    return m_state->with([](Database& database) { return lacksAboutRows(database); });
}

Status ProjectionStore::putAbout(std::span<const AboutRow> rows) {
    return m_state->with([&](Database& database) {
        database.transaction([&] {
            for (const AboutRow& row : rows) {
                insertAbout(database, row);
            }
        });
    });
}

Result<std::vector<std::string>> ProjectionStore::topicsOf(const std::string& product) const {
    return m_state->with([&](Database& database) { return readTopicsOf(database, product); });
}

Result<std::vector<EntryTime>> ProjectionStore::acceptedTimes() const {
    return m_state->with([](Database& database) { return readAcceptedTimes(database); });
}

Result<StoreDump> ProjectionStore::dump() const {
    return m_state->with([](Database& database) { return StoreDump{readHead(database).number, dumpTables(database)}; });
}

Status ProjectionStore::replaceBy(ProjectionStore& fresh) {
    if (auto closed = fresh.close(); !closed) {
        return closed;
    }
    const std::scoped_lock lock(m_state->mutex);
    if (m_state->database) {
        // A damaged file may refuse to be checkpointed; it is the one that goes, so that matters only for its WAL
        // below.
        const std::unique_ptr<Database> closing = std::move(m_state->database);
        static_cast<void>(guarded(path(), [&] { closing->close(); }));
    }
    auto swapped = swapFiles(fresh.path(), path());
    auto opened = Database::open(path());
    if (opened) {
        m_state->database = std::move(*opened);
    }
    return swapped && !opened ? std::unexpected(opened.error()) : swapped;
}

Status ProjectionStore::close() {
    return m_state->with([&](Database& database) {
        // Destroyed even when the checkpoint throws, so that the lock is gone in any case.
        const std::unique_ptr<Database> closing = std::move(m_state->database);
        database.close();
    });
}

} // namespace meshbone::catalog
