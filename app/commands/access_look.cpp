// SPDX-License-Identifier: Apache-2.0
#include "commands/access_look.h"

#include "commands/access_options.h"

#include "acl_rules.h"
#include "local_backbone.h"

#include <fmt/core.h>

#include <algorithm>

namespace meshbone::app {

using namespace backbone;

namespace {

AclRules rulesOf(const CommonOptions& options, const OpenMesh& mesh) {
    auto rules = aclRulesOf(mesh.backbone, options.call());
    if (options.bootstrap.empty()) {
        rules.superUsers.insert(ownPrincipal());
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
