// SPDX-License-Identifier: Apache-2.0
#include "enforce/enforcement_round.h"

#include <algorithm>
#include <thread>

namespace meshbone::catalog {
namespace {

constexpr int kPutBackMost = 2; // then somebody else manages it
constexpr int kEqualReads = 2;  // before what may still come is taken to be gone
constexpr std::chrono::milliseconds kFirstLook{5}, kLongestLook{200};

bool isSettled(const backbone::AclBinding& binding, const Status& sent, bool wanted,
               const std::set<backbone::AclBinding>& present) {
    return !sent || present.contains(binding) == wanted;
}

AclEnds endsOf(const Wanted& wanted) {
    AclEnds ends;
    for (const auto& [binding, by] : wanted) {
        ends.emplace(binding, by.untilMs);
    }
    return ends;
}

} // namespace

std::set<backbone::AclBinding> EnforcementMemory::flapping() const {
    std::set<backbone::AclBinding> all;
    for (const auto& [binding, times] : putBack) {
        if (times >= kPutBackMost) {
            all.insert(binding);
        }
    }
    return all;
}

RoundEnd EnforcementRound::run() {
    const auto status = m_catalog.status();
    if (status.mode != CatalogMode::Live) {
        RoundEnd end;
        end.mode = EnforcerMode::Waiting;
        end.reason = status.mode == CatalogMode::CatchingUp ? "The ledger is still being read." : status.reason;
        return end;
    }
    m_view = viewOf(m_catalog, m_nowMs);
    RoundEnd end{EnforcerMode::Idle, {}, m_view.ledgerOffset, m_view.nextEndMs, endsOf(m_view.agreed.wanted)};
    if (m_view.inForce.empty() && m_view.ended.empty() && m_view.agreed.own.empty()) {
        return end; // nothing was ever agreed: a backbone without ACLs needs no question
    }
    const auto done = enforce();
    if (!done || !m_trouble.empty()) {
        end.mode = EnforcerMode::Waiting;
        end.reason = done ? m_trouble : done.error().message;
    }
    return end;
}

Status EnforcementRound::enforce() {
    if (auto described = describe(); !described) {
        sayWaiting(described.error().message);
        return described;
    }
    for (const auto step : {&EnforcementRound::makePlan, &EnforcementRound::sayIntents}) {
        if (auto done = (this->*step)(); !done) {
            return done;
        }
    }
    create();
    remove();
    if (!m_plan.isEmpty()) {
        readBack();
    }
    if (auto said = sayOutcomes(); !said) {
        return said;
    }
    return forgetNoted();
}

Status EnforcementRound::describe() {
    auto actual = ActualAcls::from(m_access.acls({}, call()), m_nowMs);
    if (!actual) {
        return std::unexpected(actual.error());
    }
    m_actual = std::move(*actual);
    m_changes.present = {m_actual->bindings().begin(), m_actual->bindings().end()};
    return {};
}

/// A plan that the guard refuses removes nothing; what is missing is made all the same.
Status EnforcementRound::makePlan() {
    for (const auto& [binding, wanted] : m_view.agreed.wanted) {
        if (m_changes.present.contains(binding)) {
            m_memory.stood.insert(binding);
        }
    }
    m_plan = planOf(m_view.agreed.wanted, *m_actual, m_view.agreed.own, m_memory.flapping());
    const auto safe = checkPlan(m_plan, *m_actual, {m_options.principal, m_options.host, m_options.ledgerTopic});
    if (!safe) {
        m_changes.notRemoved = safe.error().message;
        m_trouble = safe.error().message;
        m_plan.remove.clear();
    }
    return {};
}

Status EnforcementRound::sayIntents() {
    const std::set<backbone::AclBinding> create(m_plan.create.begin(), m_plan.create.end());
    const std::set<backbone::AclBinding> remove(m_plan.remove.begin(), m_plan.remove.end());
    const auto touches = [](const EnforcementView::Agreed& agreed, const std::set<backbone::AclBinding>& bindings) {
        return std::ranges::any_of(agreed.bindings, [&](const auto& one) { return bindings.contains(one); });
    };
    for (const auto& agreed : m_view.inForce) {
        const auto intent = intentOf(agreed, create);
        if (touches(agreed, create) && !isReported(agreed.grant, intent)) {
            if (auto said = report(agreed.grant, intent); !said) {
                return said;
            }
        }
    }
    for (const auto& agreed : m_view.ended) {
        if (touches(agreed, remove) && agreed.grant.reported != GrantState::Removing) {
            if (auto said = report(agreed.grant, {GrantState::Removing, {}, agreed.grant.results}); !said) {
                return said;
            }
        }
    }
    return {};
}

void EnforcementRound::create() {
    if (m_plan.create.empty()) {
        return;
    }
    const auto statuses = m_access.createAcls(m_plan.create, call());
    for (std::size_t i = 0; i < m_plan.create.size(); ++i) {
        const auto& binding = m_plan.create[i];
        m_changes.created[binding] = statuses ? (*statuses)[i] : Status(std::unexpected(statuses.error()));
        if (m_memory.stood.contains(binding)) {
            ++m_memory.putBack[binding]; // it stood and was gone: somebody took it away
        }
    }
}

void EnforcementRound::remove() {
    if (m_plan.remove.empty()) {
        return;
    }
    const auto statuses = m_access.deleteAcls(m_plan.remove, call());
    for (std::size_t i = 0; i < m_plan.remove.size(); ++i) {
        m_changes.removed[m_plan.remove[i]] = statuses ? (*statuses)[i] : Status(std::unexpected(statuses.error()));
        m_memory.stood.erase(m_plan.remove[i]);
    }
}

/// A describe is answered from the asked broker's memory, which follows the quorum by some milliseconds.
void EnforcementRound::readBack() {
    const auto settled = [&] {
        return std::ranges::all_of(
                   m_changes.created,
                   [&](const auto& one) { return isSettled(one.first, one.second, true, m_changes.present); }) &&
               std::ranges::all_of(m_changes.removed, [&](const auto& one) {
                   return isSettled(one.first, one.second, false, m_changes.present);
               });
    };
    const auto end = std::chrono::steady_clock::now() + m_options.callTimeout;
    for (auto wait = kFirstLook; !m_stop.stop_requested(); wait = std::min(wait * 2, kLongestLook)) {
        const auto few = m_plan.create.size() + m_plan.remove.size() == 1;
        const auto& one = m_plan.create.empty() ? m_plan.remove : m_plan.create;
        const auto filter = few ? backbone::AclFilter::exactly(one.front()) : backbone::AclFilter{};
        const auto seen = m_access.acls(filter, call());
        if (!seen) {
            return; // what can't be seen is unknown
        }
        if (few) {
            m_changes.present.erase(one.front());
            m_changes.present.insert(seen->begin(), seen->end());
        } else {
            m_changes.present = {seen->begin(), seen->end()};
        }
        if (settled() || std::chrono::steady_clock::now() >= end) {
            return;
        }
        std::this_thread::sleep_for(wait);
    }
}

/// Whether something of an ended grant that isn't there may still come about: a change went without an answer, and
/// neither twice a request's time nor two reads that agree have passed since.
bool EnforcementRound::mayStillAppear(const Grant& grant) {
    const auto isOpen = [](const BindingResult& result) {
        return result.outcome == BindingOutcome::Unknown || result.outcome == BindingOutcome::Intended;
    };
    if (std::ranges::none_of(grant.results, isOpen)) {
        return false;
    }
    const auto patience = 2 * m_options.callTimeout;
    if (m_nowMs < grant.reportedMs + patience.count()) {
        m_memory.absentReads.erase(grant.id);
        return true;
    }
    return ++m_memory.absentReads[grant.id] < kEqualReads;
}

Status EnforcementRound::sayOutcomes() {
    const auto say = [&](const Grant& grant, const Outcome& outcome) -> Status {
        const bool good = outcome.state == GrantState::Enforced || outcome.state == GrantState::Removed;
        if (!good && m_trouble.empty()) {
            m_trouble = outcome.reason;
        }
        return isReported(grant, outcome) ? Status{} : report(grant, outcome);
    };
    for (const auto& agreed : m_view.inForce) {
        if (auto said = say(agreed.grant, outcomeOf(agreed, m_changes)); !said) {
            return said;
        }
    }
    for (const auto& agreed : m_view.ended) {
        const auto outcome = endOf(agreed, m_view, m_changes, mayStillAppear(agreed.grant));
        // What waits for the barrier is said once: its time must not begin anew.
        const bool again = outcome.state == GrantState::RemovalUnknown &&
                           agreed.grant.reported == GrantState::RemovalUnknown && m_changes.removed.empty();
        if (again) {
            m_trouble = m_trouble.empty() ? outcome.reason : m_trouble;
        } else if (auto said = say(agreed.grant, outcome); !said) {
            return said;
        }
    }
    return {};
}

/// What was adopted or retired and is gone is nobody's any more.
Status EnforcementRound::forgetNoted() {
    for (const auto& record : m_view.noted) {
        if (m_view.agreed.wanted.contains(record.binding) || m_changes.present.contains(record.binding)) {
            continue;
        }
        MarkBinding forget;
        forget.binding = record.binding;
        forget.standing = record.standing;
        forget.release = true;
        const auto said = m_catalog.submit({forget, "It is no longer on the backbone.", {}}, call());
        if (!said) {
            return std::unexpected(said.error());
        }
    }
    return {};
}

Status EnforcementRound::report(const Grant& grant, const Outcome& outcome) {
    ReportGrant said;
    said.id = grant.id;
    said.state = outcome.state;
    said.reason = outcome.reason;
    said.ledgerOffset = m_view.ledgerOffset;
    said.results = outcome.results;
    const auto entry = m_catalog.submit({std::move(said), {}, {}}, call());
    return entry ? Status{} : Status(std::unexpected(entry.error()));
}

/// The backbone can't be asked: each grant that waits for it says so, once.
void EnforcementRound::sayWaiting(const std::string& reason) {
    for (const auto& agreed : m_view.inForce) {
        const auto& grant = agreed.grant;
        const bool waits =
            grant.reported == GrantState::Approved || (grant.reported == GrantState::Waiting && grant.reason != reason);
        if (waits && !report(grant, {GrantState::Waiting, reason, grant.results})) {
            return; // the ledger can't be reached either: the round's end says so
        }
    }
}

} // namespace meshbone::catalog
