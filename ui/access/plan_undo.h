// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/page.h"

#include <catalog/access_mend.h>

#include <QPointer>

#include <optional>

namespace meshbone::ui {

class MessageBar;

/// The plan that was applied last, from whichever view, and taking it back as a whole. One for each window, owned by
/// it; GUI thread, the undoing in a job.
class PlanUndo : public QObject {
    Q_OBJECT
public:
    /// The window's own; made when it is first asked for.
    static PlanUndo& of(PageContext& context);

    /// Says in the bar what became of the plan, and offers to undo it there; nowhere else from now on. The bar may go
    /// before this does: then what became of an undo is said in the window's own.
    void applied(const catalog::AppliedMends& applied, MessageBar* bar);
    void undo();
    [[nodiscard]] QString whyNot() const; ///< why nothing can be undone now; empty: it can

signals:
    void changed(); ///< the ledger was written: compare again

private:
    template <class Own>
    friend Own& windowsOwn(PageContext& context);
    explicit PlanUndo(PageContext& context);
    void offerUndo(MessageBar* bar, const QString& title);
    void sayUndone(const catalog::UndoneMends& undone);

    PageContext& m_context;
    QPointer<MessageBar> m_bar;
    QPointer<QWidget> m_offer;                      ///< in the bar, while it is there
    std::optional<catalog::AppliedMends> m_applied; ///< what of it is still to be undone
    bool m_isUndoing = false;
};

} // namespace meshbone::ui
