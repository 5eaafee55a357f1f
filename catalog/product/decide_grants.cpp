// SPDX-License-Identifier: Apache-2.0
#include "product/access_rights.h"
#include "product/access_steps.h"
#include "product/decide_parts.h"
#include "product/names.h"

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::catalog {
namespace {

std::unexpected<Error> conflict(std::string sentence) {
    return fail(ErrorCode::Conflict, std::move(sentence));
}

/// The author alone is enough for a new decision on the grant.
Status needSoleApprover(const Case& at, const Grant& grant, const AccessReview& review) {
    if (at.isTrial()) {
        return {};
    }
    if (auto may = needApprover(at, requestOf(grant), review.needs); !may) {
        return may;
    }
    const bool alone = review.people <= 1 && std::ranges::all_of(review.needs, [&](const ApprovalNeed& need) {
                           return meets(at.mesh, need, at.author);
                       });
    return alone ? Status{}
                 : fail(ErrorCode::PermissionDenied,
                        "Others must agree too; submit a request that renews the grant, so that they are asked.");
}

Status notRevoked(const Grant& grant) {
    return grant.revoked ? conflict(fmt::format("The grant '{}' was revoked by '{}'.", grant.id, grant.revokedBy))
                         : Status{};
}

AccessReview reviewUntil(const Case& at, const Grant& grant, TimestampMs untilMs) {
    return reviewOf(at.mesh, {grant.scope, grant.product, untilMs, at.timeMs});
}

void noteDecision(Grant& grant, const Case& at) {
    grant.decisions.push_back({at.author, at.timeMs, true, at.why, {}});
}

} // namespace

Result<Decision> decideOne(const RenewGrant& command, const Case& at) {
    auto grant = grantAt(at, command.id);
    if (!grant) {
        return std::unexpected(grant.error());
    }
    const Grant before = *grant;
    const AccessReview review = reviewUntil(at, before, command.untilMs);
    if (auto checked =
            firstError({notRevoked(before), checkEnd(at, command.untilMs), needSoleApprover(at, before, review)});
        !checked) {
        return std::unexpected(checked.error());
    }
    if (review.endMs == before.untilMs || earlierEnd(review.endMs, before.untilMs) == review.endMs) {
        return fail(ErrorCode::InvalidArgument, fmt::format("That isn't later than the end it has. {}", review.endBy));
    }
    grant->untilMs = review.endMs;
    grant->endBy = review.endBy;
    wantAgain(*grant);
    noteDecision(*grant, at);
    return changed(before, std::move(*grant), at);
}

Result<Decision> decideOne(const ShortenGrant& command, const Case& at) {
    auto grant = grantAt(at, command.id);
    if (!grant) {
        return std::unexpected(grant.error());
    }
    const Grant before = *grant;
    if (auto checked =
            firstError({notRevoked(before), checkEnd(at, command.untilMs), needGrantee(at, before, "shorten")});
        !checked) {
        return std::unexpected(checked.error());
    }
    if (command.untilMs == before.untilMs || earlierEnd(command.untilMs, before.untilMs) != command.untilMs) {
        return fail(ErrorCode::InvalidArgument, "That isn't earlier than the end it has; renew it instead.");
    }
    grant->untilMs = command.untilMs;
    grant->endBy = at.isTrial() ? std::string("It was shortened.") : fmt::format("'{}' shortened it.", at.author);
    return changed(before, std::move(*grant), at);
}

Result<Decision> decideOne(const RevokeGrant& command, const Case& at) {
    auto grant = grantAt(at, command.id);
    if (!grant) {
        return std::unexpected(grant.error());
    }
    const Grant before = *grant;
    if (auto checked = firstError({notRevoked(before), needReason(at, "it is revoked; those who have it read it"),
                                   needGrantee(at, before, "revoke")});
        !checked) {
        return std::unexpected(checked.error());
    }
    revoke(*grant, at);
    return changed(before, std::move(*grant), at);
}

Result<Decision> decideOne(const RestoreGrant& command, const Case& at) {
    auto grant = grantAt(at, command.id);
    if (!grant) {
        return std::unexpected(grant.error());
    }
    const Grant before = *grant;
    if (!before.revoked) {
        return conflict(fmt::format("The grant '{}' isn't revoked.", before.id));
    }
    if (before.untilMs != kNoEnd && before.untilMs <= at.timeMs) {
        return conflict("Its end has passed meanwhile; renewing or asking again is what is left.");
    }
    if (auto checked = needSoleApprover(at, before, reviewUntil(at, before, before.untilMs)); !checked) {
        return std::unexpected(checked.error());
    }
    grant->revoked = false;
    grant->revokedBy.clear();
    grant->revokedWhy.clear();
    grant->revokedMs = -1;
    wantAgain(*grant);
    noteDecision(*grant, at);
    return changed(before, std::move(*grant), at);
}

} // namespace meshbone::catalog
