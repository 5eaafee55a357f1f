// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/tour.h"

namespace meshbone::app {

/// What the pictures of the demo mesh show beside its pages: a schema's change before it is made, who breaks if a field
/// goes, a product's schemas, an event that is filled in. The window is borrowed for the tour.
std::vector<ui::TourScene> tourScenes(ui::MainWindow& window);

} // namespace meshbone::app
