// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "replay/time_window.h"

#include <backbone/backbone.h>

#include <QWidget>

namespace meshbone::ui {

/// Events per bucket of time as bars, with the window brushed over them: drag to brush, drag an edge or the middle to
/// change it, wheel or + and – to zoom, Left and Right to move, Shift with them to stretch. GUI thread.
class Timeline : public QWidget {
    Q_OBJECT
public:
    explicit Timeline(QWidget* parent = nullptr);
    void setHistogram(const backbone::Histogram& histogram);
    void setWindow(const WindowMs& window);
    /// What stands in the flag above the window: "10 h · 73 events".
    void setFlag(const QString& flag);
    [[nodiscard]] const WindowMs& window() const { return m_window; }
    [[nodiscard]] WindowMs range() const; ///< shown
    [[nodiscard]] TimestampMs bucketMs() const { return m_histogram.bucketMs; }
    void zoomBy(double factor); ///< around the window where there is one, else the middle
    void showAll();
    [[nodiscard]] QSize sizeHint() const override { return {600, 240}; }

    // For tests: where a time is drawn.
    [[nodiscard]] qreal xOf(TimestampMs timeMs) const;

signals:
    void windowChanged(const meshbone::ui::WindowMs& window); ///< brushed or moved; many while dragging
    void rangeAsked(const meshbone::ui::WindowMs& range);     ///< zoomed: show this part
    void allAsked();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    enum class Grip : quint8 { None, New, From, To, Whole };
    [[nodiscard]] QRectF plot() const;
    [[nodiscard]] TimestampMs timeAt(qreal x) const;
    [[nodiscard]] Grip gripAt(const QPointF& at) const;
    void drag(qreal x);
    void change(WindowMs window);
    void zoomAround(TimestampMs centreMs, double factor);
    void paintScale(QPainter& painter, std::int64_t top) const;
    void paintBars(QPainter& painter, std::int64_t top) const;
    void paintWindow(QPainter& painter) const;
    void paintHandle(QPainter& painter, qreal x) const;

    backbone::Histogram m_histogram;
    WindowMs m_window, m_dragStart;
    QString m_flag;
    Grip m_grip = Grip::None;
    TimestampMs m_pressedMs = 0;
};

} // namespace meshbone::ui
