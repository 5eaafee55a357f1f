// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ledger/payload_reader.h"

#include <functional>

namespace meshbone::catalog {

using Decoder = Command (*)(const std::string& subject, PayloadReader& from);
using Decoders = std::map<std::string, Decoder, std::less<>>;

// The payloads of the commands on access; see command_codec.h. Within ledger/ only.

nlohmann::json accessPayload(const PutAccessRoles& command);
nlohmann::json accessPayload(const PutPrincipal& command);
nlohmann::json accessPayload(const RemovePrincipal& command);
nlohmann::json accessPayload(const Classify& command);
nlohmann::json accessPayload(const PutPolicy& command);
nlohmann::json accessPayload(const RemovePolicy& command);
nlohmann::json accessPayload(const SubmitRequest& command);
nlohmann::json accessPayload(const AmendRequest& command);
nlohmann::json accessPayload(const CommentRequest& command);
nlohmann::json accessPayload(const WithdrawRequest& command);
nlohmann::json accessPayload(const ReopenRequest& command);
nlohmann::json accessPayload(const ApproveRequest& command);
nlohmann::json accessPayload(const DeclineRequest& command);
nlohmann::json accessPayload(const RenewGrant& command);
nlohmann::json accessPayload(const ShortenGrant& command);
nlohmann::json accessPayload(const RevokeGrant& command);
nlohmann::json accessPayload(const RestoreGrant& command);
nlohmann::json accessPayload(const ReportGrant& command);
nlohmann::json accessPayload(const MarkBinding& command);
nlohmann::json accessPayload(const RetryBinding& command);
nlohmann::json accessPayload(const OpenCampaign& command);
nlohmann::json accessPayload(const AnswerCampaign& command);
nlohmann::json accessPayload(const CloseCampaign& command);
/// By act.
const Decoders& accessDecoders();

} // namespace meshbone::catalog
