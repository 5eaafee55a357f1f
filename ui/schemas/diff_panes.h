// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schemas/line_diff.h"

#include <QAbstractScrollArea>

#include <optional>

namespace meshbone::ui {

/// Two texts side by side, line beside line: what is only in the left one in danger with "-", only in the right one in
/// ok with "+". Long stretches that are the same are folded; a click on one opens all.
class DiffPanes : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit DiffPanes(QWidget* parent = nullptr);
    void setTexts(QStringList left, QStringList right, std::vector<DiffRow> rows);
    /// Marks a line of a side (from 1) and scrolls to it; 0: none there.
    void showLines(int left, int right);
    [[nodiscard]] int removedCount() const { return m_removed; }
    [[nodiscard]] int addedCount() const { return m_added; }
    [[nodiscard]] bool isMarked(int left, int right) const { return m_markLeft == left && m_markRight == right; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    struct Shown {
        DiffRow row;
        int folded = 0; ///< so many rows stand for this one
    };
    void fold();
    void updateBars();
    void paintRow(QPainter& painter, const Shown& shown, qreal top) const;
    void paintSide(QPainter& painter, const QRectF& box, const QStringList& lines, int line, bool isSame,
                   bool isLeft) const;
    [[nodiscard]] int rowHeight() const;
    [[nodiscard]] int gutter() const;

    QStringList m_left, m_right;
    std::vector<DiffRow> m_rows;
    std::vector<Shown> m_shown;
    bool m_isUnfolded = false;
    int m_markLeft = 0, m_markRight = 0;
    int m_removed = 0, m_added = 0;
};

} // namespace meshbone::ui
