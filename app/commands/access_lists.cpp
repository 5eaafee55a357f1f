// SPDX-License-Identifier: Apache-2.0
#include "commands/access_commands.h"
#include "commands/access_parts.h"
#include "commands/backbone_rule.h"
#include "commands/json_output.h"
#include "commands/text_table.h"

#include <catalog/access_file.h>
#include <catalog/access_names.h>
#include <catalog/access_presets.h>

#include <algorithm>

namespace meshbone::app {

using namespace catalog;

namespace {

Json scopeJson(const AccessScope& scope) {
    Json reads = Json::array();
    Json writes = Json::array();
    for (const auto& pattern : scope.reads) {
        reads.push_back(shownPattern(pattern));
    }
    for (const auto& pattern : scope.writes) {
        writes.push_back(shownPattern(pattern));
    }
    return {{"principal", scope.principal},
            {"role", roleName(scope.role)},
            {"host", scope.host},
            {"reads", std::move(reads)},
            {"writes", std::move(writes)},
            {"group", shownPattern(scope.group)},
            {"transactionalId", shownPattern(scope.transactionalId)}};
}

void print(const ScopeOptions& options, const Json& json, const TextTable& table) {
    options.json ? printJson(json) : table.print();
}

Json remarksJson(const AccessRequest& request) {
    Json remarks = Json::array();
    for (const RequestRemark& remark : request.remarks) {
        remarks.push_back({{"by", remark.person},
                           {"at", timeJson(remark.atMs)},
                           {"text", remark.text},
                           {"reminder", remark.reminder}});
    }
    return remarks;
}

/// Who agreed, when, and what they bound it to.
Json decisionsJson(const Grant& grant) {
    Json decisions = Json::array();
    for (const AccessDecision& one : grant.decisions) {
        decisions.push_back({{"by", one.person}, {"at", timeJson(one.atMs)}, {"conditions", one.conditions}});
    }
    return decisions;
}

/// The grants with the time that they are looked at: now, or --as-of.
Result<std::pair<TimestampMs, std::vector<Grant>>> grantsThen(const ScopeOptions& options, const Catalog& catalog) {
    const auto then = timeOf("--as-of", options.asOf);
    if (!then) {
        return std::unexpected(then.error());
    }
    if (!*then) {
        return std::pair(nowMs(), catalog.grants());
    }
    auto access = catalog.accessAsOf(**then, options.call());
    if (!access) {
        return std::unexpected(access.error());
    }
    return std::pair(**then, std::move(access->grants));
}

std::vector<AccessRequest> chosen(const ScopeOptions& options, const Catalog& catalog, const std::string& person) {
    auto requests = options.all ? catalog.accessRequests() : catalog.pendingFor(person, nowMs());
    std::ranges::stable_sort(requests, {}, &AccessRequest::submittedMs);
    return requests;
}

} // namespace

Status listRequests(const ScopeOptions& options, Catalog& catalog, const std::string& person) {
    Json json = Json::array();
    TextTable table({"Request", "By", "Principal", "Role", "Topics", "Until", "State", "Purpose"});
    const TimestampMs now = nowMs();
    for (const AccessRequest& request : chosen(options, catalog, person)) {
        const std::string state(nameOf(request.stateAt(now)));
        json.push_back({{"id", request.id},
                        {"by", request.author},
                        {"scope", scopeJson(request.scope)},
                        {"purpose", request.purpose},
                        {"until", timeJson(request.untilMs)},
                        {"lapses", timeJson(request.lapsesMs)},
                        {"state", state},
                        {"renews", request.renews},
                        {"remarks", remarksJson(request)}});
        table.add({request.id, request.author, request.scope.principal, std::string(roleName(request.scope.role)),
                   shownTopics(request.scope), isoTime(request.untilMs), state, request.purpose});
    }
    print(options, json, table);
    return {};
}

Status listGrants(const ScopeOptions& options, const OpenMesh& mesh) {
    const auto then = grantsThen(options, mesh.catalog);
    if (!then) {
        return std::unexpected(then.error());
    }
    const auto rule = options.asOf.empty() ? ruleOf(mesh.backbone.access(), options.call()) : BackboneRule{};
    Json json = Json::array();
    TextTable table({"Grant", "Principal", "Role", "Topics", "Until", "State", "Decided by"});
    const TimestampMs now = then->first;
    for (const Grant& grant : then->second) {
        if (!options.all && !grant.inForceAt(now)) {
            continue;
        }
        const bool isRuled = rule.isEnforced || !grant.inForceAt(now); // else an enforcer's word is of another time
        const std::string state(nameOf(isRuled ? grant.stateAt(now) : GrantState::Waiting));
        std::string deciders;
        for (const AccessDecision& decision : grant.decisions) {
            deciders += (deciders.empty() ? "" : ", ") + decision.person;
        }
        json.push_back({{"id", grant.id},
                        {"scope", scopeJson(grant.scope)},
                        {"requester", grant.requester},
                        {"purpose", grant.purpose},
                        {"from", timeJson(grant.fromMs)},
                        {"until", timeJson(grant.untilMs)},
                        {"endBy", grant.endBy},
                        {"inForce", grant.inForceAt(now)},
                        {"state", state},
                        {"reason", isRuled ? grant.reason : rule.why},
                        {"ended", timeJson(grant.endedMs(now))},
                        {"removedLateMs", grant.removedLateMs()},
                        {"decidedBy", deciders},
                        {"conditions", conditionsOf(grant.decisions)},
                        {"decisions", decisionsJson(grant)}});
        table.add({grant.id, grant.scope.principal, std::string(roleName(grant.scope.role)), shownTopics(grant.scope),
                   isoTime(grant.untilMs), state, deciders});
    }
    print(options, json, table);
    if (!options.json) {
        printRule(rule);
    }
    return {};
}

Status listPrincipals(const ScopeOptions& options, Catalog& catalog, const std::string&) {
    Json json = Json::array();
    TextTable table({"Principal", "Name", "Kind", "Team", "Person", "State"});
    for (const Principal& principal : catalog.principals()) {
        const std::string kind(nameOf(principal.kind));
        json.push_back({{"principal", principal.principal},
                        {"name", principal.name},
                        {"kind", kind},
                        {"team", principal.team},
                        {"person", principal.person},
                        {"disabled", principal.disabled}});
        table.add({principal.principal, principal.name, kind, principal.team, principal.person,
                   principal.disabled ? "disabled" : "enabled"});
    }
    print(options, json, table);
    return {};
}

Status listPolicies(const ScopeOptions& options, Catalog& catalog, const std::string&) {
    Json json = Json::array();
    TextTable table({"Policy", "For", "Approval", "Also", "People", "Days", "Lapses after"});
    for (const Policy& policy : catalog.policies()) {
        const std::string reach(nameOf(policy.reach));
        const std::string approval(nameOf(policy.approval));
        json.push_back({{"id", policy.id},
                        {"name", policy.name},
                        {"reach", reach},
                        {"subject", policy.subject},
                        {"approval", approval},
                        {"approvers", policy.approvers},
                        {"people", policy.people},
                        {"maxDays", policy.maxDays},
                        {"lapseDays", policy.lapseDays},
                        {"allowsEverything", policy.allowsEverything}});
        table.add({policy.id, policy.subject.empty() ? reach : reach + " " + policy.subject, approval, policy.approvers,
                   std::to_string(policy.people), std::to_string(policy.maxDays), std::to_string(policy.lapseDays)});
    }
    print(options, json, table);
    return {};
}

} // namespace meshbone::app
