// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/access_survey.h>

#include <vector>

namespace meshbone::catalog {

/// What the ledger says at one moment, as the enforcer needs it. Value type.
struct EnforcementView {
    struct Agreed {
        Grant grant;
        std::vector<backbone::AclBinding> bindings; ///< of its scope; of an ended one also those that it was given once
    };
    std::vector<Agreed> inForce;
    std::vector<Agreed> ended; ///< no longer in force, and bindings of them may still be there
    AgreedAccess agreed;
    std::vector<BindingRecord> noted; ///< adopted or retired: not of a grant
    std::vector<BindingReturns> returns;
    std::int64_t ledgerOffset = -1;
    TimestampMs nextEndMs = kNoEnd; ///< when the next of what is in force ends
};
EnforcementView viewOf(const Catalog& catalog, TimestampMs nowMs);

} // namespace meshbone::catalog
