// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "replay/time_window.h"
#include "shell/page.h"

#include <functional>

namespace meshbone::ui {

/// Reads the first events of a window and shows them, decoded, in a dialog of `parent`: what a replay of it would
/// write. `failed` gets the sentence when they can't be read. GUI thread; the reading is a job of `parent`.
void showWindowEvents(PageContext& context, QWidget* parent, const QString& topic, const WindowMs& window,
                      std::function<void(const QString&)> failed);

} // namespace meshbone::ui
