// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/registry/judgement.h"
#include "schema/registry/registry_rules.h"

namespace meshbone::catalog {

// What registering, checking and looking up have in common.

/// A request as it is decided on: the alias of its subject followed, its metadata and rules checked and in the form
/// that is kept, its references to a latest version (-1) to the one that it is now. 400, 42210.
RegistryResult<RegisterRequest> taken(const RegistryState& state, const RegisterRequest& asked, Alias alias);
/// lookUpSchema() of a request that was taken.
RegistryResult<SchemaVersion> lookUpTaken(const RegistryState& state, ParsedCache& cache,
                                          const RegisterRequest& request, Deleted deleted);
/// Whether a schema is fit to be registered as a new one, where the settings want that: 42201.
RegistryResult<void> checkNew(const ParsedSchema& schema, const SettingsInScope& settings, bool isNormalized);

/// The definition as it is stored: canonical, or normalised where it is asked for.
RegistryResult<std::pair<ParsedSchemaPtr, SchemaDefinition>> canonical(const RegistryState& state, ParsedCache& cache,
                                                                       const SubjectName& subject,
                                                                       SchemaDefinition definition, bool isNormalized);
/// The versions that count for a request, oldest first.
std::vector<SchemaVersion> previousVersions(const RegistryState& state, const RegisterRequest& request,
                                            const SettingsInScope& settings);
/// What the settings say of a schema against versions of its subject.
RegistryResult<SchemaVerdict> verdictOn(const RegistryState& state, ParsedCache& cache, const SettingsInScope& settings,
                                        const std::pair<ParsedSchemaPtr, SchemaDefinition>& schema,
                                        const std::vector<SchemaVersion>& versions, Judgement& judgement);
/// The subject's version that is this definition; a deleted one only where it is asked for.
std::optional<SchemaVersion> sameVersion(const RegistryState& state, const SubjectName& subject, SchemaId id,
                                         Deleted deleted);

} // namespace meshbone::catalog
