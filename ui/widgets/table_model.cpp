// SPDX-License-Identifier: Apache-2.0
#include "widgets/table_model.h"

#include "widgets/format.h"

namespace meshbone::ui {

namespace {
constexpr std::size_t kRunsTold = 64; // past that one signal about them all costs a view less
}

void ChangedCells::add(int row, const ColumnSpan& columns) {
    m_columns = m_runs.empty()
                    ? columns
                    : ColumnSpan{std::min(m_columns.first, columns.first), std::max(m_columns.last, columns.last)};
    if (!m_runs.empty() && m_runs.back().last + 1 == row) {
        m_runs.back().last = row;
    } else {
        m_runs.push_back({row, row});
    }
}

void ChangedCells::tell(QAbstractItemModel& model) const {
    const auto tellRun = [&](int first, int last) {
        emit model.dataChanged(model.index(first, m_columns.first), model.index(last, m_columns.last));
    };
    if (m_runs.size() > kRunsTold) {
        tellRun(m_runs.front().first, m_runs.back().last);
        return;
    }
    for (const auto& run : m_runs) {
        tellRun(run.first, run.last);
    }
}

TableModel::TableModel(QList<Column> columns, QObject* parent)
    : QAbstractTableModel(parent)
    , m_columns(std::move(columns)) {}

int TableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

QVariant TableModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return plain(index.row(), index.column());
    case CellRole:
        return QVariant::fromValue(cell(index.row(), index.column()));
    case SortRole:
        return sortKey(index.row(), index.column());
    case CopyRole:
        return copyText(index.row(), index.column());
    case Qt::ToolTipRole:
        return m_reasons.contains(index.column()) ? QVariant(m_reasons.value(index.column())) : QVariant();
    case Qt::TextAlignmentRole:
        return int((m_columns[index.column()].alignRight ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    default:
        return {};
    }
}

QVariant TableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= m_columns.size()) {
        return {};
    }
    const auto& column = m_columns[section];
    switch (role) {
    case Qt::DisplayRole:
        return column.title;
    case ColumnRole:
        return column.id;
    case WidthRole:
        return column.width;
    case StretchRole:
        return column.stretch;
    case Qt::ToolTipRole:
        return m_reasons.contains(section) ? QVariant(m_reasons.value(section)) : QVariant();
    case Qt::TextAlignmentRole:
        return int((column.alignRight ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    default:
        return {};
    }
}

void TableModel::setColumnTitle(int column, const QString& title) {
    if (m_columns.at(column).title != title) {
        m_columns[column].title = title;
        emit headerDataChanged(Qt::Horizontal, column, column);
    }
}

void TableModel::setColumnReason(int column, const QString& reason) {
    if (m_reasons.value(column) == reason) {
        return;
    }
    if (reason.isEmpty()) {
        m_reasons.remove(column);
    } else {
        m_reasons.insert(column, reason);
    }
    emit headerDataChanged(Qt::Horizontal, column, column);
}

QString TableModel::sizeText(int column, const std::optional<std::int64_t>& bytes) const {
    return bytes ? formatBytes(*bytes) : columnReason(column).isEmpty() ? QString() : tr("not told");
}

Cell TableModel::sizeCell(int column, const std::optional<std::int64_t>& bytes) const {
    const auto text = sizeText(column, bytes);
    return text.isEmpty() ? Cell{} : Cell{cell::text(text, bytes ? Token::Text1 : Token::Text3)};
}

int TableModel::columnOf(const QString& id) const {
    for (int i = 0; i < m_columns.size(); ++i) {
        if (m_columns[i].id == id) {
            return i;
        }
    }
    return -1;
}

} // namespace meshbone::ui
