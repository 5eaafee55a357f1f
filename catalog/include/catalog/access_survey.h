// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/access_admin.h>
#include <backbone/client.h>
#include <catalog/access_drift.h>
#include <catalog/access_explain.h>
#include <catalog/access_simulate.h>
#include <catalog/catalog.h>

namespace meshbone::catalog {

// What computing with access needs (access_plan.h, access_drift.h, access_explain.h, access_simulate.h), put together
// from what runs: the ledger, the backbone's access control lists, users and topics. For the desktop, the enforcer and
// the command line alike.

/// What the ledger agrees to at a moment. Value type.
struct AgreedAccess {
    std::vector<GrantInForce> grants; ///< those in force, and one for each binding that was adopted
    Wanted wanted;
    Wanted suspended; ///< what grants would want, were their principals not disabled
    OwnBindings own;
    std::map<backbone::AclBinding, TimestampMs> ignoredUntilMs; ///< as DriftContext has them
    std::map<std::string, std::string> policyOfGrant;           ///< of those that a policy approved by itself
    DecidingPolicies deciding; ///< what policies said besides; of agreedAt() empty: surveyAccess() asks the catalog
};
AgreedAccess agreedAt(std::span<const Grant> grants, std::span<const BindingRecord> records, TimestampMs nowMs);
/// The id under which an adopted binding stands among the grants: "adopted by TEAM".
std::string adoptedBy(const std::string& team);

struct SurveyOptions {
    PlanGuard guard;          ///< with which principal plans are applied
    backbone::AclRules rules; ///< what is known of the broker's configuration
    /// The backbone's users are all the principals that there are, as of the embedded broker. A cluster may know some
    /// by their certificates: there a principal is gone only when the ledger removed it.
    bool knowsEveryPrincipal = false;
    std::vector<backbone::AclBinding> flapping;                  ///< besides what the ledger tells
    std::map<backbone::AclBinding, TimestampMs> orphanedSinceMs; ///< of the history after the survey before
    TimestampMs nowMs = 0;
};

/// One look at everything. Value type.
struct AccessSurvey {
    /// Or why nothing can be compared, with the right that is missing: then there is no drift and no plan.
    Result<ActualAcls> actual;
    std::vector<Grant> grants;          ///< all, as the ledger has them
    std::vector<BindingRecord> records; ///< and these: what `agreed` follows from
    AgreedAccess agreed;
    /// Whoever knows of more topics and principals that were there once (lineage) adds to its `deletedTopics` and
    /// `removedPrincipals`.
    DriftContext context;
    PlanGuard guard;
    std::vector<std::string> unknown; ///< what else couldn't be read, a sentence each: nothing is concluded from it

    /// For explaining; the survey must outlive it. Only where `actual` has a value.
    [[nodiscard]] AccessFacts facts() const {
        return {actual->table(), &agreed.wanted,   &agreed.policyOfGrant,
                context.nowMs,   &agreed.deciding, &agreed.suspended};
    }
};
/// Blocks for up to four calls. Any thread.
AccessSurvey surveyAccess(const Catalog& catalog, backbone::AccessAdmin& access, backbone::Admin& admin,
                          SurveyOptions options, const CallOptions& call);

/// Fails as `actual` did.
Result<std::vector<DriftFinding>> driftOf(const AccessSurvey& survey);
/// What a grant in force allows. Fails with NotFound where there is none of this id, with Unsupported where it is of
/// adopted bindings, which no scope stands for.
Result<AccessScope> scopeInForce(const AccessSurvey& survey, std::string_view grant);
/// What would change if that grant's scope were this narrower one; fails as scopeInForce() and narrowing() do.
Result<AccessChange> narrowing(const AccessSurvey& survey, std::string_view grant, const AccessScope& after);
/// What the enforcer would do; leaves alone what is flapping.
Result<AclPlan> planOf(const AccessSurvey& survey);

/// Who works with this profile, as the backbone sees them, and what a plan must leave them.
PlanGuard guardOf(const backbone::Profile& profile);

} // namespace meshbone::catalog
