// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "product/field_changes.h"

#include <backbone/error.h>
#include <catalog/catalog.h>

#include <string>
#include <vector>

namespace meshbone::catalog {

// What takes a command back, one for each. Within product/ only: others call inverseOf().

using Commands = Result<std::vector<Command>>;

/// One thing of the mesh: its fields now, and as they are to be.
struct Way {
    std::string id;
    Fields now, then;

    [[nodiscard]] std::string field(const std::string& name) const {
        const auto found = then.find(name);
        return found == then.end() ? std::string() : found->second;
    }
    [[nodiscard]] bool removes() const { return then.empty(); }
    [[nodiscard]] bool differsIn(const std::string& name) const {
        return now.contains(name) != then.contains(name) || field(name) != valueNow(name);
    }
    [[nodiscard]] std::string valueNow(const std::string& name) const {
        const auto found = now.find(name);
        return found == now.end() ? std::string() : found->second;
    }
};

/// The parts of a list as fields have it: "a, b".
std::vector<std::string> splitList(const std::string& text);

inline std::unexpected<Error> noWayBack(std::string sentence) {
    return fail(ErrorCode::Unsupported, std::move(sentence));
}

/// What moves the end of a renewed grant back, while it still is where the renewal moved it.
Commands backToEnd(const Grant* grant, const FieldChange& moved);

Commands backTo(const Way& way, const PutAccessRoles& command);
Commands backTo(const Way& way, const PutPrincipal& command);
Commands backTo(const Way& way, const RemovePrincipal& command);
Commands backTo(const Way& way, const Classify& command);
Commands backTo(const Way& way, const PutPolicy& command);
Commands backTo(const Way& way, const RemovePolicy& command);
Commands backTo(const Way& way, const SubmitRequest& command);
Commands backTo(const Way& way, const AmendRequest& command);
Commands backTo(const Way& way, const CommentRequest& command);
Commands backTo(const Way& way, const WithdrawRequest& command);
Commands backTo(const Way& way, const ReopenRequest& command);
Commands backTo(const Way& way, const ApproveRequest& command);
Commands backTo(const Way& way, const DeclineRequest& command);
Commands backTo(const Way& way, const RenewGrant& command);
Commands backTo(const Way& way, const ShortenGrant& command);
Commands backTo(const Way& way, const RevokeGrant& command);
Commands backTo(const Way& way, const RestoreGrant& command);
Commands backTo(const Way& way, const ReportGrant& command);
Commands backTo(const Way& way, const MarkBinding& command);
Commands backTo(const Way& way, const RetryBinding& command);
Commands backTo(const Way& way, const OpenCampaign& command);
Commands backTo(const Way& way, const AnswerCampaign& command);
Commands backTo(const Way& way, const CloseCampaign& command);

} // namespace meshbone::catalog
