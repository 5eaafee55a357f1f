// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/job_runner.h"
#include "shell/services.h"

#include <catalog/catalog.h>

namespace meshbone::ui {

// Taking an entry of the ledger back, wherever that is asked for. The blocking ones are called from jobs.

/// What takes an entry back now. For settings of a topic it asks the backbone whether they are still as the entry made
/// them. Blocks.
Result<catalog::Undo> undoNow(const Services& services, std::int64_t entry, const CallOptions& call);

/// Does it: on the backbone where that is meant, then as new entries. Returns the number of the last one. What was done
/// before a refusal stays, and the error says so. Blocks.
Result<std::int64_t> performUndo(const Services& services, const catalog::Undo& undo, const JobContext& job);

/// Whether an entry changes words only (names, descriptions), so that taking it back needs no look at its effect first.
bool isTrivial(const catalog::LedgerEntry& entry);

/// The entry that `entry` was written to take back; -1: none.
std::int64_t undoneBy(const catalog::LedgerEntry& entry);

/// A person's last act, and what takes it back.
struct LastAct {
    catalog::LedgerEntry entry;
    Result<catalog::Undo> undo;
    QString rest{}; ///< what of the act can't come back, a sentence; empty: all does
};
/// The person's newest accepted act that isn't taken back yet; what the desktop writes in their name by itself (what
/// was enforced, how a replay ended) isn't one. Disabling a principal and removing its user at once is one act: it is
/// enabled again, and the password can't come back. None: there is none among their last 200 entries. Blocks.
Result<std::optional<LastAct>> lastActOf(const Services& services, const std::string& person, const CallOptions& call);

} // namespace meshbone::ui
