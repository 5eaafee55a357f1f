// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/access.h>

#include <string>
#include <vector>

namespace meshbone::catalog {

// Commands on access. Their author is the person who signs the entry, their reason is Submission::why, and their time
// is the entry's. All demand the revision that the author saw, so that no signed entry can be played again: a
// submission that gives none is given what its catalog sees.

/// By an admin. The teams must be there; empty ones: see AccessRoles.
struct PutAccessRoles {
    std::string admins, enforcers;
};
/// By an admin or the team that owns it. Disabling takes its grants out of force.
struct PutPrincipal {
    std::string principal, name;
    PrincipalKind kind = PrincipalKind::Service;
    std::string team, person;
    bool disabled = false;
};
struct RemovePrincipal {
    std::string principal;
};
/// By an admin or the owner.
struct Classify {
    bool product = false;
    std::string subject;
    Classification level = Classification::Internal;
};
/// By an admin. The policy's revision isn't looked at.
struct PutPolicy {
    Policy policy;
};
struct RemovePolicy {
    std::string id;
};

/// By any enrolled person, for any principal and topic, also such that aren't there yet. A policy may approve it at
/// once.
struct SubmitRequest {
    std::string id;
    AccessScope scope;
    std::string product, renews, purpose;
    TimestampMs untilMs = kNoEnd;
};
/// By its author; what was decided so far is void.
struct AmendRequest {
    std::string id;
    AccessScope scope;
    std::string purpose;
    TimestampMs untilMs = kNoEnd;
};
struct CommentRequest {
    std::string id, text;
    bool reminder = false;
};
struct WithdrawRequest {
    std::string id;
};
/// A withdrawn or declined request waits again: by its author, or by who declined it.
struct ReopenRequest {
    std::string id;
};
/// By who must approve, and never by who asked or whose principal it is for. The scope and the end are what the
/// approver agrees to: as asked, narrower or shorter. It is granted when all have agreed who must.
struct ApproveRequest {
    std::string id;
    AccessScope scope;
    TimestampMs untilMs = kNoEnd;
    std::string conditions{};
};
/// With a reason.
struct DeclineRequest {
    std::string id;
};

/// By somebody who may approve it alone; others submit a request that renews.
struct RenewGrant {
    std::string id;
    TimestampMs untilMs = kNoEnd;
};
/// By who may approve it, an admin, or those who have it.
struct ShortenGrant {
    std::string id;
    TimestampMs untilMs = kNoEnd;
};
/// The same, with a reason.
struct RevokeGrant {
    std::string id;
};
/// A revoked grant is in force again; by somebody who may approve it alone.
struct RestoreGrant {
    std::string id;
};
/// By an enforcer: what became of the grant's bindings.
struct ReportGrant {
    std::string id;
    GrantState state = GrantState::Waiting; ///< not Approved and not Ending
    std::string reason;
    std::int64_t ledgerOffset = -1;
    std::vector<BindingResult> results;
};
/// By an admin.
struct MarkBinding {
    backbone::AclBinding binding;
    BindingStanding standing = BindingStanding::Adopted; ///< not Created
    bool release = false;                                ///< forget it instead: it is nobody's again
    std::string team;                                    ///< Adopted: its owner
    TimestampMs untilMs = kNoEnd;                        ///< Ignored, Adopted
};
/// By an admin: others changed it back so often that it is left alone, and it is to be tried again. Forgets the count.
struct RetryBinding {
    backbone::AclBinding binding;
};

/// By the product's owner or an admin; lists the grants in force.
struct OpenCampaign {
    std::string id, name, product;
    TimestampMs dueMs = kNoEnd;
};
/// By the product's owner; dropping revokes the grant. Nobody keeps their own.
struct AnswerCampaign {
    std::string id, grant;
    bool keep = true;
};
struct CloseCampaign {
    std::string id;
};

} // namespace meshbone::catalog
