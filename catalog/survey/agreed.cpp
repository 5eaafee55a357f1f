// SPDX-License-Identifier: Apache-2.0
#include <catalog/access_survey.h>

#include <catalog/access_presets.h>

#include <algorithm>
#include <limits>

namespace meshbone::catalog {
namespace {

constexpr std::string_view kByPolicy = "policy:";

void notePolicy(const Grant& grant, AgreedAccess& agreed) {
    for (const auto& decision : grant.decisions) {
        if (decision.approved && decision.person.starts_with(kByPolicy)) {
            agreed.policyOfGrant[grant.id] = decision.person.substr(kByPolicy.size());
        }
    }
}

void addRecord(const BindingRecord& record, AgreedAccess& agreed) {
    switch (record.standing) {
    case BindingStanding::Ignored:
        agreed.ignoredUntilMs[record.binding] =
            record.untilMs == kNoEnd ? std::numeric_limits<TimestampMs>::max() : record.untilMs;
        return;
    case BindingStanding::Adopted:
        agreed.grants.push_back(
            {adoptedBy(record.team), record.binding.principal, {record.binding}, -1, record.untilMs});
        break;
    case BindingStanding::Created:
    case BindingStanding::Retired:
        break;
    }
    agreed.own.insert(record.binding);
}

} // namespace

std::string adoptedBy(const std::string& team) {
    return "adopted by " + team;
}

AgreedAccess agreedAt(std::span<const Grant> grants, std::span<const BindingRecord> records, TimestampMs nowMs) {
    AgreedAccess agreed;
    std::vector<GrantInForce> suspended;
    for (const auto& grant : grants) {
        if (!grant.inForceAt(nowMs) && (grant.revoked || !grant.suspended)) {
            continue;
        }
        auto& list = grant.suspended ? suspended : agreed.grants; // wantedAt() leaves out what has ended
        list.push_back({grant.id, grant.scope.principal, bindingsOf(grant.scope), grant.fromMs, grant.untilMs});
        notePolicy(grant, agreed);
    }
    agreed.suspended = wantedAt(suspended, nowMs);
    for (const auto& record : records) {
        addRecord(record, agreed);
    }
    agreed.wanted = wantedAt(agreed.grants, nowMs);
    return agreed;
}

Result<AccessScope> scopeInForce(const AccessSurvey& survey, std::string_view grant) {
    const auto& inForce = survey.agreed.grants;
    if (std::ranges::find(inForce, grant, &GrantInForce::id) == inForce.end()) {
        return fail(ErrorCode::NotFound, "There is no grant '" + std::string(grant) + "' in force.");
    }
    const auto found = std::ranges::find(survey.grants, grant, &Grant::id);
    if (found == survey.grants.end()) {
        return fail(ErrorCode::Unsupported, "'" + std::string(grant) +
                                                "' is of ACLs that were there before, so it has no scope to narrow. "
                                                "Try taking an ACL away instead.");
    }
    return found->scope;
}

Result<AccessChange> narrowing(const AccessSurvey& survey, std::string_view grant, const AccessScope& after) {
    const auto before = scopeInForce(survey, grant);
    return before ? narrowing(survey.agreed.wanted, grant, *before, after) : std::unexpected(before.error());
}

} // namespace meshbone::catalog
