// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QSortFilterProxyModel>

#include <functional>
#include <vector>

namespace meshbone::ui {

class TableModel;

/// Filters by plain text over all columns (every word must occur somewhere in the row, in any case) and by a condition;
/// sorts by SortRole.
class RowFilter : public QSortFilterProxyModel {
    Q_OBJECT
public:
    explicit RowFilter(QObject* parent = nullptr);
    void setText(const QString& text);
    [[nodiscard]] QString text() const { return m_text; }
    /// A further condition on source rows; empty: all. Call invalidateCondition() when its answer changes.
    void setCondition(std::function<bool(int sourceRow)> condition);
    void invalidateCondition() { invalidateFilter(); }
    void setSourceModel(QAbstractItemModel* source) override;

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
    [[nodiscard]] bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

private:
    /// What a row is sorted by. Texts are folded once, numbers taken out of their variants: sorting asks for each some
    /// fifteen times.
    struct SortKey {
        enum class Kind : quint8 { Other, Text, Number };
        QVariant value;
        QString folded;
        qint64 number = 0;
        Kind kind = Kind::Other;
        bool isKept = false;
    };
    [[nodiscard]] SortKey makeSortKey(const QModelIndex& index) const;
    const SortKey& sortKeyOf(const QModelIndex& index) const;
    void forgetKeys();

    const TableModel* m_table = nullptr; ///< the source where it is one: asked without the detour over variants
    mutable std::vector<SortKey> m_keys; ///< by source row, of the column m_keysOf, made when they are asked for
    mutable std::vector<int> m_kept;     ///< rows that have one
    mutable int m_keysOf = -1;
    QList<QMetaObject::Connection> m_connections; ///< to the source
    QString m_text;
    QStringList m_words;
    std::function<bool(int)> m_condition;
};

} // namespace meshbone::ui
