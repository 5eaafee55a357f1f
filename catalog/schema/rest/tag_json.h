// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/registry/registry_rules.h"

#include <string>

namespace meshbone::catalog {

/// The body of POST /subjects/{subject}/versions/{version}/tags (TagSchemaRequest of Confluent's registry): tagsToAdd
/// and tagsToRemove (each with schemaEntity: entityPath, entityType "sr_record" or "sr_field", and tags), metadata,
/// ruleSet, rulesToMerge, rulesToRemove, newVersion. 422 for members of a wrong type. Subject and version are the
/// path's.
RegistryResult<TagRequest> readTagRequest(const std::string& body);

} // namespace meshbone::catalog
