// SPDX-License-Identifier: Apache-2.0
#include "widgets/row_filter.h"

#include "widgets/table_model.h"

#include <algorithm>

namespace meshbone::ui {

RowFilter::RowFilter(QObject* parent)
    : QSortFilterProxyModel(parent) {
    setSortRole(SortRole);
    setSortCaseSensitivity(Qt::CaseInsensitive);
}

void RowFilter::setText(const QString& text) {
    m_text = text;
    m_words = text.split(u' ', Qt::SkipEmptyParts);
    invalidateFilter();
}

void RowFilter::setCondition(std::function<bool(int)> condition) {
    m_condition = std::move(condition);
    invalidateFilter();
}

bool RowFilter::filterAcceptsRow(int row, const QModelIndex& parent) const {
    if (m_condition && !m_condition(row)) {
        return false;
    }
    const auto* source = sourceModel();
    return std::ranges::all_of(m_words, [&](const QString& word) {
        for (int column = 0; column < source->columnCount(parent); ++column) {
            const auto index = source->index(row, column, parent);
            if (index.data(Qt::DisplayRole).toString().contains(word, Qt::CaseInsensitive)) {
                return true;
            }
        }
        return false;
    });
}

bool RowFilter::lessThan(const QModelIndex& left, const QModelIndex& right) const {
    const auto a = left.data(SortRole);
    const auto b = right.data(SortRole);
    if (a.isValid() != b.isValid()) {
        return b.isValid(); // what isn't known comes first
    }
    return QSortFilterProxyModel::lessThan(left, right);
}

} // namespace meshbone::ui
