// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/cell.h"

#include <QAbstractTableModel>
#include <QHash>

#include <algorithm>
#include <iterator>
#include <optional>
#include <unordered_map>
#include <vector>

namespace meshbone::ui {

struct Column {
    QString id; ///< names it in exports and saved layouts; never translated
    QString title;
    int width = 120; ///< px at 100 %
    bool alignRight = false;
    bool stretch = false; ///< takes what is left; one a table
};

enum TableRole : int {
    CellRole = Qt::UserRole + 1, ///< Cell
    SortRole,                    ///< comparable value
    CopyRole,                    ///< exact text: ISO 8601 times, plain numbers
    ColumnRole,                  ///< header: column id
    WidthRole,                   ///< header: px
    StretchRole,                 ///< header: bool
};

/// Base of all table models: columns described once, cells as parts. Subclasses hold the rows.
class TableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    explicit TableModel(QList<Column> columns, QObject* parent = nullptr);

    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] const QList<Column>& columns() const { return m_columns; }
    void setColumnTitle(int column, const QString& title);
    [[nodiscard]] int columnOf(const QString& id) const; ///< -1: none
    /// Why a column can tell nothing, as the tool tip of its header and cells; empty: it can.
    void setColumnReason(int column, const QString& reason);
    [[nodiscard]] QString columnReason(int column) const { return m_reasons.value(column); }

    [[nodiscard]] virtual Cell cell(int row, int column) const = 0;
    /// What is filtered by and read aloud. Default: the text of the cell; override where building a cell is dear.
    [[nodiscard]] virtual QString plain(int row, int column) const { return plainText(cell(row, column)); }
    [[nodiscard]] virtual QVariant sortKey(int row, int column) const { return plain(row, column); }
    [[nodiscard]] virtual QString copyText(int row, int column) const { return plain(row, column); }

private:
    QList<Column> m_columns;
    QHash<int, QString> m_reasons;
};

/// A table whose rows are values with a unique text key. setRows() changes only what differs, so that selection, scroll
/// position and the persistent indexes of proxies stay.
template <class Row>
class RowsModel : public TableModel {
public:
    using TableModel::TableModel;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
    }
    [[nodiscard]] const Row& at(int row) const { return m_rows.at(static_cast<std::size_t>(row)); }
    [[nodiscard]] const std::vector<Row>& rows() const { return m_rows; }
    [[nodiscard]] virtual QString key(const Row& row) const = 0;
    [[nodiscard]] int rowOf(const QString& wanted) const {
        const auto found = std::ranges::find_if(m_rows, [&](const Row& row) { return key(row) == wanted; });
        return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
    }

    void setRows(std::vector<Row> rows) {
        if (sameKeys(rows)) {
            m_rows = std::move(rows);
            if (!m_rows.empty()) {
                emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
            }
            return;
        }
        if (changesAreFew(rows)) {
            mergeRows(std::move(rows));
            return;
        }
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
    }

    /// Adds rows at the end, for lists that are loaded as they are scrolled.
    void appendRows(std::vector<Row> rows) {
        if (rows.empty()) {
            return;
        }
        beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(rows.size()) - 1);
        std::ranges::move(rows, std::back_inserter(m_rows));
        endInsertRows();
    }

private:
    [[nodiscard]] bool sameKeys(const std::vector<Row>& rows) const {
        return rows.size() == m_rows.size() &&
               std::ranges::equal(rows, m_rows, [this](const Row& a, const Row& b) { return key(a) == key(b); });
    }
    [[nodiscard]] bool changesAreFew(const std::vector<Row>& rows) const {
        constexpr std::size_t kMergeLimit = 2000; // above, single insertions cost more than a reset
        return !m_rows.empty() && rows.size() < kMergeLimit && m_rows.size() < kMergeLimit;
    }
    void mergeRows(std::vector<Row> rows) {
        std::unordered_map<QString, std::size_t> wanted;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            wanted.emplace(key(rows[i]), i);
        }
        for (int row = rowCount() - 1; row >= 0; --row) {
            if (!wanted.contains(key(at(row)))) {
                beginRemoveRows({}, row, row);
                m_rows.erase(m_rows.begin() + row);
                endRemoveRows();
            }
        }
        for (std::size_t i = 0; i < rows.size(); ++i) {
            placeRow(static_cast<int>(i), std::move(rows[i]));
        }
        if (!m_rows.empty()) {
            emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        }
    }
    void placeRow(int at, Row row) {
        const auto position = static_cast<std::size_t>(at);
        const auto wanted = key(row);
        if (position < m_rows.size() && key(m_rows[position]) == wanted) {
            m_rows[position] = std::move(row);
            return;
        }
        const auto found =
            std::find_if(m_rows.begin() + at, m_rows.end(), [&](const Row& r) { return key(r) == wanted; });
        if (found == m_rows.end()) {
            beginInsertRows({}, at, at);
            m_rows.insert(m_rows.begin() + at, std::move(row));
            endInsertRows();
            return;
        }
        const auto from = static_cast<int>(found - m_rows.begin());
        beginMoveRows({}, from, from, {}, at);
        std::rotate(m_rows.begin() + at, m_rows.begin() + from, m_rows.begin() + from + 1);
        m_rows[position] = std::move(row);
        endMoveRows();
    }

    std::vector<Row> m_rows;
};

} // namespace meshbone::ui
