// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/access.h>

namespace meshbone::ui {

/// Must a person look at it? The backbone isn't as agreed, and doesn't become so by itself.
bool isInTrouble(const catalog::Grant& grant, TimestampMs nowMs);

} // namespace meshbone::ui
