// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/schema_book.h>

namespace meshbone::catalog {

/// A schema with the id that events name it by, and that the registry has lost.
struct LostSchema {
    std::string subject;
    SchemaDefinition definition;
    GivenId given;
};

struct RestoredId {
    RegisteredSchema registered;
    bool wasImport = false;                ///< the subject takes given ids anyway: its mode wasn't touched
    std::optional<SubjectMode> modeBefore; ///< what the subject has again; nothing: as the registry
};

/// Registers a schema with the id given: the subject is set to IMPORT for as long as it takes, unless it is already,
/// and then to what it was before, also where the registry refuses. Conflict, before anything is changed, where the id
/// stands for another schema or the version is there; Unsupported where the registry takes no ids; a mode that couldn't
/// be put back is told in the error. `book`: what the registry has. Blocks.
Result<RestoredId> restoreId(SchemaRegistry& registry, const SchemaBook& book, const LostSchema& lost,
                             const CallOptions& call);

} // namespace meshbone::catalog
