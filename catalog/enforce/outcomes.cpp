// SPDX-License-Identifier: Apache-2.0
#include "enforce/outcomes.h"

#include <backbone/iso_time.h>

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::catalog {
namespace {

bool isUnanswered(const Status& status) {
    return !status && (status.error().code == ErrorCode::Timeout || status.error().code == ErrorCode::Unavailable);
}

/// What was once created stays so in later reports: it says whose it is.
BindingOutcome presentOutcome(const Grant& grant, const backbone::AclBinding& binding) {
    const auto before = std::ranges::find(grant.results, binding, &BindingResult::binding);
    const bool byUs = before != grant.results.end() &&
                      (before->outcome == BindingOutcome::Created || before->outcome == BindingOutcome::Intended ||
                       before->outcome == BindingOutcome::Unknown);
    return byUs ? BindingOutcome::Created : BindingOutcome::Present;
}

BindingResult resultOf(const Grant& grant, const backbone::AclBinding& binding, const Changes& changes) {
    const auto sent = changes.created.find(binding);
    const bool isThere = changes.present.contains(binding);
    if (isThere) {
        return {binding, sent == changes.created.end() ? presentOutcome(grant, binding) : BindingOutcome::Created, {}};
    }
    if (sent == changes.created.end()) {
        return {binding, BindingOutcome::Failed, "It isn't there, and is left alone: somebody else keeps removing it."};
    }
    if (sent->second || isUnanswered(sent->second)) {
        return {binding, BindingOutcome::Unknown,
                sent->second ? std::string("It was accepted and can't be seen yet.") : sent->second.error().message};
    }
    return {binding, BindingOutcome::Failed, sent->second.error().message};
}

BindingResult endResultOf(const backbone::AclBinding& binding, const EnforcementView& view, const Changes& changes,
                          bool mayStillAppear) {
    const bool isThere = changes.present.contains(binding);
    if (const auto wanted = view.agreed.wanted.find(binding); wanted != view.agreed.wanted.end()) {
        return {binding, BindingOutcome::Kept, fmt::format("The grant '{}' wants it.", wanted->second.grants.front())};
    }
    const auto sent = changes.removed.find(binding);
    if (isThere && sent == changes.removed.end()) {
        return view.agreed.own.contains(binding)
                   ? BindingResult{binding, BindingOutcome::NotRemoved,
                                   changes.contested.contains(binding)
                                       ? "It is left alone: somebody else keeps putting it back."
                                       : changes.notRemoved}
                   : BindingResult{binding, BindingOutcome::Kept, "It was there before, and isn't ours to remove."};
    }
    if (isThere) {
        return {binding,
                isUnanswered(sent->second) || sent->second ? BindingOutcome::Unknown : BindingOutcome::NotRemoved,
                sent->second ? std::string("Its removal was accepted and can't be seen yet.")
                             : sent->second.error().message};
    }
    if (sent != changes.removed.end()) {
        return {binding, BindingOutcome::Removed, {}};
    }
    return mayStillAppear
               ? BindingResult{binding, BindingOutcome::Unknown, "A change without an answer may still make it."}
               : BindingResult{binding, BindingOutcome::Absent, {}};
}

std::size_t count(const std::vector<BindingResult>& results, BindingOutcome outcome) {
    return static_cast<std::size_t>(std::ranges::count(results, outcome, &BindingResult::outcome));
}

void giveReason(Outcome& outcome) {
    using enum BindingOutcome;
    for (const auto bad : {Failed, NotRemoved, Unknown}) {
        const auto found = std::ranges::find(outcome.results, bad, &BindingResult::outcome);
        if (found != outcome.results.end()) {
            outcome.reason = found->reason;
            return;
        }
    }
}

std::string spanWords(std::int64_t ms) {
    struct Unit {
        std::int64_t ms;
        const char* name;
    };
    constexpr std::int64_t kSecond = 1'000, kMinute = 60 * kSecond, kHour = 60 * kMinute, kDay = 24 * kHour;
    for (const auto& [unit, name] : {Unit{kDay, "days"}, Unit{kHour, "h"}, Unit{kMinute, "min"}}) {
        if (ms >= 2 * unit) {
            return fmt::format("{} {}", ms / unit, name);
        }
    }
    return fmt::format("{} s", ms / kSecond);
}

} // namespace

Outcome outcomeOf(const EnforcementView::Agreed& agreed, const Changes& changes) {
    Outcome outcome;
    for (const auto& binding : agreed.bindings) {
        outcome.results.push_back(resultOf(agreed.grant, binding, changes));
    }
    const auto failed = count(outcome.results, BindingOutcome::Failed);
    outcome.state = count(outcome.results, BindingOutcome::Unknown) > 0 ? GrantState::Unknown
                    : failed == 0                                       ? GrantState::Enforced
                    : failed == outcome.results.size()                  ? GrantState::Refused
                                                                        : GrantState::Partly;
    giveReason(outcome);
    return outcome;
}

Outcome endOf(const EnforcementView::Agreed& agreed, const EnforcementView& view, const Changes& changes,
              bool mayStillAppear) {
    Outcome outcome;
    for (const auto& binding : agreed.bindings) {
        outcome.results.push_back(endResultOf(binding, view, changes, mayStillAppear));
    }
    outcome.state = count(outcome.results, BindingOutcome::Unknown) > 0      ? GrantState::RemovalUnknown
                    : count(outcome.results, BindingOutcome::NotRemoved) > 0 ? GrantState::Removing
                                                                             : GrantState::Removed;
    giveReason(outcome);
    return outcome;
}

std::string latenessOf(const Grant& grant, const Outcome& outcome, TimestampMs removedMs) {
    const auto ended = grant.endedMs(removedMs);
    const bool isKept = count(outcome.results, BindingOutcome::Kept) == outcome.results.size();
    if (outcome.state != GrantState::Removed || isKept || ended < 0 || removedMs - ended <= kLateFromMs) {
        return {};
    }
    return fmt::format("It {} at {}, and was removed {} later.", ended == grant.untilMs ? "ended" : "was revoked",
                       isoTime(ended), spanWords(removedMs - ended));
}

Outcome intentOf(const EnforcementView::Agreed& agreed, const std::set<backbone::AclBinding>& create) {
    Outcome outcome;
    outcome.state = GrantState::Applying;
    for (const auto& binding : agreed.bindings) {
        outcome.results.push_back(
            {binding, create.contains(binding) ? BindingOutcome::Intended : presentOutcome(agreed.grant, binding), {}});
    }
    return outcome;
}

bool isReported(const Grant& grant, const Outcome& outcome) {
    return grant.reported == outcome.state && grant.reason == outcome.reason && grant.results == outcome.results;
}

} // namespace meshbone::catalog
