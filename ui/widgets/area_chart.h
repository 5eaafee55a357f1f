// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/types.h>

#include <QString>
#include <QWidget>

#include <vector>

namespace meshbone::ui {

/// One layer of a stacked chart.
struct ChartSeries {
    QString name;
    QString domain;            ///< its colours
    std::vector<float> values; ///< oldest first; all series of a chart have as many; NaN where nothing is known
};

/// Stacked areas over time, first series at the top, with direct labels at the right instead of a legend. The mouse or
/// the arrow keys choose a moment; its values then stand at the labels. Where nothing is known the areas are broken and
/// the ground says so: a gap is no zero.
class AreaChart : public QWidget {
    Q_OBJECT
public:
    explicit AreaChart(QWidget* parent = nullptr);
    /// `endMs` is the time of the last value, `stepMs` the time between two.
    void setSeries(std::vector<ChartSeries> series, TimestampMs endMs, std::int64_t stepMs);
    /// What stands there instead of the areas while there are fewer than two points.
    void setEmptyText(const QString& text);
    [[nodiscard]] const QString& emptyText() const { return m_emptyText; }
    [[nodiscard]] const std::vector<ChartSeries>& series() const { return m_series; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {360, 200}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    [[nodiscard]] QRectF plot() const;
    [[nodiscard]] std::size_t points() const;
    [[nodiscard]] double topValue() const;
    [[nodiscard]] qreal xOf(std::size_t point) const;
    void paintGrid(QPainter& painter, double top) const;
    void paintGaps(QPainter& painter) const;
    void paintLayers(QPainter& painter, double top) const;
    void paintRun(QPainter& painter, double top, std::size_t from, std::size_t to) const;
    [[nodiscard]] bool isGap(std::size_t point) const;
    [[nodiscard]] qreal edgeOf(std::size_t point, int side) const;
    [[nodiscard]] QString timeWords(TimestampMs at) const;
    void paintLabels(QPainter& painter, double top) const;
    void paintMoment(QPainter& painter) const;
    void setMoment(int point);

    std::vector<ChartSeries> m_series;
    QString m_emptyText;
    TimestampMs m_endMs = -1;
    std::int64_t m_stepMs = 60'000;
    int m_moment = -1; ///< chosen point, -1: the last
};

} // namespace meshbone::ui
