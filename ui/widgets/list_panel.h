// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/table_view.h"

#include <QWidget>

#include <functional>

class QHBoxLayout;
class QMenu;
class QStackedLayout;
class QVBoxLayout;

namespace meshbone::ui {

class Button;
class EmptyView;
class FilterLine;
class Label;
class LoadingView;
class MessageBar;
class RowFilter;

/// A list as every page has it: filter line, further filters, counts "n of m", copy and export, table, and in its place
/// what to say while it loads, is empty or nothing matches.
class ListPanel : public QWidget {
    Q_OBJECT
public:
    enum class Filtering : quint8 {
        Here,    ///< a RowFilter sorts and filters the rows
        ByModel, ///< the model asks its source (paged rows): it hears filterChanged() and says its counts
    };
    /// `name` names the list for settings, tests and files, for example "topics".
    explicit ListPanel(const QString& name, QWidget* parent = nullptr);

    void setSource(QAbstractItemModel* model, Filtering filtering = Filtering::Here);
    [[nodiscard]] TableView* table() const { return m_table; }
    [[nodiscard]] FilterLine* filterLine() const { return m_filter; }
    [[nodiscard]] RowFilter* rowFilter() const { return m_rows; } ///< null when filtered by the model
    [[nodiscard]] EmptyView* emptyView() const { return m_empty; }
    [[nodiscard]] MessageBar* messageBar() const { return m_message; } ///< between filter line and table
    void addFilter(QWidget* widget);                                   ///< beside the filter line
    void addTool(QWidget* widget);                                     ///< before the counts' tools, at the right

    void setLoading(bool loading, const QString& sentence = {});
    [[nodiscard]] bool isLoading() const { return m_loading; }
    /// For Filtering::ByModel.
    void setCounts(qint64 shown, qint64 total);
    /// Commands of the page for the context menu; called before it opens, above Copy and Export.
    void setContextMenu(std::function<void(QMenu&)> fill);

    /// Source row of the current row, -1: none.
    [[nodiscard]] int currentSourceRow() const;
    [[nodiscard]] QList<int> selectedSourceRows() const;
    /// Makes a source row current and visible.
    void selectSourceRow(int row);

signals:
    void filterChanged(const QString& text);
    void currentChanged(int sourceRow);
    void activated(int sourceRow);

private:
    void buildToolbar();
    void buildMenus();
    void updateState();
    void copyRows(bool asJson);
    void exportRows(bool asJson);
    void showContextMenu(const QPoint& at);
    void addRowActions(QMenu& menu);
    [[nodiscard]] int toSource(int row) const;

    QString m_name;
    FilterLine* m_filter = nullptr;
    QHBoxLayout* m_filters = nullptr;
    QHBoxLayout* m_tools = nullptr;
    Label* m_counts = nullptr;
    MessageBar* m_message = nullptr;
    TableView* m_table = nullptr;
    RowFilter* m_rows = nullptr;
    QStackedLayout* m_stack = nullptr;
    EmptyView* m_empty = nullptr;
    EmptyView* m_noMatch = nullptr;
    LoadingView* m_loadingView = nullptr;
    QAbstractItemModel* m_source = nullptr;
    std::function<void(QMenu&)> m_fillMenu;
    bool m_loading = false, m_filtering = false;
    qint64 m_shown = 0, m_total = 0;
};

} // namespace meshbone::ui
