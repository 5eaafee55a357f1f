// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/cell.h"
#include "widgets/free_beside.h"

#include <QAbstractTableModel>
#include <QHash>

#include <algorithm>
#include <iterator>
#include <optional>
#include <unordered_set>
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
    GroundRole,                  ///< Token under the row; none: the table's own
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

protected:
    /// A size as text: empty while it isn't known yet, "not told" in a column that has a reason why it never will be.
    [[nodiscard]] QString sizeText(int column, const std::optional<std::int64_t>& bytes) const;
    /// The same as a cell.
    [[nodiscard]] Cell sizeCell(int column, const std::optional<std::int64_t>& bytes) const;

private:
    QList<Column> m_columns;
    QHash<int, QString> m_reasons;
};

struct ColumnSpan {
    int first = 0, last = 0;
};

/// Gathers which cells have changed, from the top down, to tell it in few signals.
class ChangedCells {
public:
    void add(int row, const ColumnSpan& columns);
    /// Emits the model's dataChanged for what was added: for each run of rows, or for all of them at once when they are
    /// many.
    void tell(QAbstractItemModel& model) const;

private:
    struct Run {
        int first = 0, last = 0;
    };
    std::vector<Run> m_runs;
    ColumnSpan m_columns;
};

/// A table whose rows are values with a unique text key. setRows() changes only what differs, so that selection, scroll
/// position and the persistent indexes of proxies stay.
template <class Row>
class RowsModel : public TableModel {
public:
    using TableModel::TableModel;
    ~RowsModel() override { freeRowsBeside(std::move(m_rows)); }

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

    /// Returns whether it was reset, where too many differ: then every proxy has looked at all rows anew.
    bool setRows(std::vector<Row> rows) {
        if (areTheSame(rows)) {
            replaceRows(std::move(rows));
            return false;
        }
        if (changesAreFew(rows)) {
            mergeRows(std::move(rows));
            return false;
        }
        beginResetModel();
        m_rows.swap(rows);
        endResetModel();
        freeRowsBeside(std::move(rows));
        return true;
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

protected:
    /// Whether two rows have one key. A list of very many rows compares what it makes the key of.
    [[nodiscard]] virtual bool isSame(const Row& a, const Row& b) const { return key(a) == key(b); }
    /// The columns in which two rows of one key differ; none: they don't. By default all of them; a list of very many
    /// rows says it exactly, since a proxy sorts again when its column has changed.
    [[nodiscard]] virtual std::optional<ColumnSpan> difference(const Row& before, const Row& after) const {
        Q_UNUSED(before)
        Q_UNUSED(after)
        return ColumnSpan{0, columnCount() - 1};
    }

private:
    /// The same rows in the same order, as a rule: only what they say may have changed.
    [[nodiscard]] bool areTheSame(const std::vector<Row>& rows) const {
        return !rows.empty() &&
               std::ranges::equal(rows, m_rows, [this](const Row& a, const Row& b) { return isSame(a, b); });
    }
    void replaceRows(std::vector<Row> rows) {
        ChangedCells changed;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (const auto columns = difference(m_rows[i], rows[i])) {
                changed.add(static_cast<int>(i), *columns);
            }
        }
        m_rows.swap(rows);
        changed.tell(*this);
        freeRowsBeside(std::move(rows));
    }
    /// Whether merging is cheaper than a reset: each row that comes, goes or moves costs one walk over all.
    [[nodiscard]] bool changesAreFew(const std::vector<Row>& rows) const {
        constexpr std::size_t kAlwaysBelow = 2000;
        constexpr std::size_t kFew = 200;
        if (m_rows.empty()) {
            return false;
        }
        if (rows.size() < kAlwaysBelow && m_rows.size() < kAlwaysBelow) {
            return true;
        }
        const auto more = std::max(rows.size(), m_rows.size()), fewer = std::min(rows.size(), m_rows.size());
        return more - fewer <= kFew && comingAndGoing(rows, kFew) <= kFew;
    }
    /// How many rows are only in one of the two lists; more than `limit` as well when the others stand in another
    /// order.
    [[nodiscard]] std::size_t comingAndGoing(const std::vector<Row>& rows, std::size_t limit) const {
        std::size_t count = 0, before = 0, after = 0;
        std::unordered_set<QString> ahead; // keys of `rows`, made when the first pair differs
        while (before < m_rows.size() && after < rows.size() && count <= limit) {
            if (isSame(m_rows[before], rows[after])) {
                ++before;
                ++after;
                continue;
            }
            if (ahead.empty()) {
                for (const auto& row : rows) {
                    ahead.insert(key(row));
                }
            }
            ahead.contains(key(m_rows[before])) ? ++after : ++before;
            ++count;
        }
        return count + (m_rows.size() - before) + (rows.size() - after);
    }
    void mergeRows(std::vector<Row> rows) {
        removeOthers(rows);
        ChangedCells changed;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            placeRow(static_cast<int>(i), std::move(rows[i]), changed);
        }
        changed.tell(*this);
    }
    void removeOthers(const std::vector<Row>& rows) {
        std::unordered_set<QString> wanted;
        for (const auto& row : rows) {
            wanted.insert(key(row));
        }
        for (int row = rowCount() - 1; row >= 0; --row) {
            if (!wanted.contains(key(at(row)))) {
                beginRemoveRows({}, row, row);
                m_rows.erase(m_rows.begin() + row);
                endRemoveRows();
            }
        }
    }
    void placeRow(int at, Row row, ChangedCells& changed) {
        const auto position = static_cast<std::size_t>(at);
        const auto replace = [&] {
            if (const auto columns = difference(m_rows[position], row)) {
                changed.add(at, *columns);
            }
            m_rows[position] = std::move(row);
        };
        if (position < m_rows.size() && isSame(m_rows[position], row)) {
            replace();
            return;
        }
        const auto found =
            std::find_if(m_rows.begin() + at, m_rows.end(), [&](const Row& r) { return isSame(r, row); });
        if (found == m_rows.end()) {
            beginInsertRows({}, at, at);
            m_rows.insert(m_rows.begin() + at, std::move(row));
            endInsertRows();
            return;
        }
        const auto from = static_cast<int>(found - m_rows.begin());
        beginMoveRows({}, from, from, {}, at);
        std::rotate(m_rows.begin() + at, m_rows.begin() + from, m_rows.begin() + from + 1);
        endMoveRows();
        replace();
    }

    std::vector<Row> m_rows;
};

} // namespace meshbone::ui
