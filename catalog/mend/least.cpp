// SPDX-License-Identifier: Apache-2.0
#include "ascode/units.h"
#include "mend/after.h"

#include <catalog/access_asking.h>
#include <catalog/access_least_mend.h>

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::catalog {
namespace {

using backbone::AclBinding;

AccessFile fileOf(const AccessSurvey& survey) {
    AccessFile file;
    file.grants.emplace();
    for (const Grant& grant : survey.grants) {
        if (isAgreed(grant, survey.context.nowMs)) {
            file.grants->push_back({grant.id, grant.scope, grant.product, grant.purpose, grant.untilMs});
        }
    }
    return file;
}

/// From the file that says it to the commands that do it.
class Maker {
public:
    Maker(const AccessSurvey& survey, std::span<const AccessRequest> requests, const LeastPlan& chosen)
        : m_survey(survey)
        , m_requests(requests)
        , m_chosen(chosen)
        , m_after(survey)
        , m_least(leastFileOf(fileOf(survey), chosen)) {}

    LeastMends make() && {
        for (const auto& [wide, narrow] : m_least.narrower) {
            ask(wide, narrow);
        }
        endGrants();
        retireAdopted();
        for (const auto& id : m_least.stay) {
            note(fmt::format("Grant '{}' stays as it is: no role says just what of it is used.", id));
        }
        for (const auto& principal : m_least.idempotent) {
            note(
                fmt::format("'{}' keeps its rights to write: by one of them it gets an idempotent producer's id, which "
                            "no role gives alone.",
                            principal));
        }
        m_mends.plan = std::move(m_after).plan(m_survey);
        return std::move(m_mends);
    }

private:
    void ask(const std::string& wide, const std::string& narrow) {
        const auto& wanted = *std::ranges::find(*m_least.file.grants, narrow, &FileGrant::id);
        const auto asked = std::ranges::find(m_requests, narrow, &AccessRequest::id);
        const bool isThere = asked != m_requests.end();
        const auto state = isThere ? asked->stateAt(m_survey.context.nowMs) : RequestState::Withdrawn;
        if (isThere && (asked->scope != wanted.scope || state == RequestState::Declined ||
                        (state != RequestState::Withdrawn && state != RequestState::Submitted))) {
            note(fmt::format("Grant '{}' stays: a request '{}' was made before and isn't open any more, or asks for "
                             "something else. Ask for the narrower one under another id.",
                             wide, narrow));
            return;
        }
        if (isThere && state == RequestState::Submitted) {
            note(fmt::format("'{}' is asked for already, instead of '{}'; somebody has to agree.", narrow, wide));
            return;
        }
        if (isThere) {
            m_after.said.emplace_back(ReopenRequest{narrow});
        } else {
            m_after.said.emplace_back(
                SubmitRequest{narrow, wanted.scope, wanted.product, {}, wanted.purpose, wanted.untilMs});
        }
        ++m_mends.asks;
        note(fmt::format("Grant '{}' is wider than what was seen; '{}' asks for just that. When it is agreed to and "
                         "enforced, look here again: then '{}' can go.",
                         wide, narrow, wide));
    }

    void endGrants() {
        std::set<std::string, std::less<>> left;
        std::ranges::transform(*m_least.file.grants, std::inserter(left, left.end()), &FileGrant::id);
        for (Grant& grant : m_after.grants) {
            if (isAgreed(grant, m_survey.context.nowMs) && !left.contains(grant.id)) {
                grant.revoked = true;
                m_after.said.emplace_back(RevokeGrant{grant.id});
                ++m_mends.ends;
            }
        }
    }

    /// What is adopted no request narrows: it goes as a whole, once nothing of it is used but what others allow.
    void retireAdopted() {
        const LeastInstead instead(m_chosen);
        const std::set<std::string, std::less<>> producers(m_least.idempotent.begin(), m_least.idempotent.end());
        for (const auto& record : m_survey.records) {
            const auto& binding = record.binding;
            if (record.standing != BindingStanding::Adopted || !instead.isCut(binding)) {
                continue;
            }
            const auto made = instead.of(binding);
            if (isForAsking(binding)) {
                note(fmt::format("'{}' stays: it lets everybody ask for access. Who may ask is changed by itself.",
                                 describe(binding)));
            } else if (!made.empty()) {
                note(fmt::format("'{}' was adopted and stays: of it '{}' is used. Once a grant says that, it can go.",
                                 describe(binding), describe(*made.front())));
            } else if (binding.operation != backbone::Operation::Write || producers.empty() ||
                       (!producers.contains(binding.principal) && binding.principal != backbone::kAnyPrincipal)) {
                // With its end, so that an undo knows it.
                m_after.mark(binding, BindingStanding::Retired, record.team, record.untilMs);
                ++m_mends.retires;
            }
        }
    }

    void note(std::string sentence) { m_mends.notes.push_back(std::move(sentence)); }

    const AccessSurvey& m_survey;
    std::span<const AccessRequest> m_requests;
    const LeastPlan& m_chosen;
    LedgerAfter m_after;
    LeastFile m_least;
    LeastMends m_mends;
};

} // namespace

Result<LeastMends> leastMendsOf(const AccessSurvey& survey, std::span<const AccessRequest> requests, LeastPlan chosen) {
    if (!survey.actual) {
        return std::unexpected(survey.actual.error());
    }
    return Maker(survey, requests, chosen).make();
}

} // namespace meshbone::catalog
