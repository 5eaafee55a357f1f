// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/page.h"

namespace meshbone::ui {

class AuditFilters;
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
    void updateChain();
    void updateRemark();
    void loaded();
    void openCurrent(int row);
    void exportEvidence();
    void checkEvidence();
    void showAsOf();
    void say(Tone tone, const QString& sentence, const QString& detail = {});
    void buildUndo();
    void sayUndone(std::int64_t entry, std::int64_t byEntry);

    LedgerModel* m_model = nullptr;
    ListPanel* m_list = nullptr;
    EntryPanel* m_entry = nullptr;
    UndoAction* m_undo = nullptr;
    MessageBar* m_chain = nullptr;
    AuditFilters* m_filters = nullptr;
    bool m_following = false;  ///< shows what was selected elsewhere, or nothing was: does not select by itself
    bool m_loadFailed = false; ///< the message of the page is about that
    qint64 m_wanted = -1;      ///< entry to be opened once it is loaded
};

} // namespace meshbone::ui
