// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/judged_entry.h"

#include <backbone/error.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace meshbone::catalog {

/// How far a projection is.
struct StoreHead {
    std::int64_t number = -1; ///< of the last entry; -1: none
    std::string hash;         ///< of the chain at it; empty: none
    std::string raw;          ///< its bytes
    std::int64_t entries = 0; ///< how many there are, rejected ones included
};
struct ChainLink {
    std::int64_t number = -1;
    std::string hash;
    bool accepted = false;
};
/// An entry as it is in the topic.
struct RawEntry {
    std::int64_t number = -1;
    TimestampMs timeMs = -1; ///< the author's clock
    std::string hash;        ///< of the chain at it
    bool accepted = false;
    std::string rejection;
    std::string bytes;
};
struct EntryTime {
    std::int64_t number = -1;
    TimestampMs timeMs = -1;
};
struct AboutRow {
    std::int64_t number = -1; ///< of the entry
    About about;
};
/// An entry as it is stored, with the code of its rejection.
struct StoredEntry {
    LedgerEntry entry;
    ErrorCode code = ErrorCode::Internal;
};

/// The whole content as text, and the entry that it is at.
struct StoreDump {
    std::int64_t number = -1;
    std::string text;
};

/// The projection of the ledger in one SQLite file. Thread-safe: one connection behind a mutex, held for milliseconds.
/// Owned by the catalog. Fails with Corrupt, Locked, Io, Exhausted; see Database for what a crash leaves.
class ProjectionStore {
public:
    /// See Database::open. `onStep` is for crash tests.
    static Result<std::unique_ptr<ProjectionStore>> open(const std::filesystem::path& path,
                                                         std::function<void(std::string_view)> onStep = {});
    static Result<std::unique_ptr<ProjectionStore>> inMemory();
    ~ProjectionStore();
    ProjectionStore(const ProjectionStore&) = delete;
    ProjectionStore& operator=(const ProjectionStore&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const;
    Result<StoreHead> head() const;
    Result<Mesh> loadMesh() const;
    /// Writes the entries, in the order of their numbers, and all their effects in one transaction: all or nothing.
    Status apply(std::span<const JudgedEntry> entries);

    /// NotFound when there is no entry of that number.
    Result<StoredEntry> entry(std::int64_t number) const;
    /// The newest entry about `subject` with exactly these bytes. None: there isn't one.
    Result<std::optional<std::int64_t>> numberOf(const std::string& subject, const std::string& bytes) const;
    /// The newest accepted entry before `before` about `subject` whose act changes things of that kind; port acts are
    /// about products. None: there isn't one.
    Result<std::optional<LedgerEntry>> lastChange(Kind kind, const std::string& subject, std::int64_t before) const;
    Result<LedgerPage> query(const LedgerQuery& query) const;
    /// Up to `limit` links from number `from` on, ascending.
    Result<std::vector<ChainLink>> links(std::int64_t from, std::size_t limit) const;
    /// Up to `limit` entries from number `from` on, ascending.
    Result<std::vector<RawEntry>> rawEntries(std::int64_t from, std::size_t limit) const;
    /// The numbers of all that match, ascending; offset and limit don't count.
    Result<std::vector<std::int64_t>> matching(const LedgerQuery& query) const;
    /// Whether there are entries, and nothing says what any of them is about.
    Result<bool> lacksAbout() const;
    Status putAbout(std::span<const AboutRow> rows);
    /// The topics that a product offers or ever did.
    Result<std::vector<std::string>> topicsOf(const std::string& product) const;
    /// When the accepted entries were written, ascending by number.
    Result<std::vector<EntryTime>> acceptedTimes() const;
    /// Every table in the order of its key, as text: equal projections give equal bytes.
    Result<StoreDump> dump() const;
    /// Takes the place of this store's file: closes both, renames `fresh`'s file over this one's and opens it; whoever
    /// calls meanwhile waits. On failure this store is open with its old content, if its file still can be read.
    Status replaceBy(ProjectionStore& fresh);
    /// Puts everything into the one file and closes it; nothing may be called after it.
    Status close();

private:
    struct State;
    explicit ProjectionStore(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace meshbone::catalog
