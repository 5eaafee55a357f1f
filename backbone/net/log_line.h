// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

namespace meshbone::backbone::net {

enum class Severity : std::uint8_t { Info, Warning, Error };

/// Writes one line about the broker to standard error: time, severity, sentence. Any thread. At most 20 lines a second
/// are written, then a count of those that were not: a client can't fill a disk by being refused.
void logLine(Severity severity, std::string_view sentence);

/// Sends the lines elsewhere; nullptr goes back to standard error. The sink may be called from any thread, one at a
/// time.
void setLogSink(std::function<void(Severity, std::string_view)> sink);

} // namespace meshbone::backbone::net
