// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace meshbone::app {

/// True where a window can be opened: a display is named, or a platform plugin was chosen by hand.
bool hasDisplay();
/// Chooses the platform plugin that draws without a display, unless one was chosen by hand. Call before QApplication.
void drawWithoutDisplay();

} // namespace meshbone::app
