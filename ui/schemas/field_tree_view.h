// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schemas/field_tree_model.h"

#include <QWidget>

#include <functional>

class QMenu;
class QSortFilterProxyModel;
class QStackedLayout;
class QTreeView;

namespace meshbone::ui {

class EmptyView;
class FilterLine;

/// The fields of a schema as a tree, with a line that finds them by any of their words wherever they are: what leads to
/// them stays, the rest goes. GUI thread.
class FieldTreeView : public QWidget {
    Q_OBJECT
public:
    explicit FieldTreeView(QWidget* parent = nullptr);
    void setTree(const FieldTreePtr& tree); ///< null: nothing
    void choose(const QString& path);
    [[nodiscard]] QString current() const; ///< the path of the field that is chosen; empty: none
    /// Fills the context menu.
    void setContextMenu(std::function<void(QMenu&)> fill) { m_fillMenu = std::move(fill); }

signals:
    void activated(const QString& path);

private:
    void buildTree();
    void filter(const QString& words);
    void updateState();

    FieldTreeModel m_model;
    QSortFilterProxyModel* m_found = nullptr;
    FilterLine* m_filter = nullptr;
    QTreeView* m_tree = nullptr;
    QStackedLayout* m_stack = nullptr;
    EmptyView* m_empty = nullptr;
    EmptyView* m_noMatch = nullptr;
    std::function<void(QMenu&)> m_fillMenu;
};

} // namespace meshbone::ui
