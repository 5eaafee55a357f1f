// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "product/mesh.h"

#include <string_view>
#include <vector>

namespace meshbone::catalog {

// What the catalog's queries on access answer, from a mesh.

AccessRoles rolesIn(const Mesh& mesh);
/// Topics, then products.
std::vector<Classified> classificationsIn(const Mesh& mesh);
/// Requests that wait at `nowMs` for this person: who must agree and hasn't, and isn't asking for themselves. The
/// oldest first.
std::vector<AccessRequest> pendingRequests(const Mesh& mesh, std::string_view person, TimestampMs nowMs);
/// What the mesh says of access, for `timeMs`; without the entry that it is at.
AccessAsOf accessIn(const Mesh& mesh, TimestampMs timeMs);

} // namespace meshbone::catalog
