// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/types.h>

#include <string>

namespace meshbone::backbone {

/// "2026-11-24 16:05:00.000 UTC".
std::string timeText(TimestampMs timeMs);
/// The wall clock.
TimestampMs nowMs();

} // namespace meshbone::backbone
