// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHeaderView>
#include <QTableView>

namespace meshbone::ui {

/// Header in the look of the tables: 30 px, the sorted column in bold with its chevron.
class TableHeader : public QHeaderView {
    Q_OBJECT
public:
    explicit TableHeader(QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintSection(QPainter* painter, const QRect& rect, int section) const override;
};

/// A table: whole rows, uniform heights (so that millions of rows cost nothing until they are seen), hover, the current
/// row's bar, sortable and movable columns that are remembered under a key.
class TableView : public QTableView {
    Q_OBJECT
public:
    explicit TableView(QWidget* parent = nullptr);

    void setModel(QAbstractItemModel* model) override;
    void setRowHeight(int px);
    /// Remembers width, order and sorting under this name in the settings, from now on.
    void setLayoutKey(const QString& key);
    /// Widths and order as the model describes them.
    void resetLayout();
    /// Space left of the first and right of the last column; 16 lines a table up with the page.
    void setEdgePadding(int px);
    /// Makes the view as high as its rows, up to a number of them; for tables inside panels.
    void setHeightByRows(int maxRows);

    [[nodiscard]] int hoveredRow() const { return m_hoveredRow; }
    [[nodiscard]] bool isFirstColumn(int column) const;
    [[nodiscard]] int leftPadding(int column) const;
    [[nodiscard]] int rightPadding(int column) const;
    /// Rows of the selection in the order shown; all rows where nothing is selected.
    [[nodiscard]] QList<int> chosenRows() const;
    [[nodiscard]] QSize sizeHint() const override;

signals:
    void activatedRow(int row); ///< Enter or double click
    void copyAsked();           ///< the system's shortcut for Copy; where nobody listens the rows are copied

protected:
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override; ///< copy and export, where no list around it has a menu

private:
    void setHoveredRow(int row);
    void fitStretchColumn();
    void saveLayout();
    void applyWidths();

    QString m_layoutKey;
    int m_hoveredRow = -1;
    int m_edgePadding = 16;
    int m_maxRows = 0;
    bool m_fitting = false;
};

} // namespace meshbone::ui
