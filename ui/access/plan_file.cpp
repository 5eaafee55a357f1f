// SPDX-License-Identifier: Apache-2.0
#include "access/plan_file.h"

#include "access/drift_words.h"
#include "widgets/format.h"

#include <catalog/access_names.h>
#include <catalog/access_presets.h>

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <array>

namespace meshbone::ui {

namespace {

QString named(std::string_view name) {
    return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

QJsonObject objectOf(const backbone::AclBinding& binding) {
    return {{QStringLiteral("resourceType"), named(name(binding.resourceKind))},
            {QStringLiteral("patternType"), named(name(binding.pattern))},
            {QStringLiteral("resource"), text(binding.resource)},
            {QStringLiteral("principal"), text(binding.principal)},
            {QStringLiteral("host"), text(binding.host)},
            {QStringLiteral("operation"), named(name(binding.operation))},
            {QStringLiteral("permission"), named(name(binding.permission))}};
}

QJsonArray arrayOf(const std::vector<backbone::AclBinding>& bindings) {
    QJsonArray array;
    for (const auto& binding : bindings) {
        array.append(objectOf(binding));
    }
    return array;
}

QJsonValue timeOf(TimestampMs timeMs) {
    return timeMs == catalog::kNoEnd ? QJsonValue() : QJsonValue(isoTime(timeMs));
}

QString actName(catalog::MendAct act) {
    constexpr std::array kNames{"reapply", "adopt", "revoke", "narrow", "ignore"};
    return QLatin1String(kNames.at(static_cast<std::size_t>(act)));
}

QJsonObject objectOf(const catalog::Mend& mend) {
    return {{QStringLiteral("finding"), named(catalog::driftName(mend.finding.kind))},
            {QStringLiteral("binding"), objectOf(mend.finding.binding)},
            {QStringLiteral("act"), actName(mend.act)},
            {QStringLiteral("team"), text(mend.team)},
            {QStringLiteral("until"), timeOf(mend.untilMs)}};
}

QJsonObject objectOf(const catalog::Command& command) {
    if (const auto* mark = std::get_if<catalog::MarkBinding>(&command)) {
        return {{QStringLiteral("act"), QStringLiteral("access.mark")},
                {QStringLiteral("standing"), named(catalog::nameOf(mark->standing))},
                {QStringLiteral("team"), text(mark->team)},
                {QStringLiteral("until"), timeOf(mark->untilMs)},
                {QStringLiteral("binding"), objectOf(mark->binding)}};
    }
    if (const auto* retry = std::get_if<catalog::RetryBinding>(&command)) {
        return {{QStringLiteral("act"), QStringLiteral("access.retry")},
                {QStringLiteral("binding"), objectOf(retry->binding)}};
    }
    if (const auto* ask = std::get_if<catalog::SubmitRequest>(&command)) {
        return {{QStringLiteral("act"), QStringLiteral("request.submit")},
                {QStringLiteral("grant"), text(ask->id)},
                {QStringLiteral("until"), timeOf(ask->untilMs)},
                {QStringLiteral("bindings"), arrayOf(catalog::bindingsOf(ask->scope))}};
    }
    if (const auto* again = std::get_if<catalog::ReopenRequest>(&command)) {
        return {{QStringLiteral("act"), QStringLiteral("request.reopen")}, {QStringLiteral("grant"), text(again->id)}};
    }
    const auto* revoke = std::get_if<catalog::RevokeGrant>(&command);
    return {{QStringLiteral("act"), QStringLiteral("grant.revoke")},
            {QStringLiteral("grant"), revoke == nullptr ? QString() : text(revoke->id)}};
}

/// What a plan is, without when it was made.
QJsonObject objectOf(const catalog::MendPlan& plan) {
    QJsonArray mends, commands;
    for (const auto& mend : plan.mends) {
        mends.append(objectOf(mend));
    }
    for (const auto& command : plan.commands) {
        commands.append(objectOf(command));
    }
    return {{QStringLiteral("decisions"), mends},
            {QStringLiteral("ledger"), commands},
            {QStringLiteral("create"), arrayOf(plan.cluster.create)},
            {QStringLiteral("remove"), arrayOf(plan.cluster.remove)}};
}

QJsonArray arrayOf(const std::vector<catalog::SimulatedEffect>& effects) {
    QJsonArray array;
    for (const auto& one : effects) {
        array.append(QJsonObject{{QStringLiteral("principal"), text(one.principal)},
                                 {QStringLiteral("clientId"), text(one.clientId)},
                                 {QStringLiteral("operation"), named(name(one.operation))},
                                 {QStringLiteral("resourceType"), named(name(one.resourceKind))},
                                 {QStringLiteral("resource"), text(one.resource)},
                                 {QStringLiteral("requests"), static_cast<qint64>(one.count)},
                                 {QStringLiteral("atLeast"), static_cast<qint64>(one.count - one.unsure)},
                                 {QStringLiteral("evidence"), gradeWords(one.grade)},
                                 {QStringLiteral("before"), text(one.before)},
                                 {QStringLiteral("after"), text(one.after)}});
    }
    return array;
}

QJsonObject objectOf(const catalog::EvidenceCoverage& coverage) {
    QJsonArray observers, gaps;
    for (const auto& one : coverage.observers) {
        observers.append(text(one));
    }
    for (const auto& [from, to] : coverage.gaps) {
        gaps.append(QJsonArray{isoTime(from), isoTime(to)});
    }
    return {{QStringLiteral("from"), timeOf(coverage.fromMs)},
            {QStringLiteral("to"), timeOf(coverage.toMs)},
            {QStringLiteral("observers"), observers},
            {QStringLiteral("gaps"), gaps}};
}

} // namespace

QString planHash(const catalog::MendPlan& plan) {
    const auto bytes = QJsonDocument(objectOf(plan)).toJson(QJsonDocument::Compact);
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

QByteArray planJson(const PlanEffect& effect, const DriftLook& look) {
    auto root = objectOf(effect.plan);
    root.insert(QStringLiteral("format"), QStringLiteral("meshbone.access-plan/1"));
    root.insert(QStringLiteral("sha256"), planHash(effect.plan));
    root.insert(QStringLiteral("comparedAt"), isoTime(look.survey.actual->readMs()));
    root.insert(QStringLiteral("refused"), effect.plan.allowed ? QString() : text(effect.plan.allowed.error().message));
    root.insert(QStringLiteral("simulation"),
                QJsonObject{{QStringLiteral("evidence"), gradeWords(look.evidence.grade)},
                            {QStringLiteral("coverage"), objectOf(effect.simulation.coverage)},
                            {QStringLiteral("requests"), static_cast<qint64>(effect.requests)},
                            {QStringLiteral("lost"), arrayOf(effect.simulation.lost)},
                            {QStringLiteral("gained"), arrayOf(effect.simulation.gained)},
                            {QStringLiteral("perhaps"), arrayOf(effect.simulation.perhaps)},
                            {QStringLiteral("unseen"), arrayOf(effect.simulation.unseen)}});
    return QJsonDocument(root).toJson();
}

} // namespace meshbone::ui
