// SPDX-License-Identifier: Apache-2.0
#include "access/drift_choices.h"

#include "widgets/format.h"

#include <algorithm>

namespace meshbone::ui {

QString findingKey(const catalog::DriftFinding& finding) {
    const auto& binding = finding.binding;
    return QStringLiteral("%1 %2 %3")
        .arg(QString::fromUtf8(catalog::driftName(finding.kind).data()),
             QString::fromUtf8(name(binding.pattern).data()), text(describe(binding)));
}

void DriftChoices::choose(const catalog::DriftFinding& finding, const DriftChoice& choice) {
    m_chosen.insert(findingKey(finding), choice);
}

void DriftChoices::leave(const catalog::DriftFinding& finding) {
    m_chosen.remove(findingKey(finding));
}

const DriftChoice* DriftChoices::of(const catalog::DriftFinding& finding) const {
    const auto found = m_chosen.constFind(findingKey(finding));
    return found == m_chosen.constEnd() ? nullptr : &*found;
}

bool DriftChoices::isInPlan(const catalog::DriftFinding& finding) const {
    return catalog::isMendedByItself(finding.kind) || of(finding) != nullptr;
}

std::size_t DriftChoices::count(const DriftLook& look) const {
    return static_cast<std::size_t>(
        std::ranges::count_if(look.findings, [this](const auto& finding) { return isInPlan(finding); }));
}

void DriftChoices::keepOnly(const DriftLook& look) {
    QHash<QString, DriftChoice> kept;
    for (const auto& finding : look.findings) {
        if (const auto* choice = of(finding)) {
            kept.insert(findingKey(finding), *choice);
        }
    }
    m_chosen = std::move(kept);
}

std::vector<catalog::Mend> DriftChoices::mends(const DriftLook& look) const {
    std::vector<catalog::Mend> mends;
    for (const auto& finding : look.findings) {
        if (const auto* choice = of(finding)) {
            mends.push_back({finding, choice->act, choice->team, choice->untilMs});
        }
    }
    return mends;
}

} // namespace meshbone::ui
