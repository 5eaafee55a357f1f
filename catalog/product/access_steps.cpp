// SPDX-License-Identifier: Apache-2.0
#include "product/access_steps.h"

#include "product/access_rights.h"
#include "product/decide_parts.h"
#include "product/names.h"

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::catalog {

Result<Grant> grantAt(const Case& at, const std::string& id) {
    const Grant* grant = at.mesh.grants.find(id);
    if (grant == nullptr) {
        return notThere(Kind::Grant, id);
    }
    if (auto seen = checkRevision(Kind::Grant, id, at, grant->revision); !seen) {
        return std::unexpected(seen.error());
    }
    return *grant;
}

AccessRequest requestOf(const Grant& grant) {
    AccessRequest request;
    request.id = grant.id;
    request.author = grant.requester;
    request.scope = grant.scope;
    request.product = grant.product;
    request.untilMs = grant.untilMs;
    return request;
}

Status checkEnd(const Case& at, TimestampMs untilMs) {
    if (untilMs != kNoEnd && untilMs <= at.timeMs) {
        return fail(ErrorCode::InvalidArgument, "The end has passed already; choose a later one.");
    }
    return {};
}

TimestampMs earlierEnd(TimestampMs one, TimestampMs other) {
    return one == kNoEnd ? other : other == kNoEnd ? one : std::min(one, other);
}

Grant grantOf(const Case& at, const AccessRequest& request, const AccessReview& review) {
    const Grant* renewed = at.mesh.grants.find(request.renews);
    Grant grant = renewed != nullptr ? *renewed : Grant{};
    grant.scope = request.scope;
    grant.untilMs = review.endMs;
    grant.endBy = review.endBy;
    // What somebody agreed to on a condition stays bound to it: a renewal is agreed to besides, not instead.
    grant.decisions.insert(grant.decisions.end(), request.decisions.begin(), request.decisions.end());
    grant.revision = at.revision;
    if (renewed != nullptr) {
        wantAgain(grant);
        return grant;
    }
    grant.id = request.id;
    grant.product = request.product;
    grant.purpose = request.purpose;
    grant.requester = request.author;
    grant.fromMs = std::max(at.timeMs, request.changedMs); // a clock that is behind doesn't decide before it was asked
    const Principal* principal = at.mesh.principals.find(request.scope.principal);
    grant.suspended = principal != nullptr && principal->disabled;
    return grant;
}

void wantAgain(Grant& grant) {
    if (grant.reported >= GrantState::Ending) {
        grant.reported = GrantState::Approved;
        grant.reason.clear();
    }
}

Status needGrantee(const Case& at, const Grant& grant, std::string_view doing) {
    if (at.isTrial() || grant.requester == at.author || isAdmin(at.mesh, at.author)) {
        return {};
    }
    const Principal* principal = at.mesh.principals.find(grant.scope.principal);
    if (principal != nullptr && (principal->person == at.author || isInTeam(at.mesh, principal->team, at.author))) {
        return {};
    }
    const AccessReview review = reviewOf(at.mesh, {grant.scope, grant.product, grant.untilMs, at.timeMs});
    const auto needed = [&](const ApprovalNeed& need) { return meets(at.mesh, need, at.author); };
    return std::ranges::any_of(review.needs, needed)
               ? Status{}
               : fail(ErrorCode::PermissionDenied,
                      fmt::format("'{}' may not {} this grant: neither an owner, nor an admin, nor its holder.",
                                  at.author, doing));
}

void revoke(Grant& grant, const Case& at) {
    grant.revoked = true;
    grant.revokedBy = at.author;
    grant.revokedWhy = at.why;
    grant.revokedMs = at.timeMs;
}

} // namespace meshbone::catalog
