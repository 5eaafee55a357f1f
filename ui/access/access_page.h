// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access/access_view.h"

class QHBoxLayout;
class QStackedWidget;

namespace meshbone::ui {

class Button;
class Tabs;

/// Access: who asks, who may, who is who, what differs on the backbone, and by which rules. A tab each.
class AccessPage : public Page {
    Q_OBJECT
public:
    explicit AccessPage(PageContext& context);
    [[nodiscard]] bool isSettled() const override;
    void showSelection(const Selection& selection) override;
    void entered() override;
    void left() override;
    void focusFilter() override;

    /// Shows a tab by its name: "inbox", "grants", "recertification", "principals", "drift", "policies".
    void showTab(const QString& name);

private:
    void addView(const QString& name, const QString& title, AccessView* view);
    void showCurrent();
    void fillHeader();
    void update();
    [[nodiscard]] AccessView* current() const;

    Tabs* m_tabs = nullptr;
    QStackedWidget* m_stack = nullptr;
    QWidget* m_buttons = nullptr; ///< the current tab's, in the header
    QStringList m_names;
    AccessView* m_shown = nullptr; ///< the view that was told that it is shown
    bool m_isEntered = false;
};

/// Commands on access that work on every page ("access.request", …); once for each window.
void installAccessCommands(PageContext& context);
/// How many requests wait for who sits here.
int pendingRequests(const PageContext& context);

} // namespace meshbone::ui
