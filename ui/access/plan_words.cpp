// SPDX-License-Identifier: Apache-2.0
#include "access/plan_words.h"

#include "access/access_words.h"
#include "access/drift_words.h"
#include "access/plan_file.h"
#include "widgets/format.h"
#include "widgets/free_beside.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>
#include <set>

namespace meshbone::ui {

namespace {

using Line = PlanLines::Line;

QString tr(const char* text) {
    return QCoreApplication::translate("Plan", text);
}

using KindOf = std::map<backbone::AclBinding, catalog::DriftKind>;
KindOf kindsOf(const DriftLook& look) {
    KindOf kinds;
    for (const auto& finding : look.findings) { // sorted by kind: the first says most
        kinds.emplace(finding.binding, finding.kind);
        if (finding.kind == catalog::DriftKind::Changed && finding.other) {
            kinds.emplace(*finding.other, catalog::DriftKind::Missing);
        }
    }
    return kinds;
}

void addLines(std::vector<Line>& lines, Line::Sign sign, const std::vector<backbone::AclBinding>& bindings,
              const KindOf& kinds) {
    for (const auto& binding : bindings) {
        const auto kind = kinds.find(binding);
        lines.push_back({sign, shortPrincipal(binding.principal), bindingWords(binding),
                         kind == kinds.end() ? QString() : driftTitle(kind->second).toLower()});
    }
}

QString untilWords(const QString& what, TimestampMs untilMs) {
    return untilMs == catalog::kNoEnd ? what : tr("%1 until %2").arg(what, formatDay(untilMs));
}

/// What was adopted only to be retired isn't told as adopted.
std::set<backbone::AclBinding> retiredBy(const catalog::MendPlan& plan) {
    std::set<backbone::AclBinding> retired;
    for (const auto& command : plan.commands) {
        const auto* mark = std::get_if<catalog::MarkBinding>(&command);
        if (mark != nullptr && mark->standing == catalog::BindingStanding::Retired) {
            retired.insert(mark->binding);
        }
    }
    return retired;
}

std::vector<Line> clusterLines(const catalog::MendPlan& plan, const DriftLook& look) {
    const auto kinds = kindsOf(look);
    std::vector<Line> lines;
    addLines(lines, Line::Sign::Added, plan.cluster.create, kinds);
    addLines(lines, Line::Sign::Removed, plan.cluster.remove, kinds);
    return lines;
}

std::vector<Line> catalogLines(const catalog::MendPlan& plan) {
    const auto retired = retiredBy(plan);
    std::vector<Line> lines;
    for (const auto& command : plan.commands) {
        if (const auto* revoke = std::get_if<catalog::RevokeGrant>(&command)) {
            lines.push_back({Line::Sign::Removed, tr("grant %1").arg(text(revoke->id)), {}, tr("revoked")});
        }
        if (const auto* ask = std::get_if<catalog::SubmitRequest>(&command)) {
            lines.push_back({Line::Sign::Added, tr("grant %1").arg(text(ask->id)), scopeTitle(ask->scope),
                             untilWords(tr("asked for"), ask->untilMs)});
        }
        if (const auto* again = std::get_if<catalog::ReopenRequest>(&command)) {
            lines.push_back({Line::Sign::Added, tr("grant %1").arg(text(again->id)), {}, tr("asked for again")});
        }
        if (const auto* retry = std::get_if<catalog::RetryBinding>(&command)) {
            lines.push_back({Line::Sign::Kept, shortPrincipal(retry->binding.principal), bindingWords(retry->binding),
                             tr("tried again")});
        }
        const auto* mark = std::get_if<catalog::MarkBinding>(&command);
        if (mark == nullptr || retired.contains(mark->binding)) {
            continue;
        }
        const bool adopted = mark->standing == catalog::BindingStanding::Adopted;
        lines.push_back(
            {Line::Sign::Added, shortPrincipal(mark->binding.principal), bindingWords(mark->binding),
             untilWords(adopted ? tr("adopted by %1").arg(text(mark->team)) : tr("ignored"), mark->untilMs)});
    }
    for (const auto& mend : plan.mends) {
        if (mend.act == catalog::MendAct::Narrow && mend.finding.other) {
            lines.push_back({Line::Sign::Kept, shortPrincipal(mend.finding.other->principal),
                             bindingWords(*mend.finding.other), tr("keeps its grant")});
        }
    }
    return lines;
}

} // namespace

PlanShown planShown(const catalog::MendPlan& plan, const DriftLook& look) {
    PlanShown shown;
    shown.onCluster = makeFreedBeside<const std::vector<Line>>(clusterLines(plan, look));
    shown.inCatalog = makeFreedBeside<const std::vector<Line>>(catalogLines(plan));
    shown.changes = shown.onCluster->size() +
                    static_cast<std::size_t>(std::ranges::count_if(
                        *shown.inCatalog, [](const Line& line) { return line.sign != Line::Sign::Kept; }));
    shown.hash = planHash(plan);
    return shown;
}

QString signedCounts(const catalog::AclPlan& plan) {
    return QStringLiteral("+%1 −%2").arg(formatCount(static_cast<qint64>(plan.create.size())),
                                         formatCount(static_cast<qint64>(plan.remove.size())));
}

} // namespace meshbone::ui
