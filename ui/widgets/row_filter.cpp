// SPDX-License-Identifier: Apache-2.0
#include "widgets/row_filter.h"

#include "widgets/table_model.h"

#include <utility>

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
    for (const auto& connection : std::exchange(m_connections, {})) {
        disconnect(connection);
    }
    forgetKeys();
    if (source != nullptr) {
        // Connected before the base class connects itself, so that it never sorts by what was.
        m_connections = {connect(source, &QAbstractItemModel::dataChanged, this, &RowFilter::forgetKeys),
                         connect(source, &QAbstractItemModel::rowsInserted, this, &RowFilter::forgetKeys),
                         connect(source, &QAbstractItemModel::rowsRemoved, this, &RowFilter::forgetKeys),
                         connect(source, &QAbstractItemModel::rowsMoved, this, &RowFilter::forgetKeys),
                         connect(source, &QAbstractItemModel::modelReset, this, &RowFilter::forgetKeys),
                         connect(source, &QAbstractItemModel::layoutChanged, this, &RowFilter::forgetKeys)};
    }
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

void RowFilter::forgetKeys() {
    for (const auto row : m_kept) {
        m_keys[static_cast<std::size_t>(row)] = {};
    }
    m_kept.clear();
    m_keysOf = -1;
}

RowFilter::SortKey RowFilter::makeSortKey(const QModelIndex& index) const {
    SortKey key;
    key.isKept = true;
    key.value = m_table != nullptr ? m_table->sortKey(index.row(), index.column()) : index.data(SortRole);
    switch (key.value.typeId()) {
    case QMetaType::QString:
        key.kind = SortKey::Kind::Text;
        key.folded =
            sortCaseSensitivity() == Qt::CaseSensitive ? key.value.toString() : key.value.toString().toCaseFolded();
        break;
    case QMetaType::Int:
    case QMetaType::LongLong:
        key.kind = SortKey::Kind::Number;
        key.number = key.value.toLongLong();
        break;
    default:
        break;
    }
    return key;
}

const RowFilter::SortKey& RowFilter::sortKeyOf(const QModelIndex& index) const {
    if (m_keysOf != index.column()) {
        const_cast<RowFilter*>(this)->forgetKeys();
        m_keysOf = index.column();
    }
    auto& key = m_keys[static_cast<std::size_t>(index.row())];
    if (!key.isKept) {
        key = makeSortKey(index);
        m_kept.push_back(index.row());
    }
    return key;
}

bool RowFilter::lessThan(const QModelIndex& left, const QModelIndex& right) const {
    if (const auto rows = static_cast<std::size_t>(sourceModel()->rowCount()); m_keys.size() < rows) {
        m_keys.resize(rows); // before the first reference into it
    }
    const auto& a = sortKeyOf(left);
    const auto& b = sortKeyOf(right);
    if (a.value.isValid() != b.value.isValid()) {
        return b.value.isValid(); // what isn't known comes first
    }
    if (a.kind == b.kind && a.kind != SortKey::Kind::Other) {
        return a.kind == SortKey::Kind::Number ? a.number < b.number : a.folded < b.folded;
    }
    return QVariant::compare(a.value, b.value) == QPartialOrdering::Less;
}

} // namespace meshbone::ui
