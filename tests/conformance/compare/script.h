// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/version.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace meshbone::compare {

/// A request that both engines are sent, as a line of cases/*.txt says it; README.md describes the lines.
struct Step {
    std::string name;                            ///< of the case, a step of it is told apart by its number behind a dot
    std::string user;                            ///< who asks; empty: the administrator
    std::string api;                             ///< Kafka's name of the API
    std::string versions;                        ///< "all", "max" or a number
    std::string request;                         ///< JSON with ${variables}
    std::map<std::string, std::string> captures; ///< variable -> JSON pointer into the answer
};

/// The steps of a file in their order. Throws std::runtime_error with file and line for what isn't a step.
std::vector<Step> readSteps(const std::filesystem::path& file);

/// The text with every ${name} replaced. Throws std::runtime_error for a name that has no value.
std::string substituted(std::string text, const std::map<std::string, std::string>& variables);

} // namespace meshbone::compare
