// SPDX-License-Identifier: Apache-2.0
#include "mend/after.h"

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::catalog {
namespace {

using backbone::AclBinding;

bool isConcrete(const DriftFinding& finding) {
    return finding.kind != DriftKind::Conflict && finding.kind != DriftKind::HotPattern;
}

MendAct actOf(DriftFix fix) {
    switch (fix) {
    case DriftFix::Reapply:
        return MendAct::Reapply;
    case DriftFix::Adopt:
        return MendAct::Adopt;
    case DriftFix::Revoke:
        return MendAct::Revoke;
    case DriftFix::Narrow:
        return MendAct::Narrow;
    case DriftFix::IgnoreUntil:
        return MendAct::Ignore;
    }
    return MendAct::Ignore;
}

/// Builds what is said, and plays it on the values of the ledger to see what follows.
class Planner {
public:
    explicit Planner(const AccessSurvey& survey)
        : m_survey(survey)
        , m_after(survey) {}

    void add(const Mend& mend) {
        checkSingle(mend);
        switch (mend.act) {
        case MendAct::Reapply:
            retry(mend.finding.binding);
            if (mend.finding.other) {
                retry(*mend.finding.other);
            }
            if (mend.finding.kind == DriftKind::Changed && mend.finding.isOwn) {
                revoke(mend);
            }
            break;
        case MendAct::Adopt:
            m_after.mark(mend.finding.binding, BindingStanding::Adopted, owner(mend), mend.untilMs);
            break;
        case MendAct::Revoke:
        case MendAct::Narrow:
            retry(mend.finding.binding);
            revoke(mend);
            break;
        case MendAct::Ignore:
            m_after.mark(mend.finding.binding, BindingStanding::Ignored, {}, mend.untilMs);
            break;
        }
    }

    MendPlan plan(std::vector<Mend> mends) && {
        auto plan = std::move(m_after).plan(m_survey);
        plan.mends = std::move(mends);
        if (!m_wrong) {
            plan.allowed = m_wrong;
        }
        return plan;
    }

private:
    /// What nobody agreed to is taken away one at a time, under whatever kind it was found: each may be what somebody
    /// relies on, or a DENY that keeps somebody out.
    void checkSingle(const Mend& mend) {
        const auto& binding = mend.finding.binding;
        const bool isForeign = !m_survey.agreed.own.contains(binding) && !m_survey.agreed.wanted.contains(binding);
        if (mend.act != MendAct::Revoke || isMendedInBulk(mend.finding.kind) || !isForeign) {
            return;
        }
        m_foreign.insert(binding);
        if (m_foreign.size() > 1 && m_wrong) {
            m_wrong = fail(ErrorCode::InvalidArgument,
                           fmt::format("What nobody agreed to is taken away one at a time, looking at who stops and "
                                       "who gets in: first '{}', then '{}'.",
                                       describe(*m_foreign.begin()), describe(*m_foreign.rbegin())));
        }
    }

    const std::string& owner(const Mend& mend) {
        if (mend.team.empty() && m_wrong) {
            m_wrong = fail(ErrorCode::InvalidArgument,
                           fmt::format("Choose a team that owns '{}' from now on.", describe(mend.finding.binding)));
        }
        return mend.team;
    }

    /// What is left alone, because others change it back, is tried again when a person says so.
    void retry(const AclBinding& binding) {
        if (m_after.leftAlone.erase(binding) > 0) {
            m_after.said.emplace_back(RetryBinding{binding});
        }
    }

    void revoke(const Mend& mend) {
        const auto& binding = mend.finding.binding;
        if (const auto wanted = m_survey.agreed.wanted.find(binding); wanted != m_survey.agreed.wanted.end()) {
            for (const auto& grant : wanted->second.grants) {
                endWanting(binding, grant);
            }
        } else if (!m_survey.agreed.own.contains(binding)) {
            m_after.mark(binding, BindingStanding::Adopted, owner(mend), kNoEnd);
            m_after.mark(binding, BindingStanding::Retired, mend.team, kNoEnd);
        } // else it is ours and nobody wants it: the enforcer removes it
    }

    void endWanting(const AclBinding& binding, const std::string& id) {
        const auto grant = std::ranges::find(m_after.grants, id, &Grant::id);
        if (grant == m_after.grants.end()) {
            const auto* record = m_after.recordOf(binding);
            m_after.mark(binding, BindingStanding::Retired, record == nullptr ? std::string() : record->team, kNoEnd);
        } else if (!grant->revoked) {
            grant->revoked = true;
            m_after.said.emplace_back(RevokeGrant{id});
        }
    }

    const AccessSurvey& m_survey;
    LedgerAfter m_after;
    std::set<AclBinding> m_foreign; ///< that go and are nobody's
    Status m_wrong;                 ///< the first thing that is
};

} // namespace

bool isMendedByItself(DriftKind kind) {
    return kind == DriftKind::Missing || kind == DriftKind::EndedButPresent;
}

std::vector<MendAct> actsOn(const DriftFinding& finding, const AccessSurvey& survey) {
    std::vector<MendAct> acts;
    for (const auto fix : fixesOf(finding, survey.context)) {
        const bool ours = survey.agreed.own.contains(finding.binding); // what is ours isn't ignored
        const auto act = actOf(fix);
        if (act != MendAct::Ignore || (isConcrete(finding) && !ours)) {
            acts.push_back(act);
        }
    }
    // A person may take away what nobody agreed to, though it isn't the safe way.
    const bool isThere = isConcrete(finding) && survey.actual && survey.actual->contains(finding.binding);
    const bool has = std::ranges::any_of(
        acts, [](MendAct act) { return act == MendAct::Revoke || act == MendAct::Narrow || act == MendAct::Reapply; });
    if (isThere && !has && finding.kind != DriftKind::Flapping && !survey.agreed.wanted.contains(finding.binding)) {
        acts.insert(acts.begin() + std::min<std::ptrdiff_t>(1, std::ssize(acts)), MendAct::Revoke);
    }
    return acts;
}

Result<MendPlan> mendPlanOf(const AccessSurvey& survey, std::vector<Mend> mends) {
    if (!survey.actual) {
        return std::unexpected(survey.actual.error());
    }
    Planner planner(survey);
    for (const auto& mend : mends) {
        planner.add(mend);
    }
    return std::move(planner).plan(std::move(mends));
}

} // namespace meshbone::catalog
