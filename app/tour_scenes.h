// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/tour.h"

namespace meshbone::app {

/// What the pictures of the demo mesh show beside its pages: a schema's change before it is made, who breaks if a field
/// goes, an event that is filled in, a contract's draft, rights that could be cut, versions that nobody uses. The
/// window is borrowed for the tour.
std::vector<ui::TourScene> tourScenes(ui::MainWindow& window);

} // namespace meshbone::app
