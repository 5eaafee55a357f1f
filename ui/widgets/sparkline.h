// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

#include <vector>

namespace meshbone::ui {

/// Draws a small line over a tinted area with a dot at the last value. A flat line is drawn for equal values; nothing
/// for none. The scale starts at zero.
void drawSparkline(QPainter& painter, const QRectF& rect, const std::vector<float>& values);

/// A sparkline in an inspector, with the times of its ends below.
class Sparkline : public QWidget {
    Q_OBJECT
public:
    explicit Sparkline(QWidget* parent = nullptr);
    void setValues(std::vector<float> values, const QStringList& times);
    [[nodiscard]] QSize sizeHint() const override { return {200, 68}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::vector<float> m_values;
    QStringList m_times; ///< left, middle, right
};

} // namespace meshbone::ui
