// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/schemas/schemas_store.h"

#include "store/database.h"

namespace meshbone::catalog {

/// "MESR" in SQLite's header: what the topic of a schema registry adds up to.
inline constexpr std::int32_t kSchemasApplicationId = 0x4d455352;

/// How a projection of the topic _schemas is known, and by which steps its tables come about.
const DatabaseKind& schemasDatabase();

// What SchemasStore does with the tables. All throw SQLite::Exception. Each row carries a sum of what is in it, so that
// a byte that the disk changed isn't served as somebody's schema.

void writeChange(Database& database, const RegistryChange& change);
void writePosition(Database& database, const SchemasPosition& position);
void removeAll(Database& database);
/// Corrupt where the row isn't what was written.
Result<SchemasPosition> readPosition(Database& database);
/// Corrupt with the table where a row isn't what was written, or not of a state.
Result<RegistryState> readState(Database& database);

} // namespace meshbone::catalog
