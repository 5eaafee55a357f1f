// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace meshbone::catalog {

/// What a sentence about a payload says without what differs from record to record: "At byte 17, in `x`: …" is "In
/// `x`: …".
std::string causeOf(const std::string& sentence);

/// The field that such a sentence names, the first in backticks; empty: none.
std::string fieldOf(std::string_view sentence);

} // namespace meshbone::catalog
