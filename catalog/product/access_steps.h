// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "product/access_policy.h"
#include "product/decide.h"
#include "product/field_changes.h"

namespace meshbone::catalog {

// Steps that several commands on access have in common. Within product/ only.

/// The grant, or NotFound, or Conflict when the author saw another revision.
Result<Grant> grantAt(const Case& at, const std::string& id);
/// A request for what a grant gives: for asking who may decide on it.
AccessRequest requestOf(const Grant& grant);

/// The end isn't before the entry's own time.
Status checkEnd(const Case& at, TimestampMs untilMs);
TimestampMs earlierEnd(TimestampMs one, TimestampMs other);

/// The grant that an approved request brings: a new one, or the one that it renews, with its new end.
Grant grantOf(const Case& at, const AccessRequest& request, const AccessReview& review);
/// A grant that is wanted again: what was reported of its removal is over.
void wantAgain(Grant& grant);
/// Somebody who may decide on the grant, an admin, or one of those who have it.
Status needGrantee(const Case& at, const Grant& grant, std::string_view doing);
/// Takes a grant out of force, by the author and with the entry's reason.
void revoke(Grant& grant, const Case& at);

template <class T>
Decision changed(const T& before, T after, const Case& at) {
    after.revision = at.revision;
    auto changes = changesBetween(fieldsOf(&before), fieldsOf(&after));
    return Decision{{std::move(after)}, std::move(changes)};
}

} // namespace meshbone::catalog
