// SPDX-License-Identifier: Apache-2.0
#include "access/least_answer.h"

#include "access/access_words.h"
#include "access/plan_words.h"
#include "widgets/format.h"
#include "widgets/free_beside.h"

#include <catalog/access_homes.h>

#include <QCoreApplication>

namespace meshbone::ui {

namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("LeastPrivilege", text);
}

/// Whether it would stop somebody who was seen since the period began. What was used after a period that ends in the
/// past isn't in the answer.
bool stopsSomebodyLater(const LeastAnswer& answer, const catalog::AccessChange& change) {
    const auto span = answer.period.at(answer.look->survey.context.nowMs);
    constexpr auto kOpenEnd = catalog::EvidencePeriod().toMs;
    return span.toMs != kOpenEnd &&
           !tryChange(*answer.look, change, {std::nullopt, {span.fromMs, kOpenEnd}}).simulation.lost.empty();
}

Status stopsNobody(const LeastAnswer& answer, const catalog::AccessChange& change, const catalog::Simulation& seen) {
    if (!seen.lost.empty()) {
        return fail(ErrorCode::Conflict, tr("Somebody who was seen would be stopped by it.").toStdString());
    }
    if (stopsSomebodyLater(answer, change)) {
        return fail(ErrorCode::Conflict, tr("Somebody who was seen after the period would be stopped by it. Choose a "
                                            "period without an end.")
                                             .toStdString());
    }
    return {};
}

} // namespace

Result<LeastAnswerPtr> leastOf(const catalog::Catalog& catalog, DriftLookPtr look, const SeenPeriod& period) {
    if (!look->evidenceProblem.empty()) {
        return fail(ErrorCode::Unavailable, look->evidenceProblem);
    }
    if (!look->evidence.showsAllowed) {
        return fail(ErrorCode::Unavailable,
                    tr("Only refusals were seen, so no right can be told to be too many.").toStdString() +
                        (look->evidence.notes.empty() ? std::string() : ' ' + look->evidence.notes.front()));
    }
    const auto& survey = look->survey;
    const auto homes = catalog::topicHomes(catalog, survey);
    auto seen = seenWithin(*look, period);
    auto plan = catalog::leastPrivilege({survey.actual->table(), survey.agreed.own, survey.agreed.grants, seen.tuples,
                                         seen.coverage, homes, survey.context.nowMs});
    if (!plan) {
        return std::unexpected(plan.error());
    }
    auto answer = makeFreedBeside<LeastAnswer>(
        LeastAnswer{std::move(look), period, std::move(seen.notes), std::move(*plan), {}, std::nullopt});
    answer->instead.emplace(answer->plan);
    answer->cuts = catalog::cutsOf(answer->plan, survey.actual->table(), seen.tuples, homes, survey.context.nowMs);
    return LeastAnswerPtr(std::move(answer));
}

LeastCuts chosenCuts(const LeastAnswer& answer, const std::vector<bool>& left) {
    LeastCuts cuts;
    for (std::size_t i = 0; i < answer.cuts.size(); ++i) {
        if (!left[i]) {
            cuts.insert(cuts.end(), answer.cuts[i].binding); // they are sorted
        }
    }
    return cuts;
}

Result<LeastPlanned> leastPlanned(const catalog::Catalog& catalog, const LeastAnswer& answer, const LeastCuts& chosen) {
    const auto& look = *answer.look;
    auto mends = catalog::leastMendsOf(look.survey, catalog.accessRequests(), catalog::withCuts(answer.plan, chosen));
    if (!mends) {
        return std::unexpected(mends.error());
    }
    LeastPlanned planned;
    const auto change = mends->plan.change();
    planned.effect = tryChange(look, change, answer.period);
    planned.effect.plan = std::move(mends->plan);
    planned.mends = std::move(*mends);
    if (planned.effect.plan.allowed) {
        planned.effect.plan.allowed = stopsNobody(answer, change, planned.effect.simulation);
    }
    planned.effect.shown = planShown(planned.effect.plan, look);
    return planned;
}

PlanAgain leastAgain(const catalog::Catalog& catalog, LeastAnswerPtr answer, LeastCutsPtr chosen, bool byLog) {
    return [&catalog, answer = std::move(answer), chosen = std::move(chosen),
            byLog](const DriftLookPtr& now) -> Result<catalog::MendPlan> {
        const auto newer = leastOf(catalog, byLog ? withEvidence(*now, answer->look->evidence) : now, answer->period);
        if (!newer) {
            return std::unexpected(newer.error());
        }
        auto planned = leastPlanned(catalog, **newer, *chosen);
        return planned ? Result<catalog::MendPlan>(std::move(planned->effect.plan)) : std::unexpected(planned.error());
    };
}

Result<catalog::LeastFile> leastFile(const catalog::Catalog& catalog, const LeastAnswer& answer,
                                     const LeastCuts& chosen) {
    auto whole = catalog::accessFileOf(catalog, {}, nowMs());
    if (!whole) {
        return std::unexpected(whole.error());
    }
    const auto plan = catalog::withCuts(answer.plan, chosen);
    auto file = catalog::leastFileOf(std::move(*whole), plan);
    if (stopsSomebodyLater(answer, {plan.remove, plan.create, {}})) {
        file.notes.push_back(tr("Somebody who was seen after the period would be stopped by it.").toStdString());
    }
    return file;
}

} // namespace meshbone::ui
