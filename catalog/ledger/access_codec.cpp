// SPDX-License-Identifier: Apache-2.0
#include "ledger/access_codec.h"

#include "product/mesh.h"

#include <nlohmann/json.hpp>

namespace meshbone::catalog {

using nlohmann::json;

json accessPayload(const PutAccessRoles& c) {
    return {{"admins", c.admins}, {"enforcers", c.enforcers}};
}
json accessPayload(const PutPrincipal& c) {
    return {
        {"name", c.name}, {"kind", nameOf(c.kind)}, {"team", c.team}, {"person", c.person}, {"disabled", c.disabled}};
}
json accessPayload(const RemovePrincipal&) {
    return json::object();
}
json accessPayload(const Classify& c) {
    return {{"product", c.product}, {"level", nameOf(c.level)}};
}
json accessPayload(const PutPolicy& c) {
    return toJson(c.policy);
}
json accessPayload(const RemovePolicy&) {
    return json::object();
}
json accessPayload(const SubmitRequest& c) {
    return {{"scope", toJson(c.scope)},
            {"product", c.product},
            {"renews", c.renews},
            {"purpose", c.purpose},
            {"until", c.untilMs}};
}
json accessPayload(const AmendRequest& c) {
    return {{"scope", toJson(c.scope)}, {"purpose", c.purpose}, {"until", c.untilMs}};
}
json accessPayload(const CommentRequest& c) {
    return {{"text", c.text}, {"reminder", c.reminder}};
}
json accessPayload(const WithdrawRequest&) {
    return json::object();
}
json accessPayload(const ReopenRequest&) {
    return json::object();
}
json accessPayload(const ApproveRequest& c) {
    return {{"scope", toJson(c.scope)}, {"until", c.untilMs}, {"conditions", c.conditions}};
}
json accessPayload(const DeclineRequest&) {
    return json::object();
}
json accessPayload(const RenewGrant& c) {
    return json::object({{"until", c.untilMs}});
}
json accessPayload(const ShortenGrant& c) {
    return json::object({{"until", c.untilMs}});
}
json accessPayload(const RevokeGrant&) {
    return json::object();
}
json accessPayload(const RestoreGrant&) {
    return json::object();
}
json accessPayload(const ReportGrant& c) {
    return {{"state", nameOf(c.state)},
            {"reason", c.reason},
            {"ledgerOffset", c.ledgerOffset},
            {"results", listJson(c.results)}};
}
json accessPayload(const MarkBinding& c) {
    return {{"binding", toJson(c.binding)},
            {"standing", nameOf(c.standing)},
            {"release", c.release},
            {"team", c.team},
            {"until", c.untilMs}};
}
json accessPayload(const RetryBinding& c) {
    return {{"binding", toJson(c.binding)}};
}
json accessPayload(const OpenCampaign& c) {
    return {{"name", c.name}, {"product", c.product}, {"due", c.dueMs}};
}
json accessPayload(const AnswerCampaign& c) {
    return {{"grant", c.grant}, {"keep", c.keep}};
}
json accessPayload(const CloseCampaign&) {
    return json::object();
}

namespace {

/// Of a command that says no more than which thing it is about.
template <class OnlyId>
Command decodeId(const std::string& id, PayloadReader&) {
    return OnlyId{id};
}
template <class WithEnd>
Command decodeEnd(const std::string& id, PayloadReader& from) {
    return WithEnd{id, from.number("until")};
}

Command decodePrincipal(const std::string& id, PayloadReader& from) {
    return PutPrincipal{id,
                        from.text("name"),
                        from.value<PrincipalKind>("kind"),
                        from.text("team"),
                        from.text("person"),
                        from.flag("disabled")};
}
Command decodePolicy(const std::string& id, PayloadReader& from) {
    PutPolicy command{from.rest<Policy>()};
    command.policy.id = id;
    return command;
}
Command decodeSubmit(const std::string& id, PayloadReader& from) {
    return SubmitRequest{id,
                         from.object<AccessScope>("scope"),
                         from.text("product"),
                         from.text("renews"),
                         from.text("purpose"),
                         from.number("until")};
}
Command decodeAmend(const std::string& id, PayloadReader& from) {
    return AmendRequest{id, from.object<AccessScope>("scope"), from.text("purpose"), from.number("until")};
}
Command decodeApprove(const std::string& id, PayloadReader& from) {
    return ApproveRequest{id, from.object<AccessScope>("scope"), from.number("until"), from.text("conditions")};
}
Command decodeReport(const std::string& id, PayloadReader& from) {
    return ReportGrant{id, from.value<GrantState>("state"), from.text("reason"), from.number("ledgerOffset"),
                       from.objects<BindingResult>("results")};
}
Command decodeMark(const std::string&, PayloadReader& from) {
    return MarkBinding{from.object<backbone::AclBinding>("binding"), from.value<BindingStanding>("standing"),
                       from.flag("release"), from.text("team"), from.number("until")};
}

} // namespace

// Braced lists are evaluated from left to right, so that each field is taken once, in this order.
const Decoders& accessDecoders() {
    static const Decoders kDecoders = {
        {"access.roles",
         [](const std::string&, PayloadReader& from) -> Command {
             return PutAccessRoles{from.text("admins"), from.text("enforcers")};
         }},
        {"access.classify",
         [](const std::string& subject, PayloadReader& from) -> Command {
             return Classify{from.flag("product"), subject, from.value<Classification>("level")};
         }},
        {"access.mark", &decodeMark},
        {"access.retry",
         [](const std::string&, PayloadReader& from) -> Command {
             return RetryBinding{from.object<backbone::AclBinding>("binding")};
         }},
        {"access.campaign_open",
         [](const std::string& id, PayloadReader& from) -> Command {
             return OpenCampaign{id, from.text("name"), from.text("product"), from.number("due")};
         }},
        {"access.campaign_answer",
         [](const std::string& id, PayloadReader& from) -> Command {
             return AnswerCampaign{id, from.text("grant"), from.flag("keep")};
         }},
        {"access.campaign_close", &decodeId<CloseCampaign>},
        {"principal.put", &decodePrincipal},
        {"principal.remove", &decodeId<RemovePrincipal>},
        {"policy.put", &decodePolicy},
        {"policy.remove", &decodeId<RemovePolicy>},
        {"request.submit", &decodeSubmit},
        {"request.amend", &decodeAmend},
        {"request.comment",
         [](const std::string& id, PayloadReader& from) -> Command {
             return CommentRequest{id, from.text("text"), from.flag("reminder")};
         }},
        {"request.withdraw", &decodeId<WithdrawRequest>},
        {"request.reopen", &decodeId<ReopenRequest>},
        {"request.approve", &decodeApprove},
        {"request.decline", &decodeId<DeclineRequest>},
        {"grant.renew", &decodeEnd<RenewGrant>},
        {"grant.shorten", &decodeEnd<ShortenGrant>},
        {"grant.revoke", &decodeId<RevokeGrant>},
        {"grant.restore", &decodeId<RestoreGrant>},
        {"grant.report", &decodeReport},
    };
    return kDecoders;
}

} // namespace meshbone::catalog
