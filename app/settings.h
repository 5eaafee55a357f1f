// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>

#include <map>
#include <string>
#include <vector>

namespace meshbone::app {

/// What an option that may be repeated gave, NAME=VALUE each; the last one of a name counts. InvalidArgument for one
/// that has no '=' or nothing before it. Pure function.
Result<std::map<std::string, std::string>> parseSettings(const std::vector<std::string>& settings);

} // namespace meshbone::app
