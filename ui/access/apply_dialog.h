// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access/drift_look.h"
#include "shell/page.h"
#include "widgets/dialog.h"

class QLineEdit;

namespace meshbone::ui {

/// The last look before a plan is applied: what it changes, what it would have done to what was seen, why, and the
/// count where it removes much. Compares once more first: a plan that has become another one isn't applied.
class ApplyDialog : public Dialog {
    Q_OBJECT
public:
    ApplyDialog(PageContext& context, DriftLookPtr look, const PlanEffect& effect, std::size_t changes,
                const SeenPeriod& period, QWidget* parent);

signals:
    /// It was said to the ledger, perhaps not all of it: see AppliedMends::refused.
    void applied(const catalog::AppliedMends& applied);

private:
    void addLines(const PlanEffect& effect);
    void apply();
    PageContext& m_context;
    DriftLookPtr m_look;
    catalog::MendPlan m_plan;
    QLineEdit* m_why = nullptr;
    QLineEdit* m_typed = nullptr; ///< null: no count is needed
    Button* m_verb = nullptr;
};

} // namespace meshbone::ui
