// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "product/decide.h"

#include <string_view>

namespace meshbone::catalog {

// The deciders, one for each command. Within product/ only: others call decide().

Result<Decision> decideOne(const PutPerson& command, const Case& at);
Result<Decision> decideOne(const PutTeam& command, const Case& at);
Result<Decision> decideOne(const PutDomain& command, const Case& at);
Result<Decision> decideOne(const RemoveDomain& command, const Case& at);
Result<Decision> decideOne(const PutProduct& command, const Case& at);
Result<Decision> decideOne(const RemoveProduct& command, const Case& at);
Result<Decision> decideOne(const PutPort& command, const Case& at);
Result<Decision> decideOne(const RemovePort& command, const Case& at);
Result<Decision> decideOne(const DescribeTopic& command, const Case& at);
Result<Decision> decideOne(const RecordAct& command, const Case& at);

/// Conflict when the author saw another revision than the one that is there (0: not there).
Status checkRevision(Kind kind, std::string_view id, const Case& at, std::int64_t current);
std::unexpected<Error> notThere(Kind kind, std::string_view id);
/// The first of several checks that failed.
Status firstError(std::initializer_list<Status> checks);

} // namespace meshbone::catalog
