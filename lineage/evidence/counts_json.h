// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/request_counts.h>
#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace meshbone::lineage {

// When requests were made, as a record of evidence and the database have it: lineage/README.md, "counts".

nlohmann::ordered_json countsJson(const catalog::RequestCounts& counts);
/// Nothing where it isn't an object of that format, or is out of bounds.
std::optional<catalog::RequestCounts> countsOf(const nlohmann::ordered_json& json);

/// The same as text; empty for none.
std::string countsText(const catalog::RequestCounts& counts);
std::optional<catalog::RequestCounts> parseCounts(std::string_view text);

} // namespace meshbone::lineage
