// SPDX-License-Identifier: Apache-2.0
#include "overview/recent_model.h"

#include "shell/ledger_words.h"
#include "widgets/format.h"

namespace meshbone::ui {

namespace {
enum ColumnAt : int { Time, What, By };
}

RecentModel::RecentModel(QObject* parent)
    : RowsModel({{QStringLiteral("time"), tr("Time"), 92, false, false},
                 {QStringLiteral("act"), tr("Act"), 200, false, true},
                 {QStringLiteral("by"), tr("By"), 104, false, false}},
                parent) {}

Cell RecentModel::cell(int row, int column) const {
    const auto& entry = at(row);
    switch (column) {
    case Time:
        return {cell::mono(formatClockMs(entry.timeMs))};
    case What:
        return {entry.accepted ? cell::icon(actIcon(entry.act)) : cell::icon(QStringLiteral("warning"), Token::Warn),
                cell::text(actSentence(entry, m_catalog == nullptr ? nullptr : &m_catalog->access))};
    case By:
        return {cell::secondary(text(entry.author))};
    default:
        return {};
    }
}

QVariant RecentModel::sortKey(int row, int column) const {
    return column == Time ? QVariant(static_cast<qint64>(at(row).number)) : QVariant(plain(row, column));
}

} // namespace meshbone::ui
