// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access/answer_model.h"
#include "access/apply_dialog.h"
#include "access/drift_look.h"

#include <catalog/access_least_mend.h>

#include <optional>
#include <set>

namespace meshbone::ui {

// Least privilege for the window, from one look at the backbone and the ledger. All of it is for a job.

/// What would be enough for what was seen. Never changes once made.
struct LeastAnswer {
    DriftLookPtr look; ///< with the evidence that was chosen
    SeenPeriod period;
    std::vector<std::string> notes; ///< where the period cuts what was counted together
    catalog::LeastPlan plan;
    std::vector<catalog::LeastCut> cuts;          ///< in the plan's order
    std::optional<catalog::LeastInstead> instead; ///< of the plan; always there
};
using LeastAnswerPtr = std::shared_ptr<const LeastAnswer>;

/// Fails as catalog::leastPrivilege() does, and with Unavailable where what is allowed and used wasn't seen.
Result<LeastAnswerPtr> leastOf(const catalog::Catalog& catalog, DriftLookPtr look, const SeenPeriod& period);

/// A cut as it is shown; what is longer than a cell stands in the answer.
struct LeastRow {
    std::size_t cut = 0; ///< of the answer's
    QString grants;      ///< ids that want it, or what else it is
    QString has, enough, removes, opens, used;
};
std::vector<LeastRow> leastRows(const LeastAnswer& answer);
/// All of what a cell shows the first few of.
QString enoughExactly(const LeastAnswer& answer, std::size_t cut);
QString removesExactly(const LeastAnswer& answer, std::size_t cut);
QString opensExactly(const LeastAnswer& answer, std::size_t cut);

/// What is left alone though nothing was seen that needs it, and why.
QList<Column> leftAloneColumns();
std::vector<AnswerRow> leftAloneRows(const LeastAnswer& answer);

using LeastCuts = std::set<backbone::AclBinding>;
using LeastCutsPtr = std::shared_ptr<const LeastCuts>;
/// The answer's cuts but those that are left, by their place in it. Of very many: for a job.
LeastCuts chosenCuts(const LeastAnswer& answer, const std::vector<bool>& left);
struct LeastPlanned {
    PlanEffect effect;
    catalog::LeastMends mends; ///< without its plan, which is the effect's
};
/// The chosen cuts as a plan, with what it would have done to what was seen. It isn't allowed where somebody would be
/// stopped who was seen in the period or, where that ends before the look, after it.
Result<LeastPlanned> leastPlanned(const catalog::Catalog& catalog, const LeastAnswer& answer, const LeastCuts& chosen);
/// The same plan from a newer look. `byLog`: the evidence stays the answer's, which comes from files.
PlanAgain leastAgain(const catalog::Catalog& catalog, LeastAnswerPtr answer, LeastCutsPtr chosen, bool byLog);
/// The chosen cuts as access code; a note says where they would stop somebody who was seen after the period.
Result<catalog::LeastFile> leastFile(const catalog::Catalog& catalog, const LeastAnswer& answer,
                                     const LeastCuts& chosen);

} // namespace meshbone::ui
