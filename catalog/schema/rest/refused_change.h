// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/rest/rest_call.h"

#include <catalog/schema_audience.h>

namespace meshbone::catalog {

/// The fields that breaking differences are about, each once, in their order; at most `most`.
std::vector<std::string> changedFields(const SchemaVerdict& verdict, std::size_t most = 5);
/// All that an audience looks at: every version of a subject, of the other subjects of the default context (whose names
/// are those of topics) the latest one, and what these refer to.
std::vector<SchemaVersion> versionsAround(const RegistryState& state, const std::string& subject);
/// What was refused, for who knows who meets it. The context and the call are borrowed by `maySee`.
RefusedChange refusedChange(const RestContext& context, const RestCall& call, const SubjectName& subject,
                            const SchemaVerdict& verdict);

/// The reasons, and who would have been broken as far as anybody knows.
void answerIncompatible(const RestContext& context, const std::shared_ptr<RestCall>& call, const SubjectName& subject,
                        SchemaVerdict verdict, const RegistryError& error);

} // namespace meshbone::catalog
