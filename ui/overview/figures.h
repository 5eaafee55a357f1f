// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/page.h"
#include "widgets/cell.h"
#include "widgets/panel.h"

namespace meshbone::ui {

/// One of the five figures at the top: label, value with unit, and a line that says what to make of it.
struct Figure {
    QString label, value, unit;
    Cell remark;
};

/// The figures of the mesh as it stands.
QList<Figure> figuresOf(const PageContext& context);

/// Draws figures side by side in a panel.
class FigureStrip : public Panel {
    Q_OBJECT
public:
    explicit FigureStrip(QWidget* parent = nullptr);
    void setFigures(QList<Figure> figures);
    [[nodiscard]] const QList<Figure>& figures() const { return m_figures; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QList<Figure> m_figures;
};

} // namespace meshbone::ui
