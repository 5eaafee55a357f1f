// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/chip.h"

#include <catalog/contract_of.h>

#include <QString>

namespace meshbone::ui {

// Contracts in a person's words.

QString subjectWord(const catalog::ContractSubject& subject); ///< "the topic seismic.quakes"
QString standardWord(const catalog::Contract& contract);      ///< "Open Data Contract Standard 3.1.0"
QString contractWord(const catalog::Contract& contract);      ///< "“Earthquakes” 1.2.0"
/// "draft", "active", "retired", … in its tone.
ChipSpec statusChip(const std::string& status);
/// What its file is called: "seismic.quakes.odcs.yaml".
QString contractFileName(const catalog::ContractSubject& subject, catalog::ContractKind kind);

/// What there is to say above a contract.
struct ContractVerdict {
    Tone tone = Tone::Neutral;
    QString sentence, detail;
};

} // namespace meshbone::ui
