// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ascode/line_diff.h"
#include "ascode/thing_lines.h"
#include "ascode/units.h"

namespace meshbone::catalog {

// A plan while it is made. Within ascode/ only.

/// Within a unit: what is taken away makes room for what comes, and what ends access, which only somebody else may take
/// back, comes last.
enum class Phase : std::uint8_t { Release, RemovePort, RemoveProduct, Put, PutPort, Classify, Ask, End };

/// Something to submit. Where the author may not go the first way, the next one is tried.
struct DraftStep {
    Phase phase = Phase::Put;
    std::vector<Command> ways;
    bool orWait = false; ///< where no way is open, there is nothing to do
    std::size_t way = 0;
    Rehearsed done{}; ///< what the rehearsal said
};
struct DraftChange {
    FileChange change;
    std::vector<DraftStep> steps;
    std::string conditions{}; ///< of a grant that is yet to be agreed to: what the file binds it to
};
struct DraftUnit {
    std::string title;
    bool isShared = false;
    std::vector<DraftChange> changes;
};

/// The state that a plan is made on.
struct Agreed {
    AccessFile now; ///< of the whole mesh
    std::vector<Grant> grants;
    std::vector<AccessRequest> requests;
    TimestampMs nowMs = 0;
};

/// "+ all of it", "- all of it", or the difference.
template <class Thing>
FileChange changeOf(std::string_view kind, const Thing* before, const Thing* after) {
    if (before == nullptr && after == nullptr) {
        return {};
    }
    const Lines none;
    FileChange change{
        before == nullptr  ? FileSign::Add
        : after == nullptr ? FileSign::Remove
                           : FileSign::Change,
        std::string(kind),
        idOf(after == nullptr ? *before : *after),
        after == nullptr ? FilePlace{} : after->at,
        differenceOf(before == nullptr ? none : linesOf(*before), after == nullptr ? none : linesOf(*after)),
        {},
        {}};
    return change;
}

/// What a product's entry in the file asks for; null: it isn't in the file, or isn't there yet.
DraftChange productChange(const FileProduct* before, const FileProduct* after);

/// What a grant's entry in the file asks for. No steps and no notes: it is so already.
DraftChange grantChange(const FileGrant& wanted, const Agreed& agreed);

/// Of a step that the author may not take, since others decide: who they are.
void tellWhoMust(const Rehearsed& refused, FileChange& change);

/// After the rehearsal: what the steps of a change become, and why they can't be.
void tellOutcome(DraftChange& draft);

} // namespace meshbone::catalog
