// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/settings.h"
#include "widgets/dialog.h"

namespace meshbone::ui {

/// Appearance and time zone. Changes take effect at once.
class SettingsDialog : public Dialog {
    Q_OBJECT
public:
    explicit SettingsDialog(Settings& settings, QWidget* parent = nullptr);
};

} // namespace meshbone::ui
