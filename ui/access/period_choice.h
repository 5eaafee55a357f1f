// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/choice.h"

namespace meshbone::ui {

/// Over how much of what was seen something is tried: days, as the data of each choice. The caller owns it.
Choice* periodChoice(const QString& accessibleName, int usualDays);

} // namespace meshbone::ui
