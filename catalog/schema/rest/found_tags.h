// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/rest/rest_call.h"
#include "schema/rest/rest_json.h"

namespace meshbone::catalog {

/// Answers with the JSON of a definition of the context `name`; where `findTags` asks for tags, with the records and
/// fields that have one of them, each with all its tags, as `schemaTags`. `findTags` may stand several times; "*" is
/// any tag. Where nothing has such a tag there is no such member. 42201 where the schema can't be read any more, or has
/// too many. Looks at the schema off the thread that serves all.
void answerWithFoundTags(const RestContext& context, RestCall call, const std::string& name,
                         const SchemaDefinitionPtr& definition, RestJson json);

} // namespace meshbone::catalog
