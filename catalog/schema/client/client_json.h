// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/schema_registry.h>

namespace meshbone::catalog {

// What a registry's answers say. Members that aren't known are passed over; what can't be understood is Corrupt.

struct ReadFailure {
    int code = 0;
    std::string message;
};
ReadFailure readFailure(const std::string& json); ///< empty where it isn't in the form of a registry's error

Result<SchemaVersion> readVersion(const std::string& json);
Result<std::vector<SchemaVersion>> readVersions(const std::string& json);
Result<SchemaDefinition> readDefinition(const std::string& json);
std::vector<std::string> readTexts(const std::string& json);
std::vector<int> readNumbers(const std::string& json);
RegisteredSchema readRegistered(const std::string& json);
void readCheck(const std::string& json, bool& isCompatible, std::vector<std::string>& messages);
void readConfig(const std::string& json, SubjectSettings& settings);
/// The subject that one stands for by its settings; empty: none.
std::string readAlias(const std::string& json);
/// Of Meshbone's own list of all settings; nothing where it is none.
std::optional<std::vector<SubjectSettings>> readSettings(const std::string& json);
Result<RegistryStatus> readStatus(const std::string& json);
void readMode(const std::string& json, SubjectSettings& settings);
/// `given`: with what it is to be registered as, where that is asked for.
std::string writeDefinition(const SchemaDefinition& definition, GivenId given = {});

/// Of registries that don't say which versions are deleted: those are that a list without deleted ones lacks.
void markDeleted(std::vector<SchemaVersion>& all, const Result<std::string>& withoutDeleted);

} // namespace meshbone::catalog
