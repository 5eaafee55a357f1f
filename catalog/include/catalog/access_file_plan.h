// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/access_file.h>

namespace meshbone::catalog {

// What a file would change, shown before it is done as a reviewer of a pull request sees it, and doing it.

enum class FileSign : std::uint8_t {
    Add,
    Change,
    Remove,
    Wait, ///< nothing to do here: somebody else must act, or time has passed
};
struct DiffLine {
    char sign = ' '; ///< ' ', '+' or '-'
    std::string text;
    friend bool operator==(const DiffLine&, const DiffLine&) = default;
};
/// What becomes of one thing.
struct FileChange {
    FileSign sign = FileSign::Change;
    std::string kind, id; ///< "product", "flights"
    FilePlace at;         ///< nowhere: it isn't in the file
    std::vector<DiffLine> lines;
    std::vector<std::string> notes;    ///< what it becomes and what to mind, sentences
    std::vector<std::string> problems; ///< why it can't be, sentences
};
/// What is done together or not at all: all that concerns a product. Products that hand topics to each other are one
/// unit.
struct FilePlanUnit {
    std::string title;     ///< "product 'flights'"
    bool isShared = false; ///< principals and policies, which the others build upon
    std::vector<FileChange> changes;
    std::vector<Rehearsed> steps; ///< in the order in which they are submitted

    [[nodiscard]] bool hasProblems() const;
};
/// Of one kind of things, how many a file removes. Each kind is counted by itself, so that a mesh with many products
/// doesn't make little of the grants that go.
struct FileKindCount {
    std::string kind;          ///< "grant"
    std::size_t deletions = 0; ///< that the file removes
    std::size_t managed = 0;   ///< that there are now, of which it could remove some
};
struct FilePlan {
    std::vector<FilePlanUnit> units; ///< those in which something is to be done or said
    std::size_t adds = 0, changes = 0, deletions = 0, requests = 0;
    std::vector<FileKindCount> kinds; ///< of which the file says all that there shall be

    [[nodiscard]] bool isEmpty() const { return adds + changes + deletions == 0; }
    /// Of which more than a tenth is removed, a sentence: "4 of 24 grants" each; empty: of none.
    [[nodiscard]] std::string manyDeletions() const;
    [[nodiscard]] bool hasProblems() const;
};

/// What of a file contradicts its own `covers`, with its place: grants that concern other products.
std::vector<FileProblem> outsideOf(const AccessFile& file, const Catalog& catalog);

/// Compares a file with what is agreed, and rehearses the difference as the author here. `why` becomes the reason of
/// every entry. A grant that the author may not give becomes a request; its note says who must agree. What can't be
/// done stands among the problems. Fails with Unavailable, InvalidArgument (a file of which
/// something is outside).
Result<FilePlan> planFile(const AccessFile& file, const Catalog& catalog, const std::string& why, TimestampMs nowMs);

/// What became of a unit.
struct AppliedUnit {
    std::string title;
    std::optional<Error> error;          ///< why it wasn't done, or only begun
    std::vector<std::int64_t> entries;   ///< that were written
    std::vector<std::int64_t> takenBack; ///< those of them that were undone again, the last one first
    std::vector<std::string> left;       ///< what couldn't be taken back and why, sentences
};
struct FileApplied {
    std::vector<AppliedUnit> units;
    [[nodiscard]] bool isComplete() const;
};

/// Does a plan, unit by unit. All of a unit is decided on one state before anything of it is submitted, and every entry
/// is guarded by the revision that was decided upon. A unit with problems, or that would no longer do what the plan
/// says, isn't begun; where an entry is refused in the middle, what was written of that unit is taken back by undo
/// entries. Other units go on, but for the shared one, on which all depend. Fails with InvalidArgument, and nothing is
/// done, where more than a tenth of a kind would be removed and `deletions` isn't how many things in all. Blocks; call
/// it from a job.
Result<FileApplied> applyFilePlan(const FilePlan& plan, Catalog& catalog, std::optional<std::size_t> deletions,
                                  TimestampMs nowMs, const CallOptions& options);

} // namespace meshbone::catalog
