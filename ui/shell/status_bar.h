// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/page.h"
#include "widgets/panel.h"

namespace meshbone::ui {

class Label;

/// The 28 px at the foot: topics and rate, what runs (jobs and replays, with progress and cancel), the ledger's state.
class StatusBar : public Ground {
    Q_OBJECT
public:
    explicit StatusBar(PageContext& context, QWidget* parent = nullptr);

private:
    class Progress;
    class LedgerState;
    struct Shown {
        QString title;
        double fraction = -1;
        std::function<void()> cancel;
    };
    [[nodiscard]] QList<Shown> running() const;
    void updateCounts();
    void updateTasks();
    void updateLedger();
    PageContext& m_context;
    Label* m_counts = nullptr;
    Label* m_title = nullptr;
    Progress* m_progress = nullptr;
    Label* m_percent = nullptr;
    Button* m_cancel = nullptr;
    LedgerState* m_ledger = nullptr;
    std::function<void()> m_cancelShown;
};

} // namespace meshbone::ui
