// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access/drift_look.h"
#include "shell/page.h"

#include <functional>

namespace meshbone::ui {

class MessageBar;
class PlanPanel;
class PlanUndo;

/// What is done with the plan of the Drift tab: applied, saved as a file, and taken back as a whole
/// (by the window's PlanUndo). Registers the
/// commands "access.applyPlan", "access.savePlan" and "access.undoPlan". GUI thread.
class PlanActions : public QObject {
    Q_OBJECT
public:
    /// `elsewhere` says why nothing can be applied now though there is a plan; empty: it can.
    PlanActions(PageContext& context, std::function<QString()> elsewhere, QObject* parent);
    /// The panel with the plan, and where to say what became of it; both outlive this.
    void work(PlanPanel* panel, MessageBar* bar);

signals:
    void changed(); ///< the ledger was written: compare again

private:
    void registerCommands();
    void askApply();
    void save();
    [[nodiscard]] QString whyNotApply() const;

    PageContext& m_context;
    std::function<QString()> m_elsewhere;
    PlanPanel* m_panel = nullptr;
    MessageBar* m_bar = nullptr;
    PlanUndo& m_undo;
};

} // namespace meshbone::ui
