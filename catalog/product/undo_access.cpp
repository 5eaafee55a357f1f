// SPDX-License-Identifier: Apache-2.0
#include "product/undo_parts.h"

#include <catalog/access_asking.h>
#include <catalog/access_names.h>
#include <catalog/access_presets.h>

#include <charconv>

namespace meshbone::catalog {
namespace {

std::int64_t numberIn(const Way& way, const std::string& field, std::int64_t otherwise) {
    const std::string text = way.field(field);
    std::int64_t number = otherwise;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

template <class Enum>
Enum valueIn(const Way& way, const std::string& field) {
    return named<Enum>(way.field(field)).value_or(Enum{});
}

/// The inverse of shown(): "name" or "prefix*"; a name that itself ends in '*' and isn't "*" is nobody's.
NamePattern patternIn(const std::string& text) {
    return text.size() > 1 && text.ends_with('*')
               ? NamePattern{text.substr(0, text.size() - 1), backbone::PatternType::Prefixed}
               : NamePattern{text};
}

std::vector<NamePattern> patternsIn(const std::string& text) {
    std::vector<NamePattern> patterns;
    for (const std::string& one : splitList(text)) {
        patterns.push_back(patternIn(one));
    }
    return patterns;
}

Commands backToPrincipal(const Way& way) {
    if (way.removes()) {
        return {{RemovePrincipal{way.id}}};
    }
    return {{PutPrincipal{way.id, way.field("name"), valueIn<PrincipalKind>(way, "kind"), way.field("team"),
                          way.field("person"), way.field("disabled") == "yes"}}};
}

Commands backToPolicy(const Way& way) {
    if (way.removes()) {
        return {{RemovePolicy{way.id}}};
    }
    Policy policy;
    policy.id = way.id;
    policy.name = way.field("name");
    policy.reach = valueIn<PolicyReach>(way, "reach");
    policy.subject = way.field("subject");
    policy.approval = valueIn<Approval>(way, "approval");
    policy.approvers = way.field("approvers");
    policy.people = numberIn(way, "people", 0);
    policy.maxDays = numberIn(way, "days at most", 0);
    policy.lapseDays = numberIn(way, "days until lapsed", 0);
    policy.allowsEverything = way.field("allows everything") == "yes";
    return {{PutPolicy{std::move(policy)}}};
}

bool isApproved(const Way& way) {
    return way.valueNow("state") == nameOf(RequestState::Approved);
}

} // namespace

Commands backToEnd(const Grant* grant, const FieldChange& moved) {
    if (grant == nullptr || grant->revoked || renewedEnd(kNoEnd, grant->untilMs).after != moved.after) {
        return fail(ErrorCode::Conflict,
                    "The grant was revoked, or has got another end, after this entry; undo the later entry first.");
    }
    TimestampMs endMs = kNoEnd;
    if (moved.before) {
        std::from_chars(moved.before->data(), moved.before->data() + moved.before->size(), endMs);
    }
    const bool isLater = endMs == kNoEnd || (grant->untilMs != kNoEnd && endMs > grant->untilMs);
    return isLater ? Commands{{RenewGrant{grant->id, endMs}}} : Commands{{ShortenGrant{grant->id, endMs}}};
}

Commands backTo(const Way& way, const PutAccessRoles&) {
    return {{PutAccessRoles{way.field("admins"), way.field("enforcers")}}};
}
Commands backTo(const Way& way, const PutPrincipal&) {
    return backToPrincipal(way);
}
Commands backTo(const Way& way, const RemovePrincipal&) {
    return backToPrincipal(way);
}
Commands backTo(const Way& way, const Classify& command) {
    return {{Classify{command.product, way.id, valueIn<Classification>(way, "classification")}}};
}
Commands backTo(const Way& way, const PutPolicy&) {
    return backToPolicy(way);
}
Commands backTo(const Way& way, const RemovePolicy&) {
    return backToPolicy(way);
}

Commands backTo(const Way& way, const SubmitRequest& command) {
    if (!isApproved(way)) {
        return {{WithdrawRequest{way.id}}};
    }
    if (!command.renews.empty()) {
        return noWayBack("A policy agreed to the renewal, which left the end of the grant where it was.");
    }
    return {{RevokeGrant{way.id}}};
}
Commands backTo(const Way& way, const AmendRequest&) {
    const auto role = roleNamed(way.field("role"));
    if (way.valueNow("state") != nameOf(RequestState::Submitted) || !role) {
        return noWayBack("The request was decided by then; amend it again, as it is now.");
    }
    AccessScope scope;
    scope.principal = way.field("principal");
    scope.host = way.field("host");
    scope.role = *role;
    scope.reads = patternsIn(way.field("reads"));
    scope.writes = patternsIn(way.field("writes"));
    scope.group = patternIn(way.field("group"));
    scope.transactionalId = patternIn(way.field("transactional id"));
    return {{AmendRequest{way.id, std::move(scope), way.field("purpose"), numberIn(way, "until", kNoEnd)}}};
}
Commands backTo(const Way&, const CommentRequest&) {
    return noWayBack("What was said stays; comment again.");
}
Commands backTo(const Way& way, const WithdrawRequest&) {
    return {{ReopenRequest{way.id}}};
}
Commands backTo(const Way& way, const ReopenRequest&) {
    if (way.field("state") == nameOf(RequestState::Declined)) {
        return noWayBack("Decline it again, with the reason of now.");
    }
    return {{WithdrawRequest{way.id}}};
}
Commands backTo(const Way& way, const ApproveRequest&) {
    if (!isApproved(way)) {
        return {{DeclineRequest{way.id}}};
    }
    if (!way.field("renews").empty()) {
        return noWayBack("It agreed to a renewal that left the end of the grant where it was.");
    }
    return {{RevokeGrant{way.id}}};
}
Commands backTo(const Way& way, const DeclineRequest&) {
    return {{ReopenRequest{way.id}}};
}

Commands backTo(const Way& way, const RenewGrant&) {
    return {{ShortenGrant{way.id, numberIn(way, "until", kNoEnd)}}};
}
Commands backTo(const Way& way, const ShortenGrant&) {
    return {{RenewGrant{way.id, numberIn(way, "until", kNoEnd)}}};
}
Commands backTo(const Way& way, const RevokeGrant&) {
    return {{RestoreGrant{way.id}}};
}
Commands backTo(const Way& way, const RestoreGrant&) {
    return {{RevokeGrant{way.id}}};
}
Commands backTo(const Way&, const ReportGrant&) {
    return noWayBack("It reports what happened on the backbone; change what is granted instead.");
}

Commands backTo(const Way& way, const MarkBinding& command) {
    if (way.removes() && isForAsking(command.binding)) { // made here: it goes, and isn't left as nobody's
        return {{MarkBinding{command.binding, BindingStanding::Retired, false, way.valueNow("team"), kNoEnd}}};
    }
    MarkBinding back{command.binding, BindingStanding::Adopted, way.removes(), {}, kNoEnd};
    if (!way.removes()) {
        back.standing = valueIn<BindingStanding>(way, "standing");
        back.team = way.field("team");
        back.untilMs = numberIn(way, "until", kNoEnd);
        if (back.standing == BindingStanding::Created) {
            return noWayBack("It was made for a grant, and only an enforcer's report says so.");
        }
    }
    return {{std::move(back)}};
}

Commands backTo(const Way&, const RetryBinding&) {
    return noWayBack("It is being tried again; whoever changes it back is counted anew.");
}

Commands backTo(const Way& way, const OpenCampaign&) {
    return {{CloseCampaign{way.id}}};
}
Commands backTo(const Way&, const AnswerCampaign& command) {
    if (command.keep) {
        return noWayBack("An answer stays; revoke the grant if it isn't to be kept.");
    }
    return {{RestoreGrant{command.grant}}};
}
Commands backTo(const Way&, const CloseCampaign&) {
    return noWayBack("A closed campaign stays closed; open another one.");
}

} // namespace meshbone::catalog
