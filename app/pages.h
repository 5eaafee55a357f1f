// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/page.h"

namespace meshbone::app {

/// The pages of the navigation, in its order. A new page is one line here.
ui::PageRegistry pages();

} // namespace meshbone::app
