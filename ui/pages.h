// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/page.h"

namespace meshbone::ui {

/// All pages in the order of the navigation. Only pages that exist stand here: one line each.
PageRegistry allPages();

} // namespace meshbone::ui
