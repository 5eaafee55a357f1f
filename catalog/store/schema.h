// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

namespace meshbone::catalog {

/// "MESC" in SQLite's header (PRAGMA application_id): this file is a Meshbone catalog.
inline constexpr std::int32_t kApplicationId = 0x4d455343;

/// One step of the schema: leads from version - 1 to version. Steps are only ever added. A step that changes what an
/// entry means must empty the tables, so that the ledger is projected anew.
struct Migration {
    std::int32_t version;
    const char* sql;
    const char* anewWhere =
        nullptr; ///< a query: where it finds a row, all is emptied, to be read from the ledger again
};
std::span<const Migration> migrations();

} // namespace meshbone::catalog
