// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access/drift_look.h"
#include "widgets/long_choice.h"

namespace meshbone::ui {

/// What "Explain access" offers to choose from. Made once for a look, by its job: there may be tens of thousands.
struct ExplainLists {
    ChoiceItems principals; ///< all that the ledger or an ACL names
    ChoiceItems known;      ///< the same without "User:*", which can't be dropped
    ChoiceItems topics;
    ChoiceItems grants; ///< in force, by principal; the id is the grant's

    /// The first grant of a principal, by its id; empty: it has none.
    [[nodiscard]] QString firstGrantOf(const std::string& principal) const;

    static ExplainLists of(const DriftLook& look);

private:
    using Holders = std::vector<std::pair<std::string, std::string>>;
    std::shared_ptr<const Holders> m_holders; ///< principal and id of the grants, sorted
};

} // namespace meshbone::ui
