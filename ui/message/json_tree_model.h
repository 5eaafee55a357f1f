// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/json_tree.h>

#include <QAbstractItemModel>

#include <memory>
#include <vector>

namespace meshbone::ui {

/// A JSON value as a tree of name, value and type, members in their own order. Children are made when they are first
/// asked for.
class JsonTreeModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Column : int { Name, Value, Type, ColumnCount };
    explicit JsonTreeModel(QObject* parent = nullptr);
    ~JsonTreeModel() override;
    void setValue(catalog::JsonTree value);

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& child) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Node;
    [[nodiscard]] Node* nodeAt(const QModelIndex& index) const;
    catalog::JsonTree m_value;
    std::unique_ptr<Node> m_root; ///< points into the value
};

} // namespace meshbone::ui
