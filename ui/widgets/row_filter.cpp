// SPDX-License-Identifier: Apache-2.0
#include "widgets/row_filter.h"

#include "widgets/table_model.h"

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

void RowFilter::setSourceModel(QAbstractItemModel* source) {
    m_table = qobject_cast<const TableModel*>(source);
    QSortFilterProxyModel::setSourceModel(source);
}

bool RowFilter::filterAcceptsRow(int row, const QModelIndex& parent) const {
    if (m_condition && !m_condition(row)) {
        return false;
    }
    auto missing = m_words;
    const int columns = missing.isEmpty() ? 0 : sourceModel()->columnCount(parent);
    for (int column = 0; column < columns && !missing.isEmpty(); ++column) {
        const auto text = m_table != nullptr
                              ? m_table->plain(row, column)
                              : sourceModel()->index(row, column, parent).data(Qt::DisplayRole).toString();
        missing.removeIf([&](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
    }
    return missing.isEmpty();
}

bool RowFilter::lessThan(const QModelIndex& left, const QModelIndex& right) const {
    const auto key = [this](const QModelIndex& index) {
        return m_table != nullptr ? m_table->sortKey(index.row(), index.column()) : index.data(SortRole);
    };
    const auto a = key(left);
    const auto b = key(right);
    if (a.isValid() != b.isValid()) {
        return b.isValid(); // what isn't known comes first
    }
    if (a.typeId() == QMetaType::QString && b.typeId() == QMetaType::QString) {
        return a.toString().compare(b.toString(), sortCaseSensitivity()) < 0;
    }
    const auto order = QVariant::compare(a, b);
    return order == QPartialOrdering::Less;
}

} // namespace meshbone::ui
