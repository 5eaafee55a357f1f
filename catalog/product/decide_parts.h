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
Result<Decision> decideOne(const PutAccessRoles& command, const Case& at);
Result<Decision> decideOne(const PutPrincipal& command, const Case& at);
Result<Decision> decideOne(const RemovePrincipal& command, const Case& at);
Result<Decision> decideOne(const Classify& command, const Case& at);
Result<Decision> decideOne(const PutPolicy& command, const Case& at);
Result<Decision> decideOne(const RemovePolicy& command, const Case& at);
Result<Decision> decideOne(const SubmitRequest& command, const Case& at);
Result<Decision> decideOne(const AmendRequest& command, const Case& at);
Result<Decision> decideOne(const CommentRequest& command, const Case& at);
Result<Decision> decideOne(const WithdrawRequest& command, const Case& at);
Result<Decision> decideOne(const ReopenRequest& command, const Case& at);
Result<Decision> decideOne(const ApproveRequest& command, const Case& at);
Result<Decision> decideOne(const DeclineRequest& command, const Case& at);
Result<Decision> decideOne(const RenewGrant& command, const Case& at);
Result<Decision> decideOne(const ShortenGrant& command, const Case& at);
Result<Decision> decideOne(const RevokeGrant& command, const Case& at);
Result<Decision> decideOne(const RestoreGrant& command, const Case& at);
Result<Decision> decideOne(const ReportGrant& command, const Case& at);
Result<Decision> decideOne(const MarkBinding& command, const Case& at);
Result<Decision> decideOne(const RetryBinding& command, const Case& at);
Result<Decision> decideOne(const OpenCampaign& command, const Case& at);
Result<Decision> decideOne(const AnswerCampaign& command, const Case& at);
Result<Decision> decideOne(const CloseCampaign& command, const Case& at);
Result<Decision> decideOne(const PutContract& command, const Case& at);
Result<Decision> decideOne(const RemoveContract& command, const Case& at);

/// Conflict when the author saw another revision than the one that is there (0: not there).
Status checkRevision(Kind kind, std::string_view id, const Case& at, std::int64_t current);
/// The same of a thing of access (0: not there), whose last removal counts as a revision too.
Status checkSeen(Kind kind, std::string_view id, const Case& at, std::int64_t current);
std::unexpected<Error> notThere(Kind kind, std::string_view id);
/// The first of several checks that failed.
Status firstError(std::initializer_list<Status> checks);

} // namespace meshbone::catalog
