// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/access_options.h"

#include <catalog/access_survey.h>

#include <string>
#include <vector>

namespace meshbone::app {

/// A change of access that is tried and not made, as options. All of them together are one change.
struct ChangeOptions {
    std::vector<std::string> revokes, drops, adds, removes;
    std::string narrows;  ///< a grant
    ScopeOptions instead; ///< of the narrowed grant's scope
    std::string role;     ///< the same; empty: its own
};
void addChangeOptions(CLI::App& command, ChangeOptions& options);
/// Fails with a sentence where nothing would change, or something isn't there, no ACL or not narrower.
Result<catalog::AccessChange> changeOf(const ChangeOptions& options, const catalog::AccessSurvey& survey);

} // namespace meshbone::app
