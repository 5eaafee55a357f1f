// SPDX-License-Identifier: Apache-2.0
#include "access/as_of_model.h"

#include "access/access_words.h"
#include "widgets/format.h"

#include <limits>

namespace meshbone::ui {

namespace {
enum ColumnAt : int { Who, May, Topics, Until, State, Asked };
} // namespace

AsOfModel::AsOfModel(QObject* parent)
    : RowsModel({{QStringLiteral("principal"), tr("Principal"), 170, false, false},
                 {QStringLiteral("may"), tr("May"), 110, false, false},
                 {QStringLiteral("topics"), tr("Topics"), 240, false, true},
                 {QStringLiteral("until"), timeTitle(tr("Until")), 172, false, false},
                 {QStringLiteral("state"), tr("State"), 130, false, false},
                 {QStringLiteral("requester"), tr("Asked by"), 100, false, false}},
                parent) {}

void AsOfModel::setAccess(const catalog::AccessAsOf& access, bool ended) {
    m_timeMs = access.timeMs;
    std::vector<catalog::Grant> grants;
    for (const auto& grant : access.grants) {
        if (ended || grant.inForceAt(m_timeMs)) {
            grants.push_back(grant);
        }
    }
    setRows(std::move(grants));
}

Cell AsOfModel::cell(int row, int column) const {
    const auto& grant = at(row);
    switch (column) {
    case Who:
        return {cell::strong(shortPrincipal(grant.scope.principal))};
    case May:
        return {cell::text(mayText(grant.scope))};
    case Topics:
        return {cell::text(topicsText(grant.scope))};
    case Until:
        return {cell::mono(grant.untilMs == catalog::kNoEnd ? tr("no end") : formatTime(grant.untilMs))};
    case State: {
        const auto words = wordsOf(grant, m_timeMs);
        return {cell::chip(words.word, words.tone)};
    }
    case Asked:
        return {cell::secondary(text(grant.requester))};
    default:
        return {};
    }
}

QVariant AsOfModel::sortKey(int row, int column) const {
    const auto until = at(row).untilMs;
    return column == Until
               ? QVariant(until == catalog::kNoEnd ? std::numeric_limits<qint64>::max() : static_cast<qint64>(until))
               : QVariant(plain(row, column));
}

QString AsOfModel::copyText(int row, int column) const {
    switch (column) {
    case Who:
        return text(at(row).scope.principal);
    case Until:
        return at(row).untilMs == catalog::kNoEnd ? plain(row, column) : isoTime(at(row).untilMs);
    default:
        return plain(row, column);
    }
}

} // namespace meshbone::ui
