// SPDX-License-Identifier: Apache-2.0
#include "settings.h"

namespace meshbone::app {

Result<std::map<std::string, std::string>> parseSettings(const std::vector<std::string>& settings) {
    std::map<std::string, std::string> parsed;
    for (const auto& setting : settings) {
        const auto equals = setting.find('=');
        if (equals == std::string::npos || equals == 0) {
            return fail(ErrorCode::InvalidArgument, "'" + setting + "' is not NAME=VALUE.");
        }
        parsed[setting.substr(0, equals)] = setting.substr(equals + 1);
    }
    return parsed;
}

} // namespace meshbone::app
