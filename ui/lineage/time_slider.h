// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <lineage/lineage.h>

#include <QWidget>

#include <optional>
#include <vector>

namespace meshbone::ui {

/// The time below the graph: Live, or a moment in the past, and marks where the picture changed (added ▲, removed ▼,
/// changed ◆, not granted !). Left and Right step from mark to mark, End goes live. GUI thread.
class TimeSlider : public QWidget {
    Q_OBJECT
public:
    explicit TimeSlider(QWidget* parent = nullptr);
    void setRange(TimestampMs fromMs, TimestampMs toMs);
    void setChanges(std::vector<lineage::Change> changes);
    /// None: live.
    void setMoment(std::optional<TimestampMs> momentMs);
    [[nodiscard]] std::optional<TimestampMs> moment() const { return m_momentMs; }
    [[nodiscard]] QSize sizeHint() const override { return {400, 84}; }

signals:
    void momentChanged(std::optional<meshbone::TimestampMs> momentMs);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    [[nodiscard]] QRectF track() const;
    [[nodiscard]] qreal xOf(TimestampMs timeMs) const;
    [[nodiscard]] TimestampMs timeAt(qreal x) const;
    [[nodiscard]] int changeNear(qreal x) const; ///< index, or -1
    void move(std::optional<TimestampMs> momentMs);
    void step(int direction);
    void paintLeft(QPainter& painter) const;
    void paintTicks(QPainter& painter) const;
    void paintMarks(QPainter& painter) const;
    void paintSentence(QPainter& painter) const;

    TimestampMs m_fromMs = 0, m_toMs = 1;
    std::vector<lineage::Change> m_changes; ///< oldest first
    std::optional<TimestampMs> m_momentMs;
    int m_hovered = -1;
};

} // namespace meshbone::ui
