// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "product/mesh.h"
#include "store/judged_entry.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace meshbone::catalog {

/// What every projection thinks of the entry `bytes` at `number`: accepted with its effects, or rejected with a reason.
/// A pure function of the mesh before it and the bytes (no clock, no locale, no machine), so that all decide alike; it
/// never fails, whatever the bytes are. In this order: form and version, author and signature, act and payload,
/// revision and rules.
///
/// Who may do what: until admins are named, any enrolled person may do everything to the mesh, the enrolling of people
/// included; from then on (product/mesh_rights.h), and on access always, the rules say who may. An entry about access
/// must say which revision its author saw. While nobody is enrolled, an author enrols themselves: with person.put on
/// their own id, signed with the very key that it brings.
JudgedEntry judge(const Mesh& mesh, std::int64_t number, std::string_view bytes, const std::string& previousHash);

/// The first two of these: that `bytes` are an entry, signed with a key that is enrolled for its author.
Status checkSigned(const Mesh& mesh, std::string_view bytes);

} // namespace meshbone::catalog
