// SPDX-License-Identifier: Apache-2.0
#include "commands/backbone_rule.h"

#include <fmt/core.h>

namespace meshbone::app {

BackboneRule ruleOf(backbone::AccessAdmin& access, const CallOptions& call) {
    backbone::AclFilter few; // the answer doesn't matter, only whether there is one
    few.resourceKind = backbone::ResourceKind::Cluster;
    const auto there = access.acls(few, call);
    if (there || there.error().code != ErrorCode::Unsupported) {
        return {};
    }
    return {false, there.error().message};
}

void printRule(const BackboneRule& rule) {
    if (!rule.isEnforced) {
        fmt::print("Mind: Nothing enforces it here. {}\n", rule.why);
    }
}

} // namespace meshbone::app
