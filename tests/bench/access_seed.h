// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "mesh_seed.h"

namespace meshbone::bench {

/// How much access there is in a mesh.
struct AccessSize {
    int principals = 10'000; ///< each with a grant: two topics to read and a group (five bindings, with Describe)
    int unagreed = 500;      ///< ACLs that nobody agreed to, for Drift
    int waiting = 200;       ///< requests that nobody has decided
};

/// The principal of a number, the same in every run: "User:cargo-service-00031".
std::string principalName(int number);

/// Gives a mesh of seedMesh() its principals, policies, grants and requests through the ledger, and waits until the
/// enforcer has put every ACL there. Ends the program with a sentence where that fails.
void seedAccess(const std::filesystem::path& dataDirectory, const MeshSize& mesh, const AccessSize& size);

} // namespace meshbone::bench
