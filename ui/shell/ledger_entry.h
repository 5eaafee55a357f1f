// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/page.h"

#include <catalog/catalog.h>

#include <functional>
#include <vector>

namespace meshbone::ui {

// What every page needs to write to the ledger. GUI thread.

/// Why nothing can be written now, a sentence; empty: something can.
QString whyNoEntry(const PageContext& context);

/// Writes these one after the other, as a job of the owner; `done` is told the last entry, or why it stopped: what was
/// accepted before that stays, and the sentence says how many there were. Not cancellable once begun. `title` stands in
/// the status bar.
void submitEntries(PageContext& context, QObject* owner, const QString& title,
                   std::vector<catalog::Submission> submissions,
                   std::function<void(const Result<catalog::LedgerEntry>&)> done);
/// The same within a job. Blocks.
Result<catalog::LedgerEntry> submitEach(catalog::Catalog& catalog, const std::vector<catalog::Submission>& submissions,
                                        const JobContext& job);

} // namespace meshbone::ui
