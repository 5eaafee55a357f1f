// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/job_runner.h"
#include "shell/ledger_watch.h"

namespace meshbone::ui {

/// What the message above the ledger says of its chain.
struct ChainWords {
    Tone tone = Tone::Neutral;
    QString sentence, detail;
};
ChainWords chainWords(const LedgerWatch& ledger);

/// Writes the entries that match, oldest first, as they are in the topic, with number, time and hashes, and the last
/// verification beside them, as one JSON file. Returns how many. Blocks: called from a job.
Result<qint64> writeEvidence(const catalog::Catalog& catalog, catalog::LedgerQuery query,
                             const std::optional<catalog::VerifyReport>& report, const QString& path,
                             const JobContext& job);

} // namespace meshbone::ui
