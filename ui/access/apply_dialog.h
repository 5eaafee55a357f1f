// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access/drift_look.h"
#include "shell/page.h"
#include "widgets/dialog.h"

#include <functional>

class QLineEdit;

namespace meshbone::ui {

/// Makes the plan once more from a newer look, to see whether it is still the same. Blocks: for a job.
using PlanAgain = std::function<Result<catalog::MendPlan>(const DriftLookPtr& now)>;

/// The last look before a plan is applied: what it changes, what it would have done to what was seen, why, and the
/// count where it removes much. Compares once more first: a plan that has become another one isn't applied.
class ApplyDialog : public Dialog {
    Q_OBJECT
public:
    ApplyDialog(PageContext& context, DriftLookPtr look, const std::shared_ptr<const PlanEffect>& effect,
                const SeenPeriod& period, QWidget* parent);
    /// Of a plan that doesn't come from decisions about findings.
    void setAgain(PlanAgain again) { m_again = std::move(again); }
    /// What isn't in the plan and what comes after it, sentences; shown above its lines.
    void addNotes(const std::vector<std::string>& notes);

signals:
    /// It was said to the ledger, perhaps not all of it: see AppliedMends::refused.
    void applied(const catalog::AppliedMends& applied);

private:
    void addLines(const PlanShown& shown);
    void apply();

    PageContext& m_context;
    DriftLookPtr m_look;
    std::shared_ptr<const catalog::MendPlan> m_plan; ///< of very many changes: shared, not copied
    PlanAgain m_again;
    QLineEdit* m_why = nullptr;
    QLineEdit* m_typed = nullptr; ///< null: no count is needed
    Button* m_verb = nullptr;
};

} // namespace meshbone::ui
