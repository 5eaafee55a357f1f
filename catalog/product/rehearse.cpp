// SPDX-License-Identifier: Apache-2.0
#include "product/rehearse.h"

#include "product/access_policy.h"
#include "product/decide.h"
#include "product/undo.h"

#include <algorithm>

namespace meshbone::catalog {
namespace {

/// What the policies say of a command that asks for access, or agrees to it.
struct Reviews {
    const Mesh& mesh;
    TimestampMs nowMs;

    std::optional<AccessReview> operator()(const SubmitRequest& command) const {
        return review(command.scope, command.product, command.untilMs);
    }
    std::optional<AccessReview> operator()(const AmendRequest& command) const {
        const AccessRequest* request = mesh.requests.find(command.id);
        return review(command.scope, request == nullptr ? std::string() : request->product, command.untilMs);
    }
    std::optional<AccessReview> operator()(const ApproveRequest& command) const {
        const AccessRequest* request = mesh.requests.find(command.id);
        return review(command.scope, request == nullptr ? std::string() : request->product, command.untilMs);
    }
    std::optional<AccessReview> operator()(const RenewGrant& command) const {
        const Grant* grant = mesh.grants.find(command.id);
        return grant == nullptr ? std::nullopt : review(grant->scope, grant->product, command.untilMs);
    }
    template <class Other>
    std::optional<AccessReview> operator()(const Other&) const {
        return std::nullopt;
    }

private:
    [[nodiscard]] std::optional<AccessReview> review(const AccessScope& scope, const std::string& product,
                                                     TimestampMs untilMs) const {
        return reviewOf(mesh, {scope, product, untilMs, nowMs});
    }
};

std::optional<std::int64_t> revisionMet(const Command& command, const Mesh& mesh) {
    const auto kind = kindOf(command);
    return kind ? std::optional(revisionOf(mesh, *kind, subjectOf(command))) : std::nullopt;
}

} // namespace

Submission guarded(Submission submission, const Mesh& mesh) {
    if (isAboutAccess(submission.command) && !submission.expectedRevision) {
        submission.expectedRevision = revisionMet(submission.command, mesh);
    }
    return submission;
}

std::vector<Rehearsed> rehearsal(const Mesh& mesh, const std::vector<Submission>& submissions,
                                 const std::string& author, std::int64_t number, TimestampMs nowMs) {
    Mesh trial = mesh.copy();
    std::vector<Rehearsed> steps;
    for (const Submission& submission : submissions) {
        Rehearsed& step = steps.emplace_back(Rehearsed{submission, {}, {}, {}, false});
        if (!step.submission.expectedRevision) {
            step.submission.expectedRevision = revisionMet(submission.command, trial);
        }
        step.review = std::visit(Reviews{trial, nowMs}, submission.command);
        auto decision = decide(submission.command, Case{trial, step.submission.expectedRevision,
                                                        revisionOfEntry(number), author, nowMs, submission.why});
        if (!decision) {
            step.refused = decision.error();
            continue;
        }
        ++number;
        step.changes = std::move(decision->changes);
        for (const Effect& effect : decision->effects) {
            step.isGranted = step.isGranted || std::holds_alternative<Grant>(effect);
            trial.perform(effect);
        }
    }
    return steps;
}

} // namespace meshbone::catalog
