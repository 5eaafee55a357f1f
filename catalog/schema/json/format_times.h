// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace meshbone::catalog::jsonschema {

// RFC 3339's texts for moments; ISO 8601's, as its appendix has them, for durations.
bool isDate(std::string_view text);
bool isTime(std::string_view text);
bool isDateTime(std::string_view text);
bool isDuration(std::string_view text);

} // namespace meshbone::catalog::jsonschema
