// SPDX-License-Identifier: Apache-2.0
#include "product/decide.h"

#include "product/decide_parts.h"
#include "product/mesh_rights.h"
#include "product/names.h"

#include <fmt/format.h>

namespace meshbone::catalog {
namespace {

struct ActNames {
    std::string operator()(const PutPerson&) const { return "person.put"; }
    std::string operator()(const PutTeam&) const { return "team.put"; }
    std::string operator()(const PutDomain&) const { return "domain.put"; }
    std::string operator()(const RemoveDomain&) const { return "domain.remove"; }
    std::string operator()(const PutProduct&) const { return "product.put"; }
    std::string operator()(const RemoveProduct&) const { return "product.remove"; }
    std::string operator()(const PutPort&) const { return "port.put"; }
    std::string operator()(const RemovePort&) const { return "port.remove"; }
    std::string operator()(const DescribeTopic&) const { return "topic.describe"; }
    std::string operator()(const RecordAct&) const { return "act.record"; }
    std::string operator()(const PutAccessRoles&) const { return "access.roles"; }
    std::string operator()(const PutPrincipal&) const { return "principal.put"; }
    std::string operator()(const RemovePrincipal&) const { return "principal.remove"; }
    std::string operator()(const Classify&) const { return "access.classify"; }
    std::string operator()(const PutPolicy&) const { return "policy.put"; }
    std::string operator()(const RemovePolicy&) const { return "policy.remove"; }
    std::string operator()(const SubmitRequest&) const { return "request.submit"; }
    std::string operator()(const AmendRequest&) const { return "request.amend"; }
    std::string operator()(const CommentRequest&) const { return "request.comment"; }
    std::string operator()(const WithdrawRequest&) const { return "request.withdraw"; }
    std::string operator()(const ReopenRequest&) const { return "request.reopen"; }
    std::string operator()(const ApproveRequest&) const { return "request.approve"; }
    std::string operator()(const DeclineRequest&) const { return "request.decline"; }
    std::string operator()(const RenewGrant&) const { return "grant.renew"; }
    std::string operator()(const ShortenGrant&) const { return "grant.shorten"; }
    std::string operator()(const RevokeGrant&) const { return "grant.revoke"; }
    std::string operator()(const RestoreGrant&) const { return "grant.restore"; }
    std::string operator()(const ReportGrant&) const { return "grant.report"; }
    std::string operator()(const MarkBinding&) const { return "access.mark"; }
    std::string operator()(const RetryBinding&) const { return "access.retry"; }
    std::string operator()(const OpenCampaign&) const { return "access.campaign_open"; }
    std::string operator()(const AnswerCampaign&) const { return "access.campaign_answer"; }
    std::string operator()(const CloseCampaign&) const { return "access.campaign_close"; }
    std::string operator()(const PutContract&) const { return "contract.put"; }
    std::string operator()(const RemoveContract&) const { return "contract.remove"; }
};

struct Subjects {
    std::string operator()(const PutPort& command) const { return command.product; }
    std::string operator()(const RemovePort& command) const { return command.product; }
    std::string operator()(const DescribeTopic& command) const { return command.topic; }
    std::string operator()(const RecordAct& command) const { return command.subject; }
    std::string operator()(const PutAccessRoles&) const { return std::string(kRolesId); }
    std::string operator()(const PutPrincipal& command) const { return command.principal; }
    std::string operator()(const RemovePrincipal& command) const { return command.principal; }
    std::string operator()(const Classify& command) const { return command.subject; }
    std::string operator()(const PutPolicy& command) const { return command.policy.id; }
    std::string operator()(const MarkBinding& command) const { return bindingKey(command.binding); }
    std::string operator()(const RetryBinding& command) const { return bindingKey(command.binding); }
    std::string operator()(const PutContract& command) const { return command.subject; }
    std::string operator()(const RemoveContract& command) const { return command.subject; }
    template <class T>
    std::string operator()(const T& command) const {
        return command.id;
    }
};

struct Kinds {
    std::optional<Kind> operator()(const PutPerson&) const { return Kind::Person; }
    std::optional<Kind> operator()(const PutTeam&) const { return Kind::Team; }
    std::optional<Kind> operator()(const PutDomain&) const { return Kind::Domain; }
    std::optional<Kind> operator()(const RemoveDomain&) const { return Kind::Domain; }
    std::optional<Kind> operator()(const DescribeTopic&) const { return Kind::Topic; }
    std::optional<Kind> operator()(const RecordAct&) const { return std::nullopt; }
    std::optional<Kind> operator()(const Classify& command) const {
        return command.product ? Kind::ProductClass : Kind::TopicClass;
    }
    std::optional<Kind> operator()(const PutContract& command) const { return contractKind(command.product); }
    std::optional<Kind> operator()(const RemoveContract& command) const { return contractKind(command.product); }
    std::optional<Kind> operator()(const PutPrincipal&) const { return Kind::Principal; }
    std::optional<Kind> operator()(const RemovePrincipal&) const { return Kind::Principal; }
    std::optional<Kind> operator()(const PutPolicy&) const { return Kind::Policy; }
    std::optional<Kind> operator()(const RemovePolicy&) const { return Kind::Policy; }
    std::optional<Kind> operator()(const SubmitRequest&) const { return Kind::Request; }
    std::optional<Kind> operator()(const AmendRequest&) const { return Kind::Request; }
    std::optional<Kind> operator()(const CommentRequest&) const { return Kind::Request; }
    std::optional<Kind> operator()(const WithdrawRequest&) const { return Kind::Request; }
    std::optional<Kind> operator()(const ReopenRequest&) const { return Kind::Request; }
    std::optional<Kind> operator()(const ApproveRequest&) const { return Kind::Request; }
    std::optional<Kind> operator()(const DeclineRequest&) const { return Kind::Request; }
    std::optional<Kind> operator()(const RenewGrant&) const { return Kind::Grant; }
    std::optional<Kind> operator()(const ShortenGrant&) const { return Kind::Grant; }
    std::optional<Kind> operator()(const RevokeGrant&) const { return Kind::Grant; }
    std::optional<Kind> operator()(const RestoreGrant&) const { return Kind::Grant; }
    std::optional<Kind> operator()(const ReportGrant&) const { return Kind::Grant; }
    std::optional<Kind> operator()(const MarkBinding&) const { return Kind::Binding; }
    std::optional<Kind> operator()(const RetryBinding&) const { return Kind::Returns; }
    std::optional<Kind> operator()(const OpenCampaign&) const { return Kind::Campaign; }
    std::optional<Kind> operator()(const AnswerCampaign&) const { return Kind::Campaign; }
    std::optional<Kind> operator()(const CloseCampaign&) const { return Kind::Campaign; }
    std::optional<Kind> operator()(const PutAccessRoles&) const { return Kind::AccessRoles; }
    template <class T>
    std::optional<Kind> operator()(const T&) const {
        return Kind::Product;
    }
};

} // namespace

std::string actOf(const Command& command) {
    return std::visit(ActNames{}, command);
}
std::string subjectOf(const Command& command) {
    return std::visit(Subjects{}, command);
}
std::optional<Kind> kindOf(const Command& command) {
    return std::visit(Kinds{}, command);
}

bool isAboutAccess(const Command& command) {
    const auto kind = kindOf(command);
    return (kind >= Kind::AccessRoles && kind <= Kind::Campaign) || kind == Kind::Returns;
}

Result<Decision> decide(const Command& command, const Case& at) {
    if (auto may = mayChangeMesh(command, at); !may) {
        return std::unexpected(may.error());
    }
    return std::visit([&](const auto& one) { return decideOne(one, at); }, command);
}

Status checkRevision(Kind kind, std::string_view id, const Case& at, std::int64_t current) {
    if (!at.expected || *at.expected == current) {
        return {};
    }
    if (current == 0) {
        return fail(ErrorCode::Conflict,
                    fmt::format("The {} '{}' was removed after you looked at it.", kindName(kind), clipped(id)));
    }
    if (*at.expected == 0) {
        return fail(ErrorCode::Conflict,
                    fmt::format("There is already a {} '{}'; choose another id, or change that one.", kindName(kind),
                                clipped(id)));
    }
    return fail(ErrorCode::Conflict,
                fmt::format("The {} '{}' was changed by entry {} after you looked at it; look again, then repeat the "
                            "change.",
                            kindName(kind), clipped(id), entryOfRevision(current)));
}

Status checkSeen(Kind kind, std::string_view id, const Case& at, std::int64_t current) {
    const std::int64_t gone = goneRevision(at.mesh, kind, id);
    if (current != 0 || gone == 0) {
        return checkRevision(kind, id, at, current);
    }
    return !at.expected || *at.expected == gone
               ? Status{}
               : fail(ErrorCode::Conflict,
                      fmt::format("The {} '{}' was removed by entry {}; look again, then repeat the "
                                  "change.",
                                  kindName(kind), clipped(id), entryOfRevision(gone)));
}

std::unexpected<Error> notThere(Kind kind, std::string_view id) {
    return fail(ErrorCode::NotFound, fmt::format("There is no {} '{}'.", kindName(kind), clipped(id)));
}

Status firstError(std::initializer_list<Status> checks) {
    for (const Status& check : checks) {
        if (!check) {
            return check;
        }
    }
    return {};
}

} // namespace meshbone::catalog
