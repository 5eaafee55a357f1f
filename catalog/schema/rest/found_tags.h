// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/rest/rest_call.h"
#include "schema/rest/rest_json.h"

namespace meshbone::catalog {

/// Puts the records and fields of a definition of the context `name` with the tags that `findTags` asks for into its
/// JSON, as `schemaTags`: those that have one of them, each with all its tags. `findTags` may stand several times; "*"
/// is any tag. Without it, or where nothing has such a tag, there is no such member. 42201 where the schema can't be
/// read any more, or has too many.
RegistryResult<void> addFoundTags(const RestContext& context, const RestCall& call, const std::string& name,
                                  const SchemaDefinition& definition, RestJson& json);

} // namespace meshbone::catalog
