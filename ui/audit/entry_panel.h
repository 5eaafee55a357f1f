// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/page.h"
#include "widgets/panel.h"

#include <optional>

class QPlainTextEdit;
class QStackedWidget;

namespace meshbone::ui {

class Chip;
class DiffView;
class Label;
class PropertyList;
class Segmented;

/// One entry of the ledger, opened: when, by whom, why, what was before and after, its place in the chain, its JSON.
class EntryPanel : public Ground {
    Q_OBJECT
public:
    explicit EntryPanel(PageContext& context, QWidget* parent = nullptr);
    void show(const catalog::LedgerEntry& entry);
    void showNothing();
    /// Says beside the subject that the entry can be undone.
    void setUndoable(bool undoable);
    [[nodiscard]] const std::optional<catalog::LedgerEntry>& entry() const { return m_entry; }

signals:
    void closeAsked();

private:
    QWidget* buildHead();
    QWidget* buildChanges();
    QWidget* buildFoot();
    void fillFacts(const catalog::LedgerEntry& entry);
    PageContext& m_context;
    std::optional<catalog::LedgerEntry> m_entry;
    Label* m_title = nullptr;
    Label* m_number = nullptr;
    Label* m_subject = nullptr;
    Chip* m_domain = nullptr;
    Chip* m_state = nullptr;
    Chip* m_undoable = nullptr;
    PropertyList* m_facts = nullptr;
    Segmented* m_view = nullptr;
    Label* m_counts = nullptr;
    DiffView* m_diff = nullptr;
    Label* m_noChanges = nullptr;
    QPlainTextEdit* m_json = nullptr;
    QStackedWidget* m_stack = nullptr;
    Label* m_chain = nullptr;
    Button* m_copy = nullptr;
};

} // namespace meshbone::ui
