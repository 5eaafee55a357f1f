// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/registry/registry_state.h"

#include <catalog/schema_registry.h>

#include <memory>

namespace meshbone::catalog {

/// A record that a registry has applied, and what that changed.
struct AppliedRecord {
    Offset offset = kNoOffset;
    std::int64_t sum = 0; ///< of its key and value, see recordSum()
    RegistryChanges changes;
    /// After it, where it is one that couldn't be taken. Null: it was, so it only counts as one record more. Many wait
    /// to be written at times, so that one is small.
    std::shared_ptr<const RegistryStatus> counts;
};

/// Told what a registry applies, in the order of the offsets, for who keeps it. Called under the registry's lock: must
/// return at once, and not ask the registry.
class RegistryKeeper {
public:
    virtual ~RegistryKeeper() = default;
    virtual void applied(AppliedRecord record) = 0;
    /// The registry has forgotten all: the topic is another one, and its records come from the first on.
    virtual void forgotten() = 0;
};

} // namespace meshbone::catalog
