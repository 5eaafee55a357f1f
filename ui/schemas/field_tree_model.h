// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schemas/field_tree.h"

#include <QAbstractItemModel>

namespace meshbone::ui {

/// The places of a schema as a tree.
class FieldTreeModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Column : int { Field, Type, Needed, Default, Doc, Tags, ColumnCount };
    static constexpr int kPathRole = Qt::UserRole + 1; ///< SchemaField::path; empty: no field
    explicit FieldTreeModel(QObject* parent = nullptr);
    void setTree(FieldTreePtr tree); ///< null: nothing
    [[nodiscard]] const FieldTree& tree() const { return *m_tree; }
    [[nodiscard]] QModelIndex indexOf(const QString& path) const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& child) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] const FieldNode& node(const QModelIndex& index) const;
    [[nodiscard]] const std::vector<int>& childrenOf(const QModelIndex& parent) const;
    [[nodiscard]] QString words(const FieldNode& node, int column) const;

    FieldTreePtr m_tree;
};

} // namespace meshbone::ui
