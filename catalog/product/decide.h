// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "product/mesh.h"

#include <backbone/error.h>

#include <optional>
#include <string>
#include <vector>

namespace meshbone::catalog {

/// What an accepted command does: the effects on the mesh, and the fields before and after for the audit.
struct Decision {
    std::vector<Effect> effects;
    std::vector<FieldChange> changes;
};

/// The revision that entry `number` gives to what it changes. 0 is the revision of what isn't there.
constexpr std::int64_t revisionOfEntry(std::int64_t number) {
    return number + 1;
}
constexpr std::int64_t entryOfRevision(std::int64_t revision) {
    return revision - 1;
}

/// What a command is checked against: the mesh before it, the revision that the author saw (none: don't care; 0: the
/// thing isn't there), the revision that it will give, and what the entry says of itself.
struct Case {
    const Mesh& mesh;
    std::optional<std::int64_t> expected;
    std::int64_t revision = 0;
    std::string author{};   ///< empty: a trial, in which nobody's rights and reasons are asked for
    TimestampMs timeMs = 0; ///< the author's clock
    std::string why{};

    [[nodiscard]] bool isTrial() const { return author.empty(); }
};

/// Decides a command. A pure function, so that every projection of one ledger decides alike. Fails with
/// InvalidArgument (a rule on names, sizes), NotFound, AlreadyExists, PermissionDenied (the author may not) or Conflict
/// (a stale revision, a thing in use).
Result<Decision> decide(const Command& command, const Case& at);

/// The name of the act in an entry ("product.put") and what it is about (an id or a topic).
std::string actOf(const Command& command);
std::string subjectOf(const Command& command);
/// The kind of thing whose revision a command checks; none for a recorded act.
std::optional<Kind> kindOf(const Command& command);
/// Whether it is about access: then its entry must say which revision its author saw, so that it counts only once.
bool isAboutAccess(const Command& command);

} // namespace meshbone::catalog
