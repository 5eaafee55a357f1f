// SPDX-License-Identifier: Apache-2.0
#include "access/decide_both.h"

#include "access/evidence_decision.h"

#include <algorithm>

namespace meshbone::catalog {
namespace {

using namespace backbone;
using Reason = AclDecision::Reason;

AclRequest requestOf(const EvidenceTuple& seen, std::string_view host) {
    return {seen.principal, host, seen.operation, seen.resourceKind, seen.resource};
}

/// What the bindings that concern a request come to.
struct Weighed {
    const AclBinding* allows = nullptr;
    const AclBinding* denies = nullptr;

    void weigh(const AclBinding& binding) { (binding.permission == Permission::Deny ? denies : allows) = &binding; }
    [[nodiscard]] AclDecision decision() const {
        return denies != nullptr   ? AclDecision{false, Reason::Denied, denies}
               : allows != nullptr ? AclDecision{true, Reason::Allowed, allows}
                                   : AclDecision{false, Reason::NothingAllows, nullptr};
    }
    [[nodiscard]] bool isNothing() const { return denies == nullptr && allows == nullptr; }
};

} // namespace

BothDecisions::BothDecisions(const AclTable& before, const AccessChange& change, TimestampMs nowMs)
    : m_before(before)
    , m_change(change)
    , m_nowMs(nowMs) {
    for (const auto& binding : change.remove) {
        m_touch.add(binding);
        if (const auto at = before.bindings().find(binding); at != before.bindings().end()) {
            m_removed.insert(&at->first);
        }
    }
    for (const auto& binding : change.add) {
        m_touch.add(binding);
        m_added.add(binding);
    }
}

bool BothDecisions::isTouched(const EvidenceTuple& seen) const {
    if (m_touch.size() == 0) {
        return false;
    }
    if (asksForProducerId(seen)) {
        return true;
    }
    // Where nothing covers a resource, the setting speaks: the first and the last binding there touch everybody.
    if (m_before.rules().allowIfNone || seen.host.empty()) {
        return m_touch.isCovered(seen.resourceKind, seen.resource);
    }
    return m_touch.decide(requestOf(seen, seen.host)).by != nullptr;
}

BothDecisions::Answer BothDecisions::decide(const EvidenceTuple& seen, std::string_view host) {
    const auto& rules = m_before.rules();
    if (rules.superUsers.contains(seen.principal)) {
        return {{true, Reason::SuperUser, nullptr}, {true, Reason::SuperUser, nullptr}};
    }
    const auto asked = requestOf(seen, host);
    Weighed before, after;
    m_before.forEachConcerning(asked, m_nowMs, [&](const AclBinding& binding) {
        before.weigh(binding);
        if (m_removed.empty() || !m_removed.contains(&binding)) {
            after.weigh(binding);
        }
    });
    if (m_added.size() > 0) {
        m_added.forEachConcerning(asked, m_nowMs, [&](const AclBinding& binding) { after.weigh(binding); });
    }
    Answer answer{before.decision(), after.decision()};
    if (rules.allowIfNone) {
        if (before.isNothing() && !m_before.isCovered(asked.resourceKind, asked.resource)) {
            answer.before = {true, Reason::NoneForIt, nullptr};
        }
        if (after.isNothing() && !isCoveredAfter(asked.resourceKind, asked.resource)) {
            answer.after = {true, Reason::NoneForIt, nullptr};
        }
    }
    if (asksForProducerId(seen)) {
        decideProducerId(seen, host, answer);
    }
    return answer;
}

/// The right to write to any topic is asked of the whole table.
void BothDecisions::decideProducerId(const EvidenceTuple& seen, std::string_view host, Answer& answer) {
    if (!m_after) {
        m_after = tableAfter(m_before, m_change);
    }
    answer = {decideEvidence(m_before, seen, host, m_nowMs), decideEvidence(*m_after, seen, host, m_nowMs)};
}

bool BothDecisions::isCoveredAfter(ResourceKind kind, std::string_view resource) const {
    if (m_added.isCovered(kind, resource)) {
        return true;
    }
    if (!m_touch.isCovered(kind, resource)) {
        return m_before.isCovered(kind, resource);
    }
    return std::ranges::any_of(m_before.covering(kind, resource),
                               [&](const AclBinding* binding) { return !m_removed.contains(binding); });
}

void BothDecisions::tellWhy(const EvidenceTuple& seen, std::string_view host, Answer& answer) {
    if (answer.before.reason == Reason::NothingAllows) {
        answer.before.reason = m_before.decide(requestOf(seen, host), m_nowMs).reason;
    }
    if (answer.after.reason == Reason::NothingAllows && !isCoveredAfter(seen.resourceKind, seen.resource)) {
        answer.after.reason = Reason::NoneForIt;
    }
}

} // namespace meshbone::catalog
