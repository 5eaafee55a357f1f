// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "contracts/contract_words.h"

#include <backbone/types.h>

#include <optional>

namespace meshbone::ui {

/// What there is to say of what is agreed for a topic or a product.
struct ContractLook {
    std::optional<catalog::AgreedContract> agreed; ///< nothing: there is no contract
    std::optional<catalog::Contract> contract;     ///< nothing: its text can't be read
    std::vector<catalog::FileProblem> problems;    ///< why it can't
    std::vector<catalog::ContractFinding> findings;
    QString notChecked;      ///< why the schemas weren't asked, a sentence; empty: they were
    QString comparedWith;    ///< "v3 of seismic.quakes-value"; empty: with nothing, or with several
    bool saysEvents = true;  ///< false: of a topic, it doesn't say what an event looks like
    std::int64_t entry = -1; ///< of the ledger, by which it is agreed
    std::string author, why; ///< of that entry; empty: not known any more
    TimestampMs agreedMs = -1;

    [[nodiscard]] int breaking() const; ///< how many findings do
};
/// Reads and checks: for a job. `notChecked`: why the book can't be asked; empty: it can.
Result<ContractLook> lookAtContract(const catalog::Catalog& catalog, const catalog::SchemaBook& book,
                                    const catalog::ContractSubject& subject, const QString& notChecked);
/// Whether it is kept. `checkedMs`: when that was looked at.
ContractVerdict verdictOf(const ContractLook& look, const catalog::ContractSubject& subject, TimestampMs checkedMs);

} // namespace meshbone::ui
