// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

namespace meshbone::catalog::jsonschema {

/// A format whose texts can be told from others.
struct Format {
    std::string_view name;  ///< as `format` spells it
    std::string_view words; ///< "a date such as 2024-05-31"
    bool (*isMet)(std::string_view text);
};

/// Null where the format isn't one of those that are looked at.
const Format* formatNamed(std::string_view name);

} // namespace meshbone::catalog::jsonschema
