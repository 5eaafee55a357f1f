// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/access_drift.h>

#include <unordered_map>

namespace meshbone::catalog {

/// What the finders of drift share during one computation: the sorted lists, walked once.
struct DriftCase {
    const ActualAcls& actual;
    const Wanted& wanted;
    const OwnBindings& own;
    const DriftContext& context;
    std::vector<const Wanted::value_type*> missing;
    std::vector<const backbone::AclBinding*> unwanted; ///< there, and no grant wants it
    std::vector<bool> isOwn;                           ///< of each of `unwanted`
    std::vector<DriftFinding> findings;

    DriftFinding& add(DriftKind kind, const backbone::AclBinding& binding);
};

/// Missing, EndedButPresent, Changed, Wider, Unmanaged.
void findOwnership(DriftCase& drift);
/// Which of `unwanted` differs in one field from which of `missing`; each at most once.
std::unordered_map<const backbone::AclBinding*, const Wanted::value_type*> changedOf(const DriftCase& drift);
/// Orphaned, Shadowed, Redundant.
void findStates(DriftCase& drift);
/// Conflict, HotPattern.
void findPatterns(DriftCase& drift);

} // namespace meshbone::catalog
