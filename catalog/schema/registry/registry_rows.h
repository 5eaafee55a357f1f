// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/registry/registry_record.h"

#include <variant>
#include <vector>

namespace meshbone::catalog {

// What a RegistryState holds, as rows. Applying a record tells which of them it changed, and all of them together make
// the same state again: so what the records add up to can be kept without them, and read again without reading JSON.

struct VersionRow {
    std::string subject; ///< with its context
    int version = 0;
    SchemaId id{-1};
    bool isDeleted = false;
    TimestampMs writtenMs = -1;
};
struct VersionGone {
    std::string subject;
    int version = 0;
};
struct SchemaRow {
    std::string context;
    SchemaId id{-1};
    std::string guid;
    bool isFoundByGuid = true; ///< false: another id of the context had the same GUID when it came, and is found by it
    SchemaDefinitionPtr definition; ///< never null
};
struct SchemaGone {
    std::string context;
    SchemaId id{-1};
};
/// What stood under a version that is gone for good.
struct BuriedRow {
    std::string subject;
    int version = 0;
    SchemaId id{-1};
    SchemaDefinitionPtr definition; ///< never null
};
struct BuriedGone {
    std::string subject;
    int version = 0;
};
struct HighestIdRow {
    std::string context;
    int id = 0;
};
struct ConfigRow {
    std::string subject;
    std::optional<std::string> json; ///< nothing: gone
    TimestampMs writtenMs = -1;
};
using RegistryChange = std::variant<VersionRow, VersionGone, SchemaRow, SchemaGone, BuriedRow, BuriedGone, HighestIdRow,
                                    ConfigRow, ModeRecord, ContextRecord>;
using RegistryChanges = std::vector<RegistryChange>; ///< in their order: a later one of the same row counts

} // namespace meshbone::catalog
