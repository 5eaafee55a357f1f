// SPDX-License-Identifier: Apache-2.0
#include "acl_rules.h"

#include <sstream>

namespace meshbone::app {

using namespace backbone;

AclRules aclRulesOf(Backbone& backbone, const CallOptions& call) {
    AclRules rules;
    const auto state = backbone.state();
    const auto config = state.cluster.nodes.empty()
                            ? Result<std::vector<ConfigEntry>>(std::vector<ConfigEntry>{})
                            : backbone.admin().brokerConfig(state.cluster.nodes.front().id, call);
    for (const ConfigEntry& entry : config.value_or(std::vector<ConfigEntry>{})) {
        const std::string value = entry.value.value_or("");
        if (entry.name == "allow.everyone.if.no.acl.found") {
            rules.allowIfNone = value == "true";
        } else if (entry.name == "super.users") {
            std::istringstream all(value);
            for (std::string one; std::getline(all, one, ';');) {
                rules.superUsers.insert(one);
            }
        }
    }
    return rules;
}

} // namespace meshbone::app
