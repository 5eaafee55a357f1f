// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace meshbone::app {

/// "Ada Lovelace (EU)" becomes "ada-lovelace-eu": a name as the catalog's ids and folders have it. Empty where the text
/// has no letter of the Latin alphabet and no digit. Pure function.
std::string slug(std::string_view text);

} // namespace meshbone::app
