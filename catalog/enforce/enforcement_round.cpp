// SPDX-License-Identifier: Apache-2.0
#include "enforce/enforcement_round.h"

#include <catalog/enforcer_words.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>
#include <utility>

namespace meshbone::catalog {
namespace {

constexpr int kEqualReads = 2; // before what may still come is taken to be gone
constexpr std::size_t kManyReports = 16, kReportsAtOnce = 8;
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
        sayWaiting(described.error());
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
    findFlapping();
    m_plan = planOf(m_view.agreed.wanted, *m_actual, m_view.agreed.own, m_memory.flapping);
    if (!m_plan.remove.empty() && m_options.rules) {
        m_actual = std::move(*ActualAcls::from(m_actual->bindings(), m_nowMs, m_options.rules(call())));
    }
    const auto safe = checkPlan(m_plan, *m_actual, {m_options.principal, m_options.host, m_options.ledgerTopic});
    if (!safe) {
        m_changes.notRemoved = safe.error().message;
        m_trouble = safe.error().message;
        m_plan.remove.clear();
    }
    return {};
}

/// What others changed back too often, as the ledger tells whoever enforces.
void EnforcementRound::findFlapping() {
    m_memory.flapping.clear();
    for (const auto& one : m_view.returns) {
        const auto returns = returnsOf(one, m_view.agreed.wanted.contains(one.binding),
                                       m_changes.present.contains(one.binding), m_nowMs);
        if (returns >= kFlappingFrom) {
            m_memory.flapping.insert(one.binding);
        }
    }
    m_changes.contested = m_memory.flapping;
}

/// That what was adopted is put back is told by adopting it again; of what is a grant's, its report tells.
void EnforcementRound::sayPutBack(const std::set<backbone::AclBinding>& create) {
    for (const auto& record : m_view.noted) {
        if (m_changes.present.contains(record.binding)) {
            m_memory.stood.insert(record.binding);
        }
        if (record.standing != BindingStanding::Adopted || !create.contains(record.binding) ||
            !m_memory.stood.contains(record.binding)) {
            continue;
        }
        const MarkBinding again{record.binding, record.standing, false, record.team, record.untilMs};
        const auto said = m_catalog.submit({again, std::string(kWhyPutBack), record.revision}, call());
        if (!said && m_trouble.empty()) {
            m_trouble = said.error().message;
        }
    }
}

Status EnforcementRound::sayIntents() {
    const std::set<backbone::AclBinding> create(m_plan.create.begin(), m_plan.create.end());
    sayPutBack(create);
    const std::set<backbone::AclBinding> remove(m_plan.remove.begin(), m_plan.remove.end());
    const auto touches = [](const EnforcementView::Agreed& agreed, const std::set<backbone::AclBinding>& bindings) {
        return std::ranges::any_of(agreed.bindings, [&](const auto& one) { return bindings.contains(one); });
    };
    std::vector<Report> reports;
    for (const auto& agreed : m_view.inForce) {
        if (auto intent = intentOf(agreed, create); touches(agreed, create) && !isReported(agreed.grant, intent)) {
            reports.push_back({&agreed.grant, std::move(intent)});
        }
    }
    for (const auto& agreed : m_view.ended) {
        if (touches(agreed, remove) && agreed.grant.reported != GrantState::Removing) {
            reports.push_back({&agreed.grant, {GrantState::Removing, {}, agreed.grant.results}});
        }
    }
    return reportAll(reports);
}

void EnforcementRound::create() {
    if (m_plan.create.empty()) {
        return;
    }
    const auto statuses = m_access.createAcls(m_plan.create, call());
    for (std::size_t i = 0; i < m_plan.create.size(); ++i) {
        const auto& binding = m_plan.create[i];
        m_changes.created[binding] = statuses ? (*statuses)[i] : Status(std::unexpected(statuses.error()));
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
    std::vector<Report> reports;
    const auto say = [&](const Grant& grant, Outcome outcome) {
        const bool good = outcome.state == GrantState::Enforced || outcome.state == GrantState::Removed;
        if (!good && m_trouble.empty()) {
            m_trouble = outcome.reason;
        }
        if (!isReported(grant, outcome)) {
            reports.push_back({&grant, std::move(outcome)});
        }
    };
    for (const auto& agreed : m_view.inForce) {
        say(agreed.grant, outcomeOf(agreed, m_changes));
    }
    for (const auto& agreed : m_view.ended) {
        auto outcome = endOf(agreed, m_view, m_changes, mayStillAppear(agreed.grant));
        if (auto late = latenessOf(agreed.grant, outcome, m_options.nowMs()); !late.empty()) {
            outcome.reason = std::move(late);
        }
        // What waits for the barrier is said once: its time must not begin anew.
        const bool again = outcome.state == GrantState::RemovalUnknown &&
                           agreed.grant.reported == GrantState::RemovalUnknown && m_changes.removed.empty();
        if (again) {
            m_trouble = m_trouble.empty() ? outcome.reason : m_trouble;
        } else {
            say(agreed.grant, std::move(outcome));
        }
    }
    return reportAll(reports);
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
        const auto said = m_catalog.submit({forget, std::string(kWhyForgotten), {}}, call());
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

/// One after the other; many of them some at a time, because each waits until it is on the log and applied.
Status EnforcementRound::reportAll(const std::vector<Report>& reports) {
    std::atomic<std::size_t> next{0};
    std::mutex mutex;
    Status status; // the first that failed; guarded by mutex
    const auto work = [&] {
        for (auto i = next++; i < reports.size(); i = next++) {
            auto said = report(*reports[i].grant, reports[i].outcome);
            if (!said) {
                next = reports.size();
                const std::scoped_lock lock(mutex);
                status = status ? std::move(said) : status;
            }
        }
    };
    std::vector<std::jthread> helpers(reports.size() < kManyReports ? 0 : kReportsAtOnce - 1);
    std::ranges::generate(helpers, [&] { return std::jthread(work); });
    work();
    helpers.clear(); // waits for them
    return status;
}

/// The backbone can't be asked: each grant that waits for it says so, once. Where there is nobody to ask, since the
/// backbone rules nothing, what was enforced isn't any more.
void EnforcementRound::sayWaiting(const Error& why) {
    const bool rulesNothing = why.code == ErrorCode::Unsupported;
    std::vector<Report> reports;
    for (const auto& agreed : m_view.inForce) {
        const auto reported = agreed.grant.reported;
        const bool waits = rulesNothing || reported == GrantState::Approved || reported == GrantState::Waiting;
        Outcome waiting{GrantState::Waiting, why.message, agreed.grant.results};
        if (waits && !isReported(agreed.grant, waiting)) {
            reports.push_back({&agreed.grant, std::move(waiting)});
        }
    }
    (void)reportAll(reports); // where the ledger can't be reached either, the round's end says so
}

} // namespace meshbone::catalog
