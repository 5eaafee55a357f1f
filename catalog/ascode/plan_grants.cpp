// SPDX-License-Identifier: Apache-2.0
#include "ascode/plan_draft.h"

#include <catalog/access_names.h>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace meshbone::catalog {
namespace {

template <class Thing>
const Thing* byId(const std::vector<Thing>& things, const std::string& id) {
    const auto found = std::ranges::find(things, id, &Thing::id);
    return found == things.end() ? nullptr : &*found;
}

/// A file that says nothing of conditions leaves them alone: they aren't shown as going.
FileGrant asFile(const Grant& grant, const FileGrant& wanted) {
    return {grant.id,      grant.scope,   grant.product,
            grant.purpose, grant.untilMs, wanted.conditions.empty() ? std::string() : conditionsOf(grant.decisions)};
}
/// Nobody has agreed yet, so that the conditions are what the file says.
FileGrant asFile(const AccessRequest& request, const FileGrant& wanted) {
    return {request.id, request.scope, request.product, request.purpose, request.untilMs, wanted.conditions};
}

bool isLater(TimestampMs one, TimestampMs other) {
    return other != kNoEnd && (one == kNoEnd || one > other);
}

DraftChange waiting(const FileGrant& wanted, std::string note) {
    return {{FileSign::Wait, "grant", wanted.id, wanted.at, {}, {std::move(note)}, {}}, {}};
}
DraftChange impossible(const FileGrant& wanted, const FileGrant* before, std::string why) {
    DraftChange draft{changeOf("grant", before, &wanted), {}};
    draft.change.problems.push_back(std::move(why));
    return draft;
}

/// An id by which the same wish finds its own renewal again.
std::string renewalId(const FileGrant& wanted) {
    constexpr std::size_t kMost = 40; // of 64: an end in milliseconds follows
    std::string id = wanted.id.substr(0, kMost);
    while (id.ends_with('-')) {
        id.pop_back();
    }
    return fmt::format("{}-until-{}", id, wanted.untilMs == kNoEnd ? "ever" : std::to_string(wanted.untilMs));
}

/// A later end that is asked for already: whoever may decide agrees to it, for others it waits.
DraftChange toRenewal(const FileGrant& wanted, const Grant& grant, const AccessRequest& asked) {
    const FileGrant before = asFile(grant, wanted);
    DraftChange draft{changeOf("grant", &before, &wanted), {}};
    // What the grant is bound to goes on with it, so that there is nothing to say of it.
    draft.steps.push_back({Phase::Ask, {ApproveRequest{asked.id, asked.scope, wanted.untilMs, {}}}, true, 0, {}});
    return draft;
}

/// A later end: decided alone, or asked for.
DraftChange renewal(const FileGrant& wanted, const Grant& grant, const Agreed& agreed) {
    const FileGrant before = asFile(grant, wanted);
    const auto isSame = [&](const AccessRequest& request) {
        return request.renews == wanted.id && request.untilMs == wanted.untilMs &&
               request.stateAt(agreed.nowMs) == RequestState::Submitted;
    };
    if (const auto asked = std::ranges::find_if(agreed.requests, isSame); asked != agreed.requests.end()) {
        return toRenewal(wanted, grant, *asked);
    }
    DraftChange draft{changeOf("grant", &before, &wanted), {}};
    draft.steps.push_back(
        {Phase::Ask,
         {RenewGrant{wanted.id, wanted.untilMs},
          SubmitRequest{renewalId(wanted), wanted.scope, wanted.product, wanted.id, wanted.purpose, wanted.untilMs}}});
    return draft;
}

DraftChange toGrant(const FileGrant& wanted, const Grant& grant, const Agreed& agreed) {
    const FileGrant before = asFile(grant, wanted);
    if (wanted.scope != before.scope || wanted.product != before.product || wanted.purpose != before.purpose) {
        return impossible(wanted, &before,
                          "What a grant gives, for which product and what for stays as it was agreed. Write the new "
                          "one under another id, and take this one out.");
    }
    if (wanted.conditions != before.conditions) {
        return impossible(wanted, &before,
                          "What a grant is bound to stays as it was agreed. Write the conditions as they were, or take "
                          "them out; or ask for it under another id.");
    }
    if (grant.revoked) {
        if (wanted.untilMs != grant.untilMs) {
            return impossible(wanted, nullptr,
                              fmt::format("It was revoked by '{}'; ask for it under another id.", grant.revokedBy));
        }
        DraftChange draft{changeOf("grant", static_cast<const FileGrant*>(nullptr), &wanted), {}};
        draft.steps.push_back({Phase::Ask, {RestoreGrant{wanted.id}}});
        return draft;
    }
    if (wanted.untilMs == grant.untilMs) {
        return isAgreed(grant, agreed.nowMs) ? DraftChange{}
                                             : waiting(wanted, "It has ended; write a later end, or take it out.");
    }
    if (isLater(wanted.untilMs, grant.untilMs)) {
        return renewal(wanted, grant, agreed);
    }
    DraftChange draft{changeOf("grant", &before, &wanted), {}};
    draft.steps.push_back({Phase::End, {ShortenGrant{wanted.id, wanted.untilMs}}});
    return draft;
}

/// A request that waits: whoever may decide agrees to what the file says, its author may still change it.
DraftChange toWaiting(const FileGrant& wanted, const AccessRequest& request) {
    const FileGrant before = asFile(request, wanted);
    const bool isSame = linesOf(before) == linesOf(wanted);
    DraftChange draft{changeOf("grant", isSame ? nullptr : &before, &wanted), {}};
    DraftStep step{Phase::Ask, {}, isSame, 0, {}};
    if (wanted.product == before.product && wanted.purpose == before.purpose) {
        step.ways.emplace_back(ApproveRequest{wanted.id, wanted.scope, wanted.untilMs, wanted.conditions});
    }
    if (!isSame && wanted.product == before.product) {
        step.ways.emplace_back(AmendRequest{wanted.id, wanted.scope, wanted.purpose, wanted.untilMs});
    }
    if (step.ways.empty()) {
        return impossible(wanted, &before, "A request's product stays; ask under another id.");
    }
    draft.steps.push_back(std::move(step));
    draft.conditions = wanted.conditions;
    return draft;
}

DraftChange toRequest(const FileGrant& wanted, const AccessRequest& request, TimestampMs nowMs) {
    const RequestState state = request.stateAt(nowMs);
    const FileGrant before = asFile(request, wanted);
    if (state == RequestState::Submitted && request.renews.empty()) {
        return toWaiting(wanted, request);
    }
    if (state == RequestState::Withdrawn && linesOf(before) == linesOf(wanted)) {
        DraftChange draft{changeOf("grant", static_cast<const FileGrant*>(nullptr), &wanted), {}};
        draft.steps.push_back({Phase::Ask, {ReopenRequest{wanted.id}}});
        return draft;
    }
    const auto because = state == RequestState::Declined && !request.decisions.empty()
                             ? fmt::format("It was declined by '{}' ({}).", request.decisions.back().person,
                                           request.decisions.back().reason)
                         : !request.renews.empty() ? fmt::format("A request of that id renews '{}'.", request.renews)
                                                   : fmt::format("A request of that id is {}.", nameOf(state));
    return impossible(wanted, nullptr, because + " Ask under another id, or take it out.");
}

std::string whoMustAgree(const AccessReview& review) {
    std::vector<std::string> who;
    for (const ApprovalNeed& need : review.needs) {
        who.push_back(
            fmt::format("{} ({})", need.team.empty() ? "an admin" : "one of team '" + need.team + "'", need.why));
    }
    std::string text = fmt::format("{}", fmt::join(who, " and "));
    if (review.people > 1) {
        text += fmt::format(", and {} people at least (policy '{}')", review.people, review.peopleBy);
    }
    return text;
}

/// What a step that asks or decides becomes, of the thing of that id.
std::string noteOf(const Rehearsed& done, const std::string& id) {
    const Command& command = done.submission.command;
    const auto* asks = std::get_if<SubmitRequest>(&command);
    if ((asks != nullptr || std::holds_alternative<AmendRequest>(command)) && done.review) {
        return done.isGranted ? fmt::format("Policy '{}' grants it at once.", done.review->automaticBy)
                              : fmt::format("Becomes a request{}; must agree: {}.",
                                            asks != nullptr && !asks->renews.empty() ? " '" + asks->id + "'" : "",
                                            whoMustAgree(*done.review));
    }
    if (const auto* approves = std::get_if<ApproveRequest>(&command); approves != nullptr && done.review) {
        const auto what = approves->id == id ? std::string("the request")
                                             : fmt::format("request '{}' for its later end", approves->id);
        return done.isGranted
                   ? fmt::format("Approves {}.", what)
                   : fmt::format("Approves {}; others must agree too: {}.", what, whoMustAgree(*done.review));
    }
    return std::holds_alternative<ReopenRequest>(command)  ? "The request that was withdrawn waits again."
           : std::holds_alternative<RestoreGrant>(command) ? "It was revoked and is in force again."
           : std::holds_alternative<RenewGrant>(command)   ? "Renews it."
                                                           : "";
}

/// The end that a step would lead to, where the policies allow less than the file says.
std::string limitOf(const Rehearsed& done) {
    const auto until = [&]() -> std::optional<TimestampMs> {
        if (const auto* one = std::get_if<SubmitRequest>(&done.submission.command)) {
            return one->untilMs;
        }
        if (const auto* one = std::get_if<AmendRequest>(&done.submission.command)) {
            return one->untilMs;
        }
        if (const auto* one = std::get_if<RenewGrant>(&done.submission.command)) {
            return one->untilMs;
        }
        if (const auto* one = std::get_if<ApproveRequest>(&done.submission.command)) {
            return one->untilMs;
        }
        return std::nullopt;
    }();
    if (!until || !done.review || done.review->endMs == *until) {
        return {};
    }
    constexpr TimestampMs kDayMs = 86'400'000;
    return fmt::format("{} Write an 'until' of {} or earlier.", done.review->endBy,
                       shownTime(done.review->endMs / kDayMs * kDayMs));
}

/// A request carries no conditions: they are whose who agrees to it.
void tellConditions(const std::string& conditions, const Rehearsed& done, FileChange& change) {
    const Command& command = done.submission.command;
    const bool asks = std::holds_alternative<SubmitRequest>(command) || std::holds_alternative<AmendRequest>(command);
    if (conditions.empty() || !asks || !done.review) {
        return;
    }
    if (done.isGranted) {
        change.problems.push_back(
            fmt::format("Policy '{}' grants it at once, so that nobody agrees to its conditions; take them out.",
                        done.review->automaticBy));
    } else {
        change.notes.emplace_back("Its conditions hold when who agrees to it does so by this file, or says them too.");
    }
}

} // namespace

void tellWhoMust(const Rehearsed& refused, FileChange& change) {
    if (refused.review && refused.refused && refused.refused->code == ErrorCode::PermissionDenied) {
        change.notes.push_back("Must agree: " + whoMustAgree(*refused.review) + ".");
    }
}

DraftChange grantChange(const FileGrant& wanted, const Agreed& agreed) {
    if (const Grant* grant = byId(agreed.grants, wanted.id)) {
        return toGrant(wanted, *grant, agreed);
    }
    if (const AccessRequest* request = byId(agreed.requests, wanted.id)) {
        return toRequest(wanted, *request, agreed.nowMs);
    }
    DraftChange draft{changeOf("grant", static_cast<const FileGrant*>(nullptr), &wanted), {}};
    draft.steps.push_back(
        {Phase::Ask, {SubmitRequest{wanted.id, wanted.scope, wanted.product, {}, wanted.purpose, wanted.untilMs}}});
    draft.conditions = wanted.conditions;
    return draft;
}

void tellOutcome(DraftChange& draft) {
    FileChange& change = draft.change;
    for (const DraftStep& step : draft.steps) {
        if (step.done.refused) {
            change.problems.push_back(step.done.refused->message);
            tellWhoMust(step.done, change);
            continue;
        }
        if (std::string limit = limitOf(step.done); !limit.empty()) {
            change.problems.push_back(std::move(limit));
        }
        if (std::string note = noteOf(step.done, change.id); !note.empty()) {
            change.notes.push_back(std::move(note));
        }
        tellConditions(draft.conditions, step.done, change);
        if (step.done.review && std::holds_alternative<SubmitRequest>(step.done.submission.command)) {
            for (const std::string& warning : step.done.review->warnings) {
                change.notes.push_back("Mind: " + warning);
            }
        }
    }
}

} // namespace meshbone::catalog
