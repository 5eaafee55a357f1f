// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access/access_view.h"

class QHBoxLayout;

namespace meshbone::ui {

class Button;
class LaterStack;
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
    struct Tab {
        QString name;
        AccessView* view = nullptr; ///< null: not made yet
    };
    template <class View>
    void addTab(const QString& name, const QString& title);
    [[nodiscard]] int indexOf(const QString& name) const;
    void showCurrent();
    void fillHeader();
    void update();
    void refreshAll(const AccessView* but);
    [[nodiscard]] AccessView* current() const;

    Tabs* m_tabs = nullptr;
    LaterStack* m_stack = nullptr; ///< the views, in the order of m_views
    QWidget* m_buttons = nullptr;  ///< the current tab's, in the header
    QList<Tab> m_views;
    AccessView* m_shown = nullptr; ///< the view that was told that it is shown
    bool m_isEntered = false;
};

/// Commands on access that work on every page ("access.request", …); once for each window.
void installAccessCommands(PageContext& context);
/// How many requests wait for who sits here.
int pendingRequests(const PageContext& context);

} // namespace meshbone::ui
