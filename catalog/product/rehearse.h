// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "product/mesh.h"

namespace meshbone::catalog {

/// Decides submissions one after the other on a copy of the mesh, as of that author; `number`: of the ledger's next
/// entry. See Catalog::rehearse.
std::vector<Rehearsed> rehearsal(const Mesh& mesh, const std::vector<Submission>& submissions,
                                 const std::string& author, std::int64_t number, TimestampMs nowMs);

/// Every act on access counts once only: gives the revision that is there where the submission says none.
Submission guarded(Submission submission, const Mesh& mesh);

} // namespace meshbone::catalog
