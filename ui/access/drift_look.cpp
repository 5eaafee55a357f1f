// SPDX-License-Identifier: Apache-2.0
#include "access/drift_look.h"

#include "access/access_words.h"
#include "access/plan_words.h"
#include "widgets/free_beside.h"

#include <backbone/backbone.h>

#include <QElapsedTimer>

#include <algorithm>

namespace meshbone::ui {

namespace {

constexpr std::chrono::seconds kCallTimeout{15};
constexpr std::int16_t kProduce = 0, kFetch = 1; // Kafka's API keys

catalog::SurveyOptions surveyOptions(const Services& services, OrphanedSince before) {
    catalog::SurveyOptions options;
    options.guard = catalog::guardOf(services.backbone.profile());
    options.knowsEveryPrincipal = services.embedded;
    if (services.embedded) {
        options.rules.superUsers.insert(options.guard.actor); // the desktop's own user, as the broker was started
    }
    options.orphanedSinceMs = std::move(before);
    options.nowMs = nowMs();
    return options;
}

void readEvidence(const Services& services, const std::shared_ptr<DriftLook>& look, const JobContext& job) {
    if (services.lineage == nullptr) {
        look->evidenceProblem = services.lineageProblem;
        return;
    }
    lineage::AccessEvidenceQuery query;
    query.toMs = catalog::EvidencePeriod().toMs; // what has been seen since the survey isn't to be cut off
    query.acls = std::shared_ptr<const backbone::AclTable>(look, &look->survey.actual->table());
    auto evidence = services.lineage->accessEvidence(query, job.call(kCallTimeout));
    if (evidence) {
        look->evidence = std::move(*evidence);
    } else {
        look->evidenceProblem = evidence.error().message;
    }
}

/// Topics that were written or read once, and principals that did something, and aren't there any more, whoever deleted
/// them.
void noteSeenOnce(DriftLook& look) {
    auto& context = look.survey.context;
    const auto& there = context.topics;
    for (const auto& tuple : look.evidence.tuples) {
        if (context.principals && !context.principals->contains(tuple.principal)) {
            context.removedPrincipals.insert(tuple.principal);
        }
        const bool isData = tuple.apiKey == kProduce || tuple.apiKey == kFetch;
        if (there && isData && tuple.granted && tuple.resourceKind == backbone::ResourceKind::Topic &&
            !there->contains(tuple.resource)) {
            context.deletedTopics.insert(tuple.resource);
        }
    }
}

std::size_t ignoredOf(const catalog::AccessSurvey& survey) {
    const auto& ignored = survey.agreed.ignoredUntilMs;
    return static_cast<std::size_t>(std::ranges::count_if(ignored, [&](const auto& one) {
        return one.second > survey.context.nowMs && survey.actual->contains(one.first);
    }));
}

} // namespace

Result<DriftLookPtr> lookForDrift(const Services& services, OrphanedSince before, const JobContext& job) {
    if (services.catalog == nullptr) {
        return fail(ErrorCode::Unavailable, services.catalogProblem);
    }
    QElapsedTimer clock;
    clock.start();
    auto& backbone = services.backbone;
    auto survey = catalog::surveyAccess(*services.catalog, backbone.access(), backbone.admin(),
                                        surveyOptions(services, std::move(before)), job.call(kCallTimeout));
    if (!survey.actual) {
        return std::unexpected(survey.actual.error());
    }
    auto look = makeFreedBeside<DriftLook>(DriftLook{std::move(survey), {}, {}, {}, {}, 0, 0});
    readEvidence(services, look, job);
    noteSeenOnce(*look);
    auto findings = catalog::driftOf(look->survey);
    if (!findings) {
        return std::unexpected(findings.error());
    }
    look->findings = std::move(*findings);
    std::vector<backbone::AclBinding> bindings;
    for (const auto& finding : look->findings) {
        bindings.push_back(finding.binding);
    }
    look->uses = catalog::usesOf(bindings, look->evidence.tuples);
    look->ignored = ignoredOf(look->survey);
    look->tookMs = std::max<qint64>(1, clock.elapsed());
    return DriftLookPtr(std::move(look));
}

DriftLookPtr withEvidence(const DriftLook& look, lineage::AccessEvidence evidence) {
    auto other = makeFreedBeside<DriftLook>(look);
    other->evidence = std::move(evidence);
    other->evidenceProblem.clear();
    return other;
}

OrphanedSince orphanedSince(const DriftLook& look) {
    const auto& context = look.survey.context;
    return catalog::historyAfter(context.history, look.findings, {}, *look.survey.actual, context.nowMs)
        .orphanedSinceMs;
}

SeenWithin seenWithin(const DriftLook& look, const SeenPeriod& period) {
    const auto span = period.at(look.survey.context.nowMs);
    auto evidence = catalog::evidenceWithin(look.evidence.tuples, span);
    SeenWithin seen;
    for (const auto& tuple : evidence.tuples) {
        seen.requests += tuple.internal ? 0 : tuple.count;
    }
    seen.tuples = std::move(evidence.tuples);
    seen.coverage = catalog::coverageWithin(look.evidence.coverage, span);
    seen.notes = catalog::doubtNotes(evidence.doubt);
    return seen;
}

PlanEffect tryChange(const DriftLook& look, const catalog::AccessChange& change, const SeenPeriod& period) {
    auto seen = seenWithin(look, period);
    PlanEffect effect;
    effect.requests = seen.requests;
    effect.notes = std::move(seen.notes);
    effect.simulation = catalog::simulate(look.survey.actual->table(), change, seen.tuples, std::move(seen.coverage),
                                          look.survey.context.nowMs);
    return effect;
}

Result<PlanEffect> tryPlan(const DriftLook& look, std::vector<catalog::Mend> mends, const SeenPeriod& period) {
    auto plan = catalog::mendPlanOf(look.survey, std::move(mends));
    if (!plan) {
        return std::unexpected(plan.error());
    }
    auto effect = tryChange(look, plan->change(), period);
    effect.plan = std::move(*plan);
    effect.shown = planShown(effect.plan, look);
    return effect;
}

} // namespace meshbone::ui
