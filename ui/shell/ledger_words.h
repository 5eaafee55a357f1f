// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/catalog.h>

#include <QString>

namespace meshbone::ui {

// A ledger entry in a person's words. Acts that are not known keep their own name.

QString actIcon(const std::string& act);
QString actTitle(const std::string& act);               ///< "Topic configured"
QString actSentence(const catalog::LedgerEntry& entry); ///< "Topic configured, seismic.quakes.strong"

} // namespace meshbone::ui
