// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/page.h"

#include <QObject>

class QMenu;

namespace meshbone::ui {

/// The menu of the profile in the top bar: what can be opened, edited and made; filled anew each time it is shown.
class ProfileMenu : public QObject {
    Q_OBJECT
public:
    ProfileMenu(PageContext& context, QMenu& menu, QWidget* window);
    /// Opens the form for a new profile, or for one that exists.
    void edit(const std::optional<backbone::KnownCluster>& cluster);
    /// Opens a profile; asks first where that takes something away from others.
    void open(const std::string& name);

private:
    void fill();
    PageContext& m_context;
    QMenu& m_menu;
    QWidget* m_window;
};

} // namespace meshbone::ui
