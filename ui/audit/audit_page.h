// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/page.h"

#include <QSet>

class QMenu;

namespace meshbone::ui {

class EntryPanel;
class LedgerModel;
class ListPanel;
class MessageBar;
class UndoAction;

/// The governance ledger: entries by time, the chain's state, one entry opened with before and after.
class AuditPage : public Page {
    Q_OBJECT
public:
    explicit AuditPage(PageContext& context);
    [[nodiscard]] bool isSettled() const override;
    void showSelection(const Selection& selection) override;
    void focusFilter() override;

private:
    void registerCommands();
    void buildList();
    Button* addMenuFilter(const QString& name, const QString& prefix, const QString& any);
    void fillAuthors();
    void fillActs();
    void setTimeFilter(int days, const QString& title);
    void updateChain();
    void updateRemark();
    void loaded();
    void openCurrent(int row);
    void exportEvidence();
    void buildUndo();
    void sayUndone(std::int64_t entry, std::int64_t byEntry);

    LedgerModel* m_model = nullptr;
    ListPanel* m_list = nullptr;
    EntryPanel* m_entry = nullptr;
    UndoAction* m_undo = nullptr;
    MessageBar* m_chain = nullptr;
    Button* m_who = nullptr;
    Button* m_act = nullptr;
    Button* m_when = nullptr;
    QSet<QString> m_acts;      ///< seen so far; what the act filter offers
    bool m_following = false;  ///< shows what was selected elsewhere, or nothing was: does not select by itself
    bool m_loadFailed = false; ///< the message of the page is about that
    qint64 m_wanted = -1;      ///< entry to be opened once it is loaded
};

} // namespace meshbone::ui
