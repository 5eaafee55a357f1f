// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/rest/rest_call.h"

#include <optional>

namespace meshbone::catalog {

/// A definition of the context `name` with its text in the form that the parameter `format` asks for; as it is where
/// none is asked for, or one that its language doesn't have. 42201 where it can't be read any more: a reference is
/// gone; 40301 where something that it refers to may not be read by who asks, since its text would be told.
RegistryResult<SchemaDefinitionPtr> formatted(const RestContext& context, const RestCall& call, const std::string& name,
                                              const SchemaDefinitionPtr& definition);
/// The same of a version.
RegistryResult<SchemaVersion> formatted(const RestContext& context, const RestCall& call, SchemaVersion version);

/// The first of the subjects which a definition of the context `name` refers to, directly or not, that may not be read
/// by who asks; nothing where all may.
std::optional<std::string> unreadableBehind(const RestContext& context, const RestCall& call, const std::string& name,
                                            const SchemaDefinition& definition);

} // namespace meshbone::catalog
