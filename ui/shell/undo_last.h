// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/page.h"
#include "shell/undo_steps.h"

#include <optional>

namespace meshbone::ui {

/// The command "edit.undo" (Ctrl+Z, on every page): takes the person's own last act back, after showing what that does
/// unless it is words only. Its text names the act. GUI thread; owned by the window.
class UndoLast : public QObject {
    Q_OBJECT
public:
    UndoLast(PageContext& context, QWidget* window);
    [[nodiscard]] const std::optional<LastAct>& act() const { return m_act; }
    /// Nothing is being looked up or undone.
    [[nodiscard]] bool isSettled() const { return m_context.jobs.isIdle(this); }

signals:
    void undone(std::int64_t entry, std::int64_t byEntry);
    void failed(const QString& sentence);

private:
    void ask();
    void found(Result<std::optional<LastAct>> act);
    void show();
    void perform(const catalog::Undo& undo);
    [[nodiscard]] QString whyNot() const;
    [[nodiscard]] QString sentence() const; ///< of the act

    PageContext& m_context;
    QWidget* m_window;
    std::optional<LastAct> m_act;
    QString m_problem; ///< it couldn't be looked up
    bool m_running = false;
};

} // namespace meshbone::ui
