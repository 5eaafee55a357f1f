// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "product/mesh.h"

#include <backbone/error.h>

#include <vector>

namespace meshbone::catalog {

/// What takes a decided change back, in the order in which it is to be submitted. Several only where one command can't
/// say it: a removed product comes back with its ports.
struct Inverse {
    std::vector<Command> commands;
    std::vector<FieldChange> changes;       ///< what they change together
    std::optional<SettingsUndo> settings{}; ///< to be put on the backbone first
};

/// The inverse of an accepted command, given the fields that it changed, in the mesh as it is now. Only the fields that
/// it changed go back, so other changes of the same thing stay. Pure. Fails with
/// Conflict: a field isn't any longer what the command made it, or the rules forbid the way back now (decide);
/// Unsupported: it has no inverse (an act on the backbone other than a topic's settings, a public key, the first entry
/// of a person or team); InvalidArgument: it changed nothing.
Result<Inverse> inverseOf(const Command& command, const std::vector<FieldChange>& changes, const Mesh& mesh);

/// The revision of a thing that an author sees now; 0: it isn't there. (Of access: the last removal is one too.)
std::int64_t revisionOf(const Mesh& mesh, Kind kind, std::string_view id);

} // namespace meshbone::catalog
