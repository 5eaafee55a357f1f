// SPDX-License-Identifier: Apache-2.0
#include "product/access_rights.h"
#include "product/access_scope_rules.h"
#include "product/access_steps.h"
#include "product/decide_parts.h"
#include "product/field_changes.h"
#include "product/names.h"

#include <catalog/access_names.h>

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::catalog {
namespace {

constexpr std::size_t kMaxRemarks = 1'000;

Result<AccessRequest> requestAt(const Case& at, const std::string& id) {
    const AccessRequest* request = at.mesh.requests.find(id);
    return request == nullptr ? Result<AccessRequest>(notThere(Kind::Request, id)) : *request;
}

Status needAuthor(const Case& at, const AccessRequest& request, std::string_view doing) {
    return at.isTrial() || request.author == at.author
               ? Status{}
               : fail(ErrorCode::PermissionDenied,
                      fmt::format("Only '{}', who asked, may {} this request.", request.author, doing));
}

/// Nobody has changed it since the author looked.
Status needSeen(const Case& at, const AccessRequest& request) {
    return checkRevision(Kind::Request, request.id, at, request.revision);
}

/// Open and unchanged since the author looked. Of two who decide at once the second is told who was the first.
Status needOpen(const Case& at, const AccessRequest& request) {
    const RequestState state = request.stateAt(at.timeMs);
    if (state == RequestState::Submitted) {
        return needSeen(at, request);
    }
    const bool decided = state == RequestState::Approved || state == RequestState::Declined;
    return fail(ErrorCode::Conflict,
                decided ? fmt::format("The request '{}' was {} by '{}'.", request.id, nameOf(state),
                                      request.decisions.back().person)
                : state == RequestState::Lapsed
                    ? fmt::format("The request '{}' has lapsed; nobody decided in time. Ask again.", request.id)
                    : fmt::format("The request '{}' was withdrawn by '{}'.", request.id, request.author));
}

/// What was withdrawn is its author's to reopen, what was declined is the decliner's.
Status needReopener(const Case& at, const AccessRequest& request) {
    if (request.state == RequestState::Withdrawn) {
        return needAuthor(at, request, "reopen");
    }
    const std::string& decliner = request.decisions.back().person;
    return at.isTrial() || decliner == at.author
               ? Status{}
               : fail(ErrorCode::PermissionDenied,
                      fmt::format("'{}' declined it; only they may take that back. Ask again instead.", decliner));
}

Status checkPurpose(const std::string& purpose) {
    return purpose.empty() ? fail(ErrorCode::InvalidArgument, "Say what the access is for.")
                           : checkText("purpose", purpose);
}

/// A renewal asks for what the grant gives already, and for a later end.
Status checkRenewal(const Case& at, const SubmitRequest& command) {
    if (command.renews.empty()) {
        return {};
    }
    const Grant* grant = at.mesh.grants.find(command.renews);
    if (grant == nullptr) {
        return notThere(Kind::Grant, command.renews);
    }
    if (grant->revoked) {
        return fail(ErrorCode::Conflict,
                    fmt::format("The grant '{}' was revoked by '{}'; ask for a new one.", grant->id, grant->revokedBy));
    }
    return grant->scope == command.scope
               ? Status{}
               : fail(ErrorCode::InvalidArgument, "A renewal asks for what the grant gives; ask for more separately.");
}

std::vector<std::string> beneficiariesOf(const Mesh& mesh, const AccessScope& scope) {
    const Principal* principal = mesh.principals.find(scope.principal);
    return principal == nullptr || principal->person.empty() ? std::vector<std::string>{}
                                                             : std::vector<std::string>{principal->person};
}

Status checkEverything(const AccessReview& review) {
    return review.everything && !review.everythingAllowed
               ? fail(
                     ErrorCode::PermissionDenied,
                     "It matches everything, and no policy consents to that; name topics or a prefix, or have an admin "
                     "write a policy for the whole mesh that allows it.")
               : Status{};
}

/// A grant comes into being, or gets another end; what that was and is stands beside the changes of the request.
void grantIt(const Case& at, const AccessRequest& request, const AccessReview& review, Decision& decision) {
    Grant grant = grantOf(at, request, review);
    const Grant* renewed = at.mesh.grants.find(request.renews);
    if (renewed != nullptr && renewed->untilMs != grant.untilMs) {
        decision.changes.push_back(renewedEnd(renewed->untilMs, grant.untilMs));
        std::ranges::sort(decision.changes, {}, &FieldChange::field);
    }
    decision.effects.emplace_back(std::move(grant));
}

/// The request waits, or is granted at once by a policy.
Result<Decision> asked(const Case& at, const AccessRequest* before, AccessRequest request) {
    const AccessReview review = reviewOf(at.mesh, {request.scope, request.product, request.untilMs, at.timeMs});
    if (auto checked = firstError({checkEnd(at, request.untilMs), checkEverything(review)}); !checked) {
        return std::unexpected(checked.error());
    }
    request.changedMs = at.timeMs;
    request.lapsesMs = review.lapsesMs;
    request.state = RequestState::Submitted;
    request.beneficiaries = beneficiariesOf(at.mesh, request.scope);
    request.decisions.clear();
    request.revision = at.revision;
    Decision decision;
    if (review.automatic) {
        request.state = RequestState::Approved;
        request.decisions.push_back({"policy:" + review.automaticBy, at.timeMs, true, {}, {}});
    }
    decision.changes = changesBetween(fieldsOf(before), fieldsOf(&request));
    if (review.automatic) {
        grantIt(at, request, review, decision);
    }
    decision.effects.emplace_back(std::move(request));
    return decision;
}

/// All who must agree have, and they are as many as the policy asks for.
bool isAgreed(const Mesh& mesh, const AccessRequest& request, const AccessReview& review) {
    std::vector<AccessDecision> decisions = request.decisions;
    std::erase_if(decisions, [&](const auto& one) { return isForThemselves(mesh, request, one.person); });
    const auto metBySomebody = [&](const ApprovalNeed& need) {
        return std::ranges::any_of(decisions, [&](const auto& one) { return meets(mesh, need, one.person); });
    };
    return static_cast<std::int64_t>(decisions.size()) >= review.people &&
           std::ranges::all_of(review.needs, metBySomebody);
}

bool hasDecided(const AccessRequest& request, const std::string& person) {
    return std::ranges::any_of(request.decisions, [&](const auto& one) { return one.person == person; });
}

} // namespace

Result<Decision> decideOne(const SubmitRequest& command, const Case& at) {
    if (const AccessRequest* there = at.mesh.requests.find(command.id)) {
        return fail(ErrorCode::AlreadyExists,
                    fmt::format("There is already a request '{}', by '{}'; choose another id.", clipped(command.id),
                                there->author));
    }
    if (auto checked = firstError({checkSlug("request", command.id), checkRevision(Kind::Request, command.id, at, 0),
                                   checkAsked(command.scope), checkPurpose(command.purpose),
                                   command.product.empty() ? Status{} : checkSlug("product", command.product),
                                   checkRenewal(at, command)});
        !checked) {
        return std::unexpected(checked.error());
    }
    AccessRequest request;
    request.id = command.id;
    request.author = at.author;
    request.scope = command.scope;
    request.product = command.product;
    request.renews = command.renews;
    request.purpose = command.purpose;
    request.untilMs = command.untilMs;
    request.submittedMs = at.timeMs;
    return asked(at, nullptr, std::move(request));
}

Result<Decision> decideOne(const AmendRequest& command, const Case& at) {
    auto request = requestAt(at, command.id);
    if (!request) {
        return std::unexpected(request.error());
    }
    const AccessRequest before = *request;
    const bool renewalStays = before.renews.empty() || before.scope == command.scope;
    if (auto checked = firstError(
            {needAuthor(at, before, "amend"), needOpen(at, before), checkAsked(command.scope),
             checkPurpose(command.purpose),
             renewalStays ? Status{}
                          : fail(ErrorCode::InvalidArgument, "A renewal asks for what the grant gives already.")});
        !checked) {
        return std::unexpected(checked.error());
    }
    request->scope = command.scope;
    request->purpose = command.purpose;
    request->untilMs = command.untilMs;
    return asked(at, &before, std::move(*request));
}

Result<Decision> decideOne(const CommentRequest& command, const Case& at) {
    auto request = requestAt(at, command.id);
    if (!request) {
        return std::unexpected(request.error());
    }
    const AccessRequest before = *request;
    if (auto checked = firstError(
            {checkText("comment", command.text), command.reminder ? needOpen(at, before) : needSeen(at, before)});
        !checked) {
        return std::unexpected(checked.error());
    }
    if (command.text.empty() && !command.reminder) {
        return fail(ErrorCode::InvalidArgument, "The comment is empty.");
    }
    if (before.remarks.size() >= kMaxRemarks) {
        return fail(ErrorCode::Exhausted, fmt::format("The request has {} comments already.", kMaxRemarks));
    }
    request->remarks.push_back({at.author, at.timeMs, command.text, command.reminder});
    return changed(before, std::move(*request), at);
}

Result<Decision> decideOne(const WithdrawRequest& command, const Case& at) {
    auto request = requestAt(at, command.id);
    if (!request) {
        return std::unexpected(request.error());
    }
    const AccessRequest before = *request;
    if (auto checked = firstError({needAuthor(at, before, "withdraw"), needOpen(at, before)}); !checked) {
        return std::unexpected(checked.error());
    }
    request->state = RequestState::Withdrawn;
    return changed(before, std::move(*request), at);
}

Result<Decision> decideOne(const ReopenRequest& command, const Case& at) {
    auto request = requestAt(at, command.id);
    if (!request) {
        return std::unexpected(request.error());
    }
    const AccessRequest before = *request;
    if (before.state != RequestState::Withdrawn && before.state != RequestState::Declined) {
        return fail(ErrorCode::Conflict, fmt::format("The request '{}' is neither withdrawn nor declined.", before.id));
    }
    if (auto checked = firstError({needSeen(at, before), needReopener(at, before)}); !checked) {
        return std::unexpected(checked.error());
    }
    return asked(at, &before, std::move(*request));
}

Result<Decision> decideOne(const ApproveRequest& command, const Case& at) {
    auto request = requestAt(at, command.id);
    if (!request) {
        return std::unexpected(request.error());
    }
    const AccessRequest before = *request;
    AccessReview review = reviewOf(at.mesh, {command.scope, before.product, command.untilMs, at.timeMs});
    if (auto checked = firstError({needOpen(at, before), needApprover(at, before, review.needs),
                                   checkAsked(command.scope), checkEverything(review), checkEnd(at, command.untilMs),
                                   checkText("condition", command.conditions)});
        !checked) {
        return std::unexpected(checked.error());
    }
    if (!covers(before.scope, command.scope) || earlierEnd(before.untilMs, command.untilMs) != command.untilMs) {
        return fail(ErrorCode::InvalidArgument,
                    "An approval may be narrower or shorter than what was asked for, never wider or longer.");
    }
    if (hasDecided(before, at.author)) {
        return fail(ErrorCode::Conflict,
                    fmt::format("'{}' has approved this already; somebody else must too.", at.author));
    }
    if (command.untilMs != before.untilMs && review.endMs == command.untilMs) {
        review.endBy = fmt::format("'{}' approved it until then.", at.author);
    }
    request->scope = command.scope;
    request->untilMs = command.untilMs;
    request->decisions.push_back({at.author, at.timeMs, true, at.why, command.conditions});
    request->revision = at.revision;
    Decision decision;
    const bool isGranted = isAgreed(at.mesh, *request, review);
    request->state = isGranted ? RequestState::Approved : request->state;
    decision.changes = changesBetween(fieldsOf(&before), fieldsOf(&*request));
    if (isGranted) {
        grantIt(at, *request, review, decision);
    }
    decision.effects.emplace_back(std::move(*request));
    return decision;
}

Result<Decision> decideOne(const DeclineRequest& command, const Case& at) {
    auto request = requestAt(at, command.id);
    if (!request) {
        return std::unexpected(request.error());
    }
    const AccessRequest before = *request;
    const AccessReview review = reviewOf(at.mesh, {before.scope, before.product, before.untilMs, at.timeMs});
    if (auto checked = firstError({needOpen(at, before), needApprover(at, before, review.needs),
                                   needReason(at, "it is declined; the one who asked reads it")});
        !checked) {
        return std::unexpected(checked.error());
    }
    request->state = RequestState::Declined;
    request->decisions.push_back({at.author, at.timeMs, false, at.why, {}});
    return changed(before, std::move(*request), at);
}

} // namespace meshbone::catalog
