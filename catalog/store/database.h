// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/schema.h"

#include <backbone/error.h>

#include <SQLiteCpp/SQLiteCpp.h>

#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

namespace meshbone::catalog {

/// Called before each step of a transaction and after its commit ("insert entry", "commit", "committed"). The crash
/// tests stop the process in it; otherwise empty.
using StepHook = std::function<void(std::string_view step)>;

/// What a file of ours is: how SQLite's header says so, and how sentences call it.
struct DatabaseKind {
    std::int32_t applicationId = 0;
    const char* name = "";  ///< "catalog"
    const char* truth = ""; ///< what it is built again from: "ledger"
    std::span<const Migration> steps;
};
/// The projection of the ledger.
DatabaseKind catalogDatabase(std::span<const Migration> steps = migrations());

/// An SQLite file that is ours alone: opened with an exclusive lock, checked, migrated, in WAL mode. Within store/
/// only. Not thread-safe. Its functions throw SQLite::Exception; guarded() makes a Result of that.
///
/// WAL with synchronous=NORMAL: a commit costs no fdatasync, and after a power cut the file is whole, though possibly
/// some commits older. That is harmless, for the ledger's topic has them, and following it starts at the last that is
/// here.
class Database {
public:
    /// Opens or creates; see Catalog::open for the errors. A file that is refused keeps its bytes. An empty path gives
    /// a database in memory.
    static Result<std::unique_ptr<Database>> open(const std::filesystem::path& path, const DatabaseKind& kind);
    static Result<std::unique_ptr<Database>> open(const std::filesystem::path& path,
                                                  std::span<const Migration> steps = migrations()) {
        return open(path, catalogDatabase(steps));
    }

    /// A prepared statement, kept for the next time, reset and without bindings.
    SQLite::Statement& prepared(const std::string& sql);
    /// Ends every reading that was left half-way: one that goes on would keep the WAL from being written back.
    void resetStatements();
    /// Runs `work` in one transaction; whatever it throws rolls back.
    void transaction(const std::function<void()>& work);
    void step(std::string_view name) const {
        if (m_onStep) {
            m_onStep(name);
        }
    }
    void setStepHook(StepHook hook) { m_onStep = std::move(hook); }
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }
    /// Writes the WAL back into the file and closes it. Nothing may be called after it.
    void close();

private:
    explicit Database(std::filesystem::path path);
    std::filesystem::path m_path;
    std::unique_ptr<SQLite::Database> m_sqlite;
    std::unordered_map<std::string, std::unique_ptr<SQLite::Statement>> m_statements; // before m_sqlite dies
    StepHook m_onStep;
};

/// What SQLite says, as an error of ours with a sentence about `path`.
Error errorFrom(const SQLite::Exception& exception, const std::filesystem::path& path, const DatabaseKind& kind);

/// Runs `work` and turns an exception into an error: none crosses the module's interface.
template <class Work>
auto guarded(const std::filesystem::path& path, Work work, const DatabaseKind& kind = catalogDatabase())
    -> Result<decltype(work())> {
    try {
        if constexpr (std::is_void_v<decltype(work())>) {
            work();
            return {};
        } else {
            return work();
        }
    } catch (const SQLite::Exception& exception) {
        return std::unexpected(errorFrom(exception, path, kind));
    } catch (const std::exception& exception) {
        return fail(ErrorCode::Internal,
                    std::string("The ") + kind.name + "'s database failed: " + exception.what() + ".");
    }
}

} // namespace meshbone::catalog
