// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/page.h"

#include <QStringList>
#include <QWidget>

namespace meshbone::ui {

/// A tab of the Access page. Owned by the page; GUI thread. It is told when it is shown, when the catalog has news
/// while it is, and what is selected in the window.
class AccessView : public QWidget {
    Q_OBJECT
public:
    explicit AccessView(PageContext& context, QWidget* parent = nullptr);

    /// Everything that it loads by itself is there (or has failed, and it says so).
    [[nodiscard]] virtual bool isSettled() const { return true; }
    /// Its tab is shown; left(): another one is, or another page.
    virtual void entered() {}
    virtual void left() {}
    /// The catalog has news; also called when the tab is shown. While another one is, only the counter is wanted.
    virtual void refresh() {}
    virtual void showSelection(const Selection& selection) { Q_UNUSED(selection); }
    virtual void focusFilter() {}
    /// Commands whose buttons stand in the page's header while the tab is shown; the last one is the primary one.
    [[nodiscard]] virtual QStringList headerCommands() const { return {}; }

signals:
    /// Stands beside the tab's title; empty: nothing does.
    void counterChanged(const QString& counter, meshbone::ui::Tone tone);

protected:
    void showEvent(QShowEvent* event) override; ///< commands of a tab work while it is seen
    [[nodiscard]] PageContext& context() const { return m_context; }
    /// This tab is what the window shows.
    [[nodiscard]] bool isCurrent() const;

private:
    PageContext& m_context;
};

/// The page that the views are tabs of.
inline const QString kAccessPage = QStringLiteral("access");

} // namespace meshbone::ui
