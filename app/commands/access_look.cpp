// SPDX-License-Identifier: Apache-2.0
#include "commands/access_look.h"

#include "commands/access_options.h"

#include "local_backbone.h"

#include <fmt/core.h>

#include <algorithm>
#include <sstream>

namespace meshbone::app {

using namespace backbone;

namespace {

/// The rules that bindings don't show, as far as the broker tells them.
AclRules rulesOf(const CommonOptions& options, const OpenMesh& mesh) {
    AclRules rules;
    if (options.bootstrap.empty()) {
        rules.superUsers.insert(ownPrincipal());
    }
    const auto state = mesh.backbone.state();
    const auto config = state.cluster.nodes.empty()
                            ? Result<std::vector<ConfigEntry>>(std::vector<ConfigEntry>{})
                            : mesh.backbone.admin().brokerConfig(state.cluster.nodes.front().id, options.call());
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

} // namespace

Result<catalog::AccessSurvey> lookAtAccess(const CommonOptions& options, const OpenMesh& mesh) {
    catalog::SurveyOptions survey;
    survey.guard = catalog::guardOf(mesh.backbone.profile());
    survey.rules = rulesOf(options, mesh);
    survey.knowsEveryPrincipal = options.bootstrap.empty();
    survey.nowMs = nowMs();
    auto look = catalog::surveyAccess(mesh.catalog, mesh.backbone.access(), mesh.backbone.admin(), std::move(survey),
                                      options.call());
    return look.actual ? Result<catalog::AccessSurvey>(std::move(look)) : std::unexpected(look.actual.error());
}

Json bindingJson(const AclBinding& binding) {
    return {{"permission", name(binding.permission)},
            {"operation", name(binding.operation)},
            {"resourceType", name(binding.resourceKind)},
            {"patternType", name(binding.pattern)},
            {"resource", binding.resource},
            {"principal", binding.principal},
            {"host", binding.host}};
}

Json bindingsJson(std::span<const AclBinding> bindings) {
    Json all = Json::array();
    for (const AclBinding& binding : bindings) {
        all.push_back(bindingJson(binding));
    }
    return all;
}

void printUnknown(const std::vector<std::string>& unknown) {
    for (const std::string& sentence : unknown) {
        fmt::print("Mind: {}\n", sentence);
    }
}

} // namespace meshbone::app
