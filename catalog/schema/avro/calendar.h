// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace meshbone::catalog::avro {

// Counts of a unit as ISO 8601 text, years 0000 to 9999. `digits` after the second: 3, 6 or 9, which names the unit.

bool appendDate(std::string& out, std::int64_t days);                ///< "2026-11-27"; false outside those years
bool appendTime(std::string& out, std::int64_t units, int digits);   ///< "04:11:03.123"; false beyond a day
bool appendMoment(std::string& out, std::int64_t units, int digits); ///< "2026-11-27T04:11:03.123"

std::optional<std::int64_t> dateOf(std::string_view text);
std::optional<std::int64_t> timeOf(std::string_view text, int digits); ///< fewer digits after the second are taken too
std::optional<std::int64_t> momentOf(std::string_view text, int digits);

} // namespace meshbone::catalog::avro
