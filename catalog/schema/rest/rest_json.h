// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/registry.h>

#include <nlohmann/json_fwd.hpp>

namespace meshbone::catalog {

using RestJson = nlohmann::ordered_json;

/// Text that is no UTF-8 is replaced, never thrown at.
std::string dumpJson(const RestJson& json);
/// Reads a body: 400 with what is wrong where it is no JSON object.
RegistryResult<RestJson> readBody(const std::string& body);
/// A member that is an object, as JSON; empty where it is null or absent. 400 where it is something else.
RegistryResult<void> readObject(const RestJson& body, const char* name, std::string& json);
/// The members of a registration, a lookup or a compatibility check. 400 for members of a wrong type, as Confluent's
/// registry has it.
RegistryResult<RegisterRequest> readRegistration(const std::string& body, const SubjectName& subject);

/// A version as GET shows it. `isWide`: with what clients before 8.0 don't know (guid, ts, deleted, schemaType of
/// Avro).
RestJson versionJson(const SchemaVersion& version, bool isWide);
/// The same without subject and version: what an id stands for.
RestJson definitionJson(const SchemaDefinition& definition, const std::string& guid, bool isWide);
RestJson referencesJson(const SchemaDefinition& definition);

} // namespace meshbone::catalog
