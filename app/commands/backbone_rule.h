// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/access_admin.h>

#include <string>

namespace meshbone::app {

/// Whether a backbone rules at all: without an authorizer everybody may do everything, whatever is agreed.
struct BackboneRule {
    bool isEnforced = true; ///< also where it isn't known: who may not ask learns nothing
    std::string why;        ///< why it isn't, a sentence
};
inline constexpr int kNotEnforced = 3; ///< exit status: done, but nothing enforces it

BackboneRule ruleOf(backbone::AccessAdmin& access, const CallOptions& call);
/// Says so where it isn't enforced.
void printRule(const BackboneRule& rule);

} // namespace meshbone::app
