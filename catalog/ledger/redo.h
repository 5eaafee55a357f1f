// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/projection_store.h"

namespace meshbone::catalog {

/// Does a stored entry to the mesh again, if it was accepted; its signature isn't looked at anew. Returns what it is
/// about. Fails with Corrupt when the rules don't accept it.
Result<std::vector<About>> redo(Mesh& mesh, const RawEntry& entry);

/// What the entries of a projection are about, where an older Meshbone wrote it and didn't say.
Status indexOldEntries(ProjectionStore& store);

} // namespace meshbone::catalog
