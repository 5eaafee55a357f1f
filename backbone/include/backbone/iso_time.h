// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/types.h>

#include <string>

namespace meshbone {

/// "2018-02-06T15:50:42.400Z"; "-" for none, and for what four digits of a year can't say.
std::string isoTime(TimestampMs timestampMs);
/// The inverse: ISO 8601 in UTC (date alone, minutes, seconds, milliseconds; a Z is allowed) or milliseconds since the
/// epoch.
bool parseTime(const std::string& text, TimestampMs& timestampMs);

} // namespace meshbone
