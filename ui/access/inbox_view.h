// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access/access_view.h"
#include "access/inbox_model.h"
#include "shell/newest_job.h"

class QHBoxLayout;

namespace meshbone::ui {

class Label;
class ListPanel;
class MessageBar;
class RequestActions;
class RequestPanel;
class Segmented;

/// Requests at the left, the chosen one at the right with everything that is needed to decide it, and the buttons below
/// it. Keyboard first: J and K move, Y approves, N declines, E approves with changes.
class InboxView : public AccessView {
    Q_OBJECT
public:
    explicit InboxView(PageContext& context, QWidget* parent = nullptr);
    [[nodiscard]] bool isSettled() const override;
    void entered() override;
    void refresh() override;
    void showSelection(const Selection& selection) override;
    void focusFilter() override;
    [[nodiscard]] QStringList headerCommands() const override;

private:
    enum Which : int { ForMe, Mine, All };
    QWidget* buildList();
    QWidget* buildDetail();
    void registerCommands();
    void move(int rows);
    void showRows(std::vector<InboxRow> rows);
    void showCurrent();
    void showButtons();
    void chooseSomething();
    void sayOutcome(Tone tone, const QString& sentence);

    InboxModel* m_model = nullptr;
    ListPanel* m_list = nullptr;
    Segmented* m_which = nullptr;
    RequestPanel* m_panel = nullptr;
    MessageBar* m_outcome = nullptr;
    Label* m_effect = nullptr;
    RequestActions* m_actions = nullptr;
    QList<QWidget*> m_decide, m_own;
    NewestJob<std::vector<InboxRow>> m_rows;
    QString m_wanted;           ///< request to be chosen once it is listed
    bool m_isFollowing = false; ///< the choice follows the window's selection and doesn't make it
};

} // namespace meshbone::ui
