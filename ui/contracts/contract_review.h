// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "contracts/contract_words.h"
#include "contracts/findings_model.h"

#include <backbone/types.h>

namespace meshbone::ui {

/// What a contract could be agreed for, and what that would do.
struct ContractTarget {
    QString words; ///< "Topic seismic.quakes"
    std::vector<catalog::ContractAgreement> agreements;
    std::vector<QString> replaced; ///< what each of them replaces: "“Earthquakes” 1.2.0"; empty: nothing
    std::string refused;           ///< why the catalog wouldn't take it, a sentence

    [[nodiscard]] bool isThere() const;    ///< all of it is agreed already
    [[nodiscard]] bool isBreaking() const; ///< some of it
};
/// A text that may be agreed, before anything is done.
struct ContractReview {
    std::string text;
    std::optional<catalog::Contract> contract;  ///< nothing: it can't be read
    std::vector<catalog::FileProblem> problems; ///< what is wrong with it; it can't be agreed then
    std::vector<ContractTarget> targets;        ///< the likeliest first; none: there is nothing that it could be for
};
/// Reads, validates and compares: for a job. `here`: the topic or product that is looked at.
ContractReview reviewContract(std::string text, const catalog::ContractSubject& here, const catalog::Catalog& catalog,
                              TimestampMs nowMs);
/// What is to be said of it; `target`: nothing: there is none.
ContractVerdict verdictOf(const ContractReview& review, const ContractTarget* target);
/// The problems, or what changes for the target.
std::vector<ContractRow> reviewRows(const ContractReview& review, const ContractTarget* target);

} // namespace meshbone::ui
