// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

namespace meshbone::ui {

/// What the shapes and lines of the graph mean, in one line below it.
class Legend : public QWidget {
    Q_OBJECT
public:
    explicit Legend(QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override { return {400, 34}; }

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace meshbone::ui
