// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/page.h"

#include <optional>

namespace meshbone::ui {

/// The command "audit.undo" on the entry that is open: asks the catalog, and for settings the backbone, what would take
/// it back, shows that unless it is words only, and does it. Asks again whenever the catalog changes. GUI thread; owned
/// by the page.
class UndoAction : public QObject {
    Q_OBJECT
public:
    /// Registers the command for `page`.
    UndoAction(PageContext& context, Page* page);
    void setEntry(std::optional<catalog::LedgerEntry> entry);
    [[nodiscard]] bool canUndo() const { return m_undo.has_value(); }
    [[nodiscard]] bool isSettled() const { return m_context.jobs.isIdle(this); }

signals:
    void changed();                                        ///< whether it can be undone
    void undone(std::int64_t entry, std::int64_t byEntry); ///< byEntry: the last that took it back
    void failed(const QString& sentence);

private:
    void ask();
    void run();
    void perform(const catalog::Undo& undo);
    void finish(const catalog::Undo& undo, const Result<std::int64_t>& last);
    [[nodiscard]] QString whyNot() const;

    PageContext& m_context;
    QWidget* m_page;
    std::optional<catalog::LedgerEntry> m_entry;
    Result<catalog::Undo> m_undo;
    bool m_running = false;
};

} // namespace meshbone::ui
