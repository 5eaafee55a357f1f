// SPDX-License-Identifier: Apache-2.0
#include "product/binding_returns.h"

#include "product/access_rights.h"
#include "product/access_steps.h"
#include "product/decide_parts.h"

#include <algorithm>

namespace meshbone::catalog {
namespace {

BindingReturns knownOf(const Case& at, const backbone::AclBinding& binding) {
    const BindingReturns* known = at.mesh.returns.find(bindingKey(binding));
    return known == nullptr ? BindingReturns{binding, 0, 0, -1, 0} : *known;
}

std::optional<Effect> forget(const Case& at, const backbone::AclBinding& binding) {
    const std::string key = bindingKey(binding);
    return at.mesh.returns.find(key) == nullptr ? std::nullopt
                                                : std::optional<Effect>(Removed{Kind::Returns, key, at.revision});
}

Effect putBack(const Case& at, const backbone::AclBinding& binding) {
    BindingReturns known = knownOf(at, binding);
    const bool isLongAgo = known.lastMs + kReturnsWithinMs <= at.timeMs;
    known.gone = isLongAgo ? 1 : known.gone + 1;
    known.removed = 0;
    known.lastMs = at.timeMs;
    known.revision = at.revision;
    return known;
}

Effect removed(const Case& at, const backbone::AclBinding& binding) {
    BindingReturns known = knownOf(at, binding);
    known.gone = 0;
    ++known.removed;
    known.lastMs = at.timeMs;
    known.revision = at.revision;
    return known;
}

bool isOurs(const BindingRecord* record) {
    return record != nullptr && record->standing != BindingStanding::Ignored;
}

/// It was said to stand, and whoever reports now knew that before looking: two enforcers at once, or two grants that
/// share the binding, count once.
bool stoodAndIsGone(const Case& at, const Grant& before, const ReportGrant& report,
                    const backbone::AclBinding& binding) {
    const auto result = std::ranges::find(before.results, binding, &BindingResult::binding);
    const bool stood = result != before.results.end() &&
                       (result->outcome == BindingOutcome::Created || result->outcome == BindingOutcome::Present);
    const auto known = std::max(before.revision, knownOf(at, binding).revision);
    return stood && report.ledgerOffset >= entryOfRevision(known);
}

/// It ended by itself, so that what released it had removed it.
bool hasEnded(const BindingRecord& record, TimestampMs nowMs) {
    return record.standing == BindingStanding::Retired ||
           (record.standing == BindingStanding::Adopted && record.untilMs != kNoEnd && record.untilMs <= nowMs);
}

} // namespace

std::optional<Effect> returnsAfter(const Case& at, const Grant& before, const ReportGrant& report,
                                   const BindingResult& result) {
    const BindingRecord* record = at.mesh.bindings.find(bindingKey(result.binding));
    switch (result.outcome) {
    case BindingOutcome::Intended:
        if (!isOurs(record)) {
            return forget(at, result.binding); // made anew: what was before is over
        }
        return stoodAndIsGone(at, before, report, result.binding) ? std::optional(putBack(at, result.binding))
                                                                  : std::nullopt;
    case BindingOutcome::Removed:
        return isOurs(record) ? std::optional(removed(at, result.binding)) : std::nullopt;
    case BindingOutcome::Absent:
        return isOurs(record) ? forget(at, result.binding) : std::nullopt; // its grant is over, and so is the contest
    default:
        return std::nullopt;
    }
}

std::optional<Effect> returnsAfter(const Case& at, const BindingRecord* old, const MarkBinding& command) {
    if (command.release) {
        return old != nullptr && hasEnded(*old, at.timeMs) ? std::optional(removed(at, command.binding))
                                                           : forget(at, command.binding);
    }
    // An enforcer adopts again what was adopted, when it puts it back.
    const bool isAgain = old != nullptr && old->standing == BindingStanding::Adopted &&
                         command.standing == old->standing && command.team == old->team &&
                         command.untilMs == old->untilMs;
    return isAgain ? std::optional(putBack(at, command.binding)) : std::nullopt;
}

Result<Decision> decideOne(const RetryBinding& command, const Case& at) {
    const std::string key = bindingKey(command.binding);
    const BindingReturns* old = at.mesh.returns.find(key);
    if (auto checked = firstError({checkSeen(Kind::Returns, key, at, old ? old->revision : 0),
                                   needAdmin(at, "try again what others change back")});
        !checked) {
        return std::unexpected(checked.error());
    }
    if (old == nullptr) {
        return fail(ErrorCode::Conflict, "Nobody has changed this binding back; there is nothing to try again.");
    }
    const BindingReturns* none = nullptr;
    return Decision{{Removed{Kind::Returns, key, at.revision}}, changesBetween(fieldsOf(old), fieldsOf(none))};
}

} // namespace meshbone::catalog
