// SPDX-License-Identifier: Apache-2.0
#include "store/schemas/schemas_store.h"

#include "store/schemas/schemas_tables.h"

#include <fcntl.h>
#include <unistd.h>

#include <system_error>

namespace meshbone::catalog {

struct SchemasStore::State {
    std::unique_ptr<Database> database;
    std::filesystem::path path;

    /// Runs `work` on the database; whatever it throws is an error.
    template <class Work>
    auto with(Work work) -> Result<decltype(work(*database))> {
        if (!database) {
            return fail(ErrorCode::Unavailable, "The projection of the schemas is closed.");
        }
        auto result = guarded(
            path, [&] { return work(*database); }, schemasDatabase());
        if (database) {
            database->resetStatements();
        }
        return result;
    }
};

namespace {

/// SQLite would make it with what the umask leaves; its WAL takes after it. Only a file that isn't there is opened:
/// closing one would drop the locks of a connection in this process.
void makePrivate(const std::filesystem::path& path) {
    if (const int made = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600); made >= 0) {
        ::close(made);
    }
    using std::filesystem::perms;
    std::error_code ignored; // where it can't be, opening says why
    std::filesystem::permissions(path, perms::owner_read | perms::owner_write, ignored);
}

template <class Value>
Result<Value> flat(Result<Result<Value>> nested) {
    return nested ? std::move(*nested) : std::unexpected(nested.error());
}

} // namespace

SchemasStore::SchemasStore(std::unique_ptr<State> state)
    : m_state(std::move(state)) {}

SchemasStore::~SchemasStore() {
    if (m_state->database) {
        static_cast<void>(close()); // what can't be written back stays in the WAL and is read at the next open
    }
}

Result<std::unique_ptr<SchemasStore>> SchemasStore::open(const std::filesystem::path& path,
                                                         std::function<void(std::string_view)> onStep) {
    makePrivate(path);
    auto database = Database::open(path, schemasDatabase());
    if (!database) {
        return std::unexpected(database.error());
    }
    (*database)->setStepHook(std::move(onStep));
    auto state = std::make_unique<State>();
    state->database = std::move(*database);
    state->path = path;
    return std::unique_ptr<SchemasStore>(new SchemasStore(std::move(state)));
}

Result<SchemasPosition> SchemasStore::position() {
    return flat(m_state->with([](Database& database) { return readPosition(database); }));
}

Result<RegistryState> SchemasStore::load() {
    return flat(m_state->with([](Database& database) { return readState(database); }));
}

Status SchemasStore::apply(std::span<const RegistryChanges> changes, const SchemasPosition& position) {
    return m_state->with([&](Database& database) {
        database.transaction([&] {
            for (const auto& ofRecord : changes) {
                for (const auto& change : ofRecord) {
                    writeChange(database, change);
                }
            }
            writePosition(database, position);
        });
    });
}

Status SchemasStore::clear(const SchemasSource& source) {
    return m_state->with([&](Database& database) {
        database.transaction([&] {
            removeAll(database);
            writePosition(database, {source, kNoOffset, 0, {}});
        });
    });
}

Status SchemasStore::close() {
    return m_state->with([&](Database& database) {
        // Destroyed even when the checkpoint throws, so that the lock is gone in any case.
        const std::unique_ptr<Database> closing = std::move(m_state->database);
        database.close();
    });
}

} // namespace meshbone::catalog
