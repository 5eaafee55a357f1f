// SPDX-License-Identifier: Apache-2.0
#include "access/covered_table.h"

#include "widgets/format.h"

namespace meshbone::ui {

namespace {
constexpr int kRowHeight = 28;
constexpr int kMostRows = 6;
enum At : int { Topic, Access, Owner, Data, Readers };
} // namespace

CoveredModel::CoveredModel(QObject* parent)
    : RowsModel({{QStringLiteral("topic"), tr("Topic"), 220},
                 {QStringLiteral("access"), tr("Becomes"), 80},
                 {QStringLiteral("owner"), tr("Owner"), 120},
                 {QStringLiteral("data"), tr("Data"), 110},
                 {QStringLiteral("readers"), tr("Read now by"), 160, false, true}},
                parent) {}

Cell CoveredModel::cell(int row, int column) const {
    const auto& one = at(row);
    const auto level = wordsOf(one.level);
    switch (column) {
    case Topic:
        return {cell::domainIcon(QStringLiteral("topic"), one.domain), cell::strong(one.topic)};
    case Access:
        return {cell::text(one.isWritten ? tr("writable") : tr("readable"))};
    case Owner:
        return {one.owner.isEmpty() ? cell::text(tr("nobody"), Token::Warn) : cell::text(one.owner)};
    case Data:
        return level.icon.isEmpty() ? Cell{cell::secondary(level.word)}
                                    : cell::state(level.tone, level.word, level.icon);
    default:
        return {
            cell::secondary(one.readers.isEmpty() ? tr("nobody was seen") : one.readers.join(QStringLiteral(", ")))};
    }
}

CoveredTable::CoveredTable(QWidget* parent)
    : TableView(parent)
    , m_model(new CoveredModel(this)) {
    setObjectName(QStringLiteral("coveredTable"));
    setAccessibleName(tr("Topics that are covered"));
    setEdgePadding(8);
    setModel(m_model);
    setRowHeight(kRowHeight);
    setHeightByRows(kMostRows);
    horizontalHeader()->setSectionsClickable(false);
}

void CoveredTable::setRows(std::vector<CoveredTopic> rows) {
    m_model->setRows(std::move(rows));
    updateGeometry();
}

} // namespace meshbone::ui
