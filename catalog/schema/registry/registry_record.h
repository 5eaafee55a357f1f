// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/registry.h>

#include <backbone/types.h>

#include <variant>

namespace meshbone::catalog {

// The records of the topic _schemas in Confluent's own form: JSON keys and values. A compacted topic keeps the last
// record of a key by its bytes, so a key's members are written in exactly the order in which Confluent's registry
// writes them; in another order the same key would be another one, and what was deleted would come back.

struct SchemaRecord {
    std::string subject; ///< with context
    int version = 0;
    SchemaId id{-1};
    SchemaDefinitionPtr definition; ///< null: a tombstone, the version is gone for good
    bool isDeleted = false;
};
struct ConfigRecord {
    std::string subject;             ///< empty: global
    std::optional<std::string> json; ///< nothing: a tombstone
};
struct ModeRecord {
    std::string subject;
    std::optional<SubjectMode> mode;
};
/// All versions up to this one are deleted.
struct DeleteSubjectRecord {
    std::string subject;
    std::optional<int> version;
};
struct ClearSubjectRecord {
    std::string subject;
};
struct ContextRecord {
    std::string context;
    bool isGone = false;
};
/// Says nothing to Confluent's registry. Ours writes with it the highest id of each context that was ever given, so
/// that an id isn't given again after its schema is deleted for good and compacted away.
struct NoopRecord {
    std::map<std::string, int> highestIds;
};
using RegistryRecord = std::variant<SchemaRecord, ConfigRecord, ModeRecord, DeleteSubjectRecord, ClearSubjectRecord,
                                    ContextRecord, NoopRecord>;

struct RegistryRecordBytes {
    Bytes key;
    std::optional<Bytes> value; ///< nothing: null
};

RegistryRecordBytes encodeRegistryRecord(const RegistryRecord& record);
/// Corrupt with what is wrong; Unsupported for a key of a kind that isn't known.
Result<RegistryRecord> decodeRegistryRecord(std::string_view key, const std::optional<Bytes>& value);

} // namespace meshbone::catalog
