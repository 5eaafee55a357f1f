// SPDX-License-Identifier: Apache-2.0
#include "product/access_rights.h"
#include "product/access_steps.h"
#include "product/binding_returns.h"
#include "product/decide_parts.h"
#include "product/names.h"

#include <catalog/access_names.h>

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::catalog {
namespace {

constexpr std::size_t kMaxResults = 1'000; ///< of one grant

std::unexpected<Error> wrong(std::string sentence) {
    return fail(ErrorCode::InvalidArgument, std::move(sentence));
}

bool isRemoval(GrantState state) {
    return state > GrantState::Ending;
}

/// What the enforcer does follows from what the grant is at its own time.
Status checkDirection(const Case& at, const Grant& grant, const ReportGrant& report) {
    if (report.state == GrantState::Approved || report.state == GrantState::Ending) {
        return wrong("That state follows from the ledger; it isn't reported.");
    }
    const bool wanted = grant.inForceAt(at.timeMs);
    if (wanted && isRemoval(report.state)) {
        return fail(ErrorCode::Conflict,
                    fmt::format("The grant '{}' is in force; nothing of it is removed.", grant.id));
    }
    if (!wanted && !isRemoval(report.state) && report.state != GrantState::Unknown && !at.isTrial()) {
        return fail(ErrorCode::Conflict,
                    fmt::format("The grant '{}' isn't in force; what is left of it is removed.", grant.id));
    }
    return {};
}

/// A state that its bindings contradict is no report.
Status checkResults(const Grant& grant, const ReportGrant& report) {
    if (report.results.size() > kMaxResults) {
        return wrong(fmt::format("A grant has at most {} bindings.", kMaxResults));
    }
    const auto any = [&](std::initializer_list<BindingOutcome> outcomes) {
        return std::ranges::any_of(report.results, [&](const BindingResult& result) {
            return std::ranges::find(outcomes, result.outcome) != outcomes.end();
        });
    };
    using enum BindingOutcome;
    if (report.state == GrantState::Enforced && any({Intended, Failed, Unknown, Removed, Absent, NotRemoved})) {
        return wrong("It says enforced, and one of its bindings isn't.");
    }
    if (report.state == GrantState::Removed && any({Intended, Created, Present, Failed, Unknown, NotRemoved})) {
        return wrong("It says removed, and one of its bindings isn't.");
    }
    if (report.state == GrantState::Applying && report.results.empty()) {
        return wrong("Before anything is applied, it says which bindings that will be.");
    }
    for (const BindingResult& result : report.results) {
        if (result.binding.principal != grant.scope.principal) {
            return wrong(fmt::format("The binding '{}' isn't of this grant's principal.",
                                     clipped(backbone::describe(result.binding))));
        }
        if (auto checked = checkText("reason", result.reason); !checked) {
            return checked;
        }
    }
    return {};
}

/// What was created for a grant is ours from the intent on, for a change without an answer may still come.
void recordOwnership(const Case& at, const Grant& grant, const BindingResult& result, std::vector<Effect>& effects) {
    const std::string key = bindingKey(result.binding);
    const BindingRecord* known = at.mesh.bindings.find(key);
    switch (result.outcome) {
    case BindingOutcome::Intended:
    case BindingOutcome::Created:
        if (known == nullptr || known->standing == BindingStanding::Ignored) {
            effects.emplace_back(BindingRecord{
                result.binding, BindingStanding::Created, grant.id, {}, at.author, at.timeMs, kNoEnd, at.revision});
        }
        break;
    case BindingOutcome::Removed:
    case BindingOutcome::Absent:
        if (known != nullptr && known->standing != BindingStanding::Ignored) {
            effects.emplace_back(Removed{Kind::Binding, key, at.revision});
        }
        break;
    default:
        break;
    }
}

} // namespace

Result<Decision> decideOne(const ReportGrant& command, const Case& at) {
    auto grant = grantAt(at, command.id);
    if (!grant) {
        return std::unexpected(grant.error());
    }
    const Grant before = *grant;
    if (auto checked = firstError({needEnforcer(at), checkText("reason", command.reason),
                                   checkDirection(at, before, command), checkResults(before, command)});
        !checked) {
        return std::unexpected(checked.error());
    }
    grant->reported = command.state;
    grant->reason = command.reason;
    grant->ledgerOffset = command.ledgerOffset;
    grant->reportedMs = at.timeMs;
    grant->results = command.results;
    grant->applied = command.state != GrantState::Removed &&
                     (before.applied || (command.state != GrantState::Waiting && command.state != GrantState::Refused));
    Decision decision = changed(before, *grant, at);
    for (const BindingResult& result : command.results) {
        recordOwnership(at, *grant, result, decision.effects);
        if (auto returns = returnsAfter(at, before, command, result)) {
            decision.effects.push_back(std::move(*returns));
        }
    }
    return decision;
}

namespace {

Result<Decision> decideMark(const MarkBinding& command, const BindingRecord* old, const Case& at) {
    const std::string key = bindingKey(command.binding);
    if (auto checked = firstError({checkSeen(Kind::Binding, key, at, old ? old->revision : 0),
                                   needAdmin(at, "say what becomes of a binding"), checkEnd(at, command.untilMs)});
        !checked) {
        return std::unexpected(checked.error());
    }
    const bool ours = old != nullptr && old->standing != BindingStanding::Ignored;
    if (command.release) {
        if (old == nullptr || old->standing == BindingStanding::Created) {
            return fail(ErrorCode::Conflict, old == nullptr ? "Nothing is noted of this binding."
                                                            : "We made this binding; it ends with its grants.");
        }
        return Decision{{Removed{Kind::Binding, key, at.revision}}, changesBetween(fieldsOf(old), {})};
    }
    if (command.standing == BindingStanding::Created) {
        return wrong("Only an enforcer's report says that a binding was created.");
    }
    if (command.standing == BindingStanding::Retired && !ours) {
        return fail(ErrorCode::Conflict, "Only what we created or adopted is ours to remove; adopt it first.");
    }
    if (command.standing == BindingStanding::Ignored && ours) {
        return fail(ErrorCode::Conflict, "It is ours; what isn't ours can be ignored.");
    }
    if (command.standing == BindingStanding::Adopted && at.mesh.teams.find(command.team) == nullptr) {
        return notThere(Kind::Team, command.team);
    }
    if (command.standing == BindingStanding::Adopted && !at.isTrial() &&
        isOwnPrincipal(at.mesh, command.binding.principal, at.author)) {
        return fail(ErrorCode::PermissionDenied,
                    fmt::format("The principal '{}' is '{}''s own, so somebody else must adopt what it may do.",
                                clipped(command.binding.principal), at.author));
    }
    BindingRecord record{command.binding, command.standing, ours ? old->grant : std::string(),
                         command.team,    at.author,        at.timeMs,
                         command.untilMs, at.revision};
    auto changes = changesBetween(fieldsOf(old), fieldsOf(&record));
    return Decision{{std::move(record)}, std::move(changes)};
}

} // namespace

Result<Decision> decideOne(const MarkBinding& command, const Case& at) {
    const BindingRecord* old = at.mesh.bindings.find(bindingKey(command.binding));
    auto decision = decideMark(command, old, at);
    if (auto returns = decision ? returnsAfter(at, old, command) : std::nullopt) {
        decision->effects.push_back(std::move(*returns));
    }
    return decision;
}

} // namespace meshbone::catalog
