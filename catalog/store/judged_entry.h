// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "product/about.h"
#include "product/mesh.h"

#include <vector>

namespace meshbone::catalog {

/// An entry of the ledger with what every projection thinks of it: accepted with its effects, or rejected with a
/// reason.
struct JudgedEntry {
    LedgerEntry entry;
    ErrorCode code = ErrorCode::Internal; ///< of the rejection; without meaning when accepted
    std::vector<Effect> effects;          ///< empty when rejected
    std::vector<About> about;
};

} // namespace meshbone::catalog
