// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "product/mesh.h"

#include <backbone/error.h>

namespace meshbone::catalog {

/// What would take `entry`, as the store has it, back in the mesh as it is now; see Catalog::undoOf. Pure.
Result<Undo> undoOfEntry(const LedgerEntry& entry, const Mesh& mesh);

} // namespace meshbone::catalog
