// SPDX-License-Identifier: Apache-2.0
#include "store/access_json.h"

#include "store/json_fields.h"

#include <catalog/access_names.h>
#include <catalog/access_presets.h>

namespace meshbone::catalog {

using nlohmann::json;

json toJson(const NamePattern& pattern) {
    return {{"name", pattern.name}, {"pattern", backbone::name(pattern.pattern)}};
}
void fromJson(const json& from, NamePattern& pattern) {
    take(from, "name", pattern.name);
    pattern.pattern = backbone::patternTypeNamed(textIn(from, "pattern")).value_or(backbone::PatternType::Unknown);
}

json toJson(const AccessScope& scope) {
    return {{"principal", scope.principal},
            {"host", scope.host},
            {"role", roleName(scope.role)},
            {"reads", listJson(scope.reads)},
            {"writes", listJson(scope.writes)},
            {"group", toJson(scope.group)},
            {"transactionalId", toJson(scope.transactionalId)}};
}
void fromJson(const json& from, AccessScope& scope) {
    take(from, "principal", scope.principal);
    take(from, "host", scope.host);
    scope.role = roleNamed(textIn(from, "role")).value_or(Role{});
    takeList(from, "reads", scope.reads);
    takeList(from, "writes", scope.writes);
    takeObject(from, "group", scope.group);
    takeObject(from, "transactionalId", scope.transactionalId);
}

json toJson(const backbone::AclBinding& binding) {
    return {{"resourceKind", backbone::name(binding.resourceKind)},
            {"pattern", backbone::name(binding.pattern)},
            {"resource", binding.resource},
            {"principal", binding.principal},
            {"host", binding.host},
            {"operation", backbone::name(binding.operation)},
            {"permission", backbone::name(binding.permission)}};
}
void fromJson(const json& from, backbone::AclBinding& binding) {
    using namespace backbone;
    binding.resourceKind = resourceKindNamed(textIn(from, "resourceKind")).value_or(ResourceKind::Unknown);
    binding.pattern = patternTypeNamed(textIn(from, "pattern")).value_or(PatternType::Unknown);
    take(from, "resource", binding.resource);
    take(from, "principal", binding.principal);
    take(from, "host", binding.host);
    binding.operation = operationNamed(textIn(from, "operation")).value_or(Operation::Unknown);
    binding.permission = permissionNamed(textIn(from, "permission")).value_or(Permission::Unknown);
}

json toJson(const BindingResult& result) {
    return {{"binding", toJson(result.binding)}, {"outcome", nameOf(result.outcome)}, {"reason", result.reason}};
}
void fromJson(const json& from, BindingResult& result) {
    takeObject(from, "binding", result.binding);
    takeNamed(from, "outcome", result.outcome);
    take(from, "reason", result.reason);
}

json toJson(const AccessDecision& decision) {
    return {{"person", decision.person},
            {"at", decision.atMs},
            {"approved", decision.approved},
            {"reason", decision.reason},
            {"conditions", decision.conditions}};
}
void fromJson(const json& from, AccessDecision& decision) {
    take(from, "person", decision.person);
    take(from, "at", decision.atMs);
    take(from, "approved", decision.approved);
    take(from, "reason", decision.reason);
    take(from, "conditions", decision.conditions);
}

json toJson(const RequestRemark& remark) {
    return {{"person", remark.person}, {"at", remark.atMs}, {"text", remark.text}, {"reminder", remark.reminder}};
}
void fromJson(const json& from, RequestRemark& remark) {
    take(from, "person", remark.person);
    take(from, "at", remark.atMs);
    take(from, "text", remark.text);
    take(from, "reminder", remark.reminder);
}

json toJson(const CampaignItem& item) {
    return {{"grant", item.grant},
            {"answer", nameOf(item.answer)},
            {"person", item.person},
            {"at", item.atMs},
            {"reason", item.reason}};
}
void fromJson(const json& from, CampaignItem& item) {
    take(from, "grant", item.grant);
    takeNamed(from, "answer", item.answer);
    take(from, "person", item.person);
    take(from, "at", item.atMs);
    take(from, "reason", item.reason);
}

json toJson(const Policy& policy) {
    return {{"name", policy.name},
            {"reach", nameOf(policy.reach)},
            {"subject", policy.subject},
            {"approval", nameOf(policy.approval)},
            {"approvers", policy.approvers},
            {"people", policy.people},
            {"maxDays", policy.maxDays},
            {"lapseDays", policy.lapseDays},
            {"allowsEverything", policy.allowsEverything}};
}
void fromJson(const json& from, Policy& policy) {
    take(from, "name", policy.name);
    takeNamed(from, "reach", policy.reach);
    take(from, "subject", policy.subject);
    takeNamed(from, "approval", policy.approval);
    take(from, "approvers", policy.approvers);
    take(from, "people", policy.people);
    take(from, "maxDays", policy.maxDays);
    take(from, "lapseDays", policy.lapseDays);
    take(from, "allowsEverything", policy.allowsEverything);
}

} // namespace meshbone::catalog
