// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/ledger_watch.h"

namespace meshbone::ui {

/// What the message above the ledger says of its chain.
struct ChainWords {
    Tone tone = Tone::Neutral;
    QString sentence, detail;
};
ChainWords chainWords(const LedgerWatch& ledger);

} // namespace meshbone::ui
