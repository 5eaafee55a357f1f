// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/page.h"
#include "widgets/panel.h"

class QMenu;

namespace meshbone::ui {

class ProfileMenu;

/// The 48 px at the top: profile, health, search, time zone, flag, menu.
class TopBar : public Ground {
    Q_OBJECT
public:
    explicit TopBar(PageContext& context, QWidget* parent = nullptr);
    [[nodiscard]] QMenu* menu() const { return m_menu; } ///< the window's main menu; filled by the window
    [[nodiscard]] ProfileMenu* profiles() const { return m_profiles; }

signals:
    void searchAsked();

private:
    class Health;
    class SearchField;
    Button* makeProfileButton();
    Button* makeZoneButton();
    void updateHealth();
    void updateFlag();
    PageContext& m_context;
    Health* m_health = nullptr;
    Button* m_flag = nullptr;
    QMenu* m_menu = nullptr;
    ProfileMenu* m_profiles = nullptr;
};

} // namespace meshbone::ui
