// SPDX-License-Identifier: Apache-2.0
#include "replay/timeline.h"

#include "widgets/fonts.h"
#include "widgets/format.h"
#include "widgets/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace meshbone::ui {

namespace {

constexpr qreal kLeft = 56, kRight = 16, kTop = 34, kBottom = 26;
constexpr qreal kGripWidth = 7;
constexpr double kZoomStep = 1.6;
constexpr TimestampMs kRangeMinMs = 1000; ///< a second is the finest view

/// The smallest of 1, 2, 5 times a power of ten, times five lines, that holds the largest bar.
std::int64_t scaleTop(std::int64_t largest) {
    std::int64_t step = 1;
    constexpr int kLines = 4;
    for (int i = 0; step * kLines < largest && i < 60; ++i) {
        step = i % 3 == 0 ? step * 2 : i % 3 == 1 ? step / 2 * 5 : step * 2;
    }
    return step * kLines;
}

} // namespace

Timeline::Timeline(QWidget* parent)
    : QWidget(parent) {
    setObjectName(QStringLiteral("timeline"));
    setAccessibleName(tr("Events by time"));
    setAccessibleDescription(
        tr("Drag to brush the window. Left and Right move it, with Shift they stretch it, plus and minus zoom."));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setMinimumHeight(160);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
    connect(&TimeZoneSwitch::instance(), &TimeZoneSwitch::changed, this, qOverload<>(&QWidget::update));
}

void Timeline::setHistogram(const backbone::Histogram& histogram) {
    m_histogram = histogram;
    update();
}

void Timeline::setWindow(const WindowMs& window) {
    m_window = window;
    update();
}

void Timeline::setFlag(const QString& flag) {
    m_flag = flag;
    update();
}

WindowMs Timeline::range() const {
    const auto count = static_cast<TimestampMs>(m_histogram.counts.size());
    return {m_histogram.fromMs, m_histogram.fromMs + count * m_histogram.bucketMs};
}

QRectF Timeline::plot() const {
    return QRectF(rect()).adjusted(kLeft, kTop, -kRight, -kBottom);
}

qreal Timeline::xOf(TimestampMs timeMs) const {
    const auto shown = range();
    const auto area = plot();
    return shown.isEmpty() ? area.left()
                           : area.left() + double(timeMs - shown.fromMs) / double(shown.span()) * area.width();
}

TimestampMs Timeline::timeAt(qreal x) const {
    const auto shown = range();
    const auto area = plot();
    const double share = std::clamp((x - area.left()) / area.width(), 0.0, 1.0);
    return shown.fromMs + static_cast<TimestampMs>(share * double(shown.span()));
}

void Timeline::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), color(Token::Surface));
    const auto largest = m_histogram.counts.empty() ? 0 : *std::ranges::max_element(m_histogram.counts);
    const auto top = scaleTop(std::max<std::int64_t>(1, largest));
    paintScale(painter, top);
    paintBars(painter, top);
    if (!m_window.isEmpty()) {
        paintWindow(painter);
    }
    if (hasFocus()) {
        painter.setPen(QPen(color(Token::Accent), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 6, 6);
    }
}

void Timeline::paintScale(QPainter& painter, std::int64_t top) const {
    const auto area = plot();
    painter.setFont(textFont(TextStyle::Small));
    constexpr int kLines = 4;
    for (int i = 0; i <= kLines; ++i) {
        const qreal y = area.bottom() - area.height() * i / kLines;
        painter.setPen(QPen(color(i == 0 ? Token::Border : Token::Line), 1));
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
        painter.setPen(color(Token::Text3));
        drawTabular(painter, QRectF(0, y - 8, kLeft - 8, 16), Qt::AlignRight | Qt::AlignVCenter,
                    formatCount(top * i / kLines));
    }
    for (const auto& tick : timeTicks(range())) {
        const qreal x = xOf(tick.atMs);
        painter.setPen(QPen(color(Token::Border), 1));
        painter.drawLine(QPointF(x, area.bottom()), QPointF(x, area.bottom() + 4));
        painter.setPen(color(Token::Text3));
        drawTabular(painter, QRectF(x - 50, area.bottom() + 6, 100, 16), Qt::AlignHCenter | Qt::AlignVCenter,
                    tick.label);
    }
}

void Timeline::paintBars(QPainter& painter, std::int64_t top) const {
    const auto area = plot();
    const auto buckets = m_histogram.counts.size();
    if (buckets == 0) {
        return;
    }
    const qreal step = area.width() / static_cast<qreal>(buckets);
    const qreal gap = step > 4 ? 1 : 0;
    painter.setPen(Qt::NoPen);
    for (std::size_t i = 0; i < buckets; ++i) {
        if (m_histogram.counts[i] == 0) {
            continue;
        }
        const auto fromMs = m_histogram.fromMs + static_cast<TimestampMs>(i) * m_histogram.bucketMs;
        const bool inside = fromMs < m_window.toMs && fromMs + m_histogram.bucketMs > m_window.fromMs;
        const qreal height = std::max(1.0, area.height() * double(m_histogram.counts[i]) / double(top));
        painter.setBrush(color(inside ? Token::AccentFill : Token::Bar));
        painter.drawRect(QRectF(area.left() + step * qreal(i), area.bottom() - height, step - gap, height));
    }
}

void Timeline::paintWindow(QPainter& painter) const {
    const auto area = plot();
    const qreal left = xOf(m_window.fromMs), right = xOf(m_window.toMs);
    if (right < area.left() || left > area.right()) {
        return; // outside of what is shown
    }
    QColor ground = color(Token::AccentFill);
    ground.setAlphaF(0.12F);
    const QRectF box(QPointF(std::max(left, area.left()), area.top()),
                     QPointF(std::min(right, area.right()), area.bottom()));
    painter.fillRect(box, ground);
    for (const qreal x : {left, right}) {
        if (x >= area.left() - 1 && x <= area.right() + 1) {
            painter.setPen(QPen(color(Token::Accent), 1.5));
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
            paintHandle(painter, x);
        }
    }
    if (m_flag.isEmpty()) {
        return;
    }
    painter.setFont(textFont(TextStyle::SecondaryStrong));
    const qreal width = tabularWidth(painter.font(), m_flag) + 20;
    const qreal x = std::clamp(box.center().x() - width / 2, area.left(), std::max(area.left(), area.right() - width));
    const QRectF flag(x, area.top() - 26, width, 22);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color(Token::AccentFill));
    painter.drawRoundedRect(flag, 4, 4);
    painter.setPen(color(Token::OnAccent));
    drawTabular(painter, flag, Qt::AlignCenter, m_flag);
}

void Timeline::paintHandle(QPainter& painter, qreal x) const {
    const QRectF handle(x - 5, plot().center().y() - 11, 10, 22);
    painter.setPen(QPen(color(Token::Accent), 1.5));
    painter.setBrush(color(Token::Surface));
    painter.drawRoundedRect(handle, 4, 4);
    painter.drawLine(handle.center() + QPointF(-1.5, -4), handle.center() + QPointF(-1.5, 4));
    painter.drawLine(handle.center() + QPointF(1.5, -4), handle.center() + QPointF(1.5, 4));
}

Timeline::Grip Timeline::gripAt(const QPointF& at) const {
    if (range().isEmpty() || !plot().adjusted(-kGripWidth, -kTop, kGripWidth, 0).contains(at)) {
        return Grip::None;
    }
    if (!m_window.isEmpty()) {
        const qreal left = xOf(m_window.fromMs), right = xOf(m_window.toMs);
        if (std::abs(at.x() - right) <= kGripWidth) {
            return Grip::To;
        }
        if (std::abs(at.x() - left) <= kGripWidth) {
            return Grip::From;
        }
        if (at.x() > left && at.x() < right) {
            return Grip::Whole;
        }
    }
    return Grip::New;
}

void Timeline::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) {
        return;
    }
    m_grip = gripAt(event->position());
    m_pressedMs = timeAt(event->position().x());
    m_dragStart = m_window;
}

void Timeline::mouseMoveEvent(QMouseEvent* event) {
    if (m_grip != Grip::None && event->buttons().testFlag(Qt::LeftButton)) {
        drag(event->position().x());
        return;
    }
    const auto grip = gripAt(event->position());
    setCursor(grip == Grip::From || grip == Grip::To ? Qt::SizeHorCursor
              : grip == Grip::Whole                  ? Qt::OpenHandCursor
              : grip == Grip::New                    ? Qt::CrossCursor
                                                     : Qt::ArrowCursor);
}

void Timeline::mouseReleaseEvent(QMouseEvent*) {
    m_grip = Grip::None;
}

void Timeline::drag(qreal x) {
    const auto step = snapStep(m_histogram.bucketMs);
    const auto now = snapTo(timeAt(x), step);
    const auto pressed = snapTo(m_pressedMs, step);
    switch (m_grip) {
    case Grip::New:
        change({std::min(pressed, now), std::max(pressed, now)});
        break;
    case Grip::From:
        change({std::min(now, m_dragStart.toMs - step), m_dragStart.toMs});
        break;
    case Grip::To:
        change({m_dragStart.fromMs, std::max(now, m_dragStart.fromMs + step)});
        break;
    case Grip::Whole: {
        const auto shift = now - pressed;
        change({m_dragStart.fromMs + shift, m_dragStart.toMs + shift});
        break;
    }
    case Grip::None:
        break;
    }
}

void Timeline::change(WindowMs window) {
    if (window != m_window) {
        m_window = window;
        update();
        emit windowChanged(m_window);
    }
}

void Timeline::zoomAround(TimestampMs centreMs, double factor) {
    const auto shown = range();
    if (shown.isEmpty()) {
        return;
    }
    const auto span = std::max(kRangeMinMs, static_cast<TimestampMs>(double(shown.span()) / factor));
    if (factor < 1 && !m_histogram.counts.empty() && span >= m_histogram.lastMs - m_histogram.firstMs) {
        emit allAsked();
        return;
    }
    const double share = double(centreMs - shown.fromMs) / double(shown.span());
    const auto from = centreMs - static_cast<TimestampMs>(share * double(span));
    emit rangeAsked({from, from + span});
}

void Timeline::zoomBy(double factor) {
    const auto shown = range();
    const bool windowSeen = !m_window.isEmpty() && m_window.fromMs < shown.toMs && m_window.toMs > shown.fromMs;
    zoomAround(windowSeen ? (m_window.fromMs + m_window.toMs) / 2 : (shown.fromMs + shown.toMs) / 2, factor);
}

void Timeline::showAll() {
    emit allAsked();
}

void Timeline::wheelEvent(QWheelEvent* event) {
    zoomAround(timeAt(event->position().x()), std::pow(kZoomStep, event->angleDelta().y() / 120.0));
    event->accept();
}

void Timeline::keyPressEvent(QKeyEvent* event) {
    const auto step = std::max<TimestampMs>(snapStep(m_histogram.bucketMs), 1);
    const bool stretch = event->modifiers().testFlag(Qt::ShiftModifier);
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right: {
        const auto by = event->key() == Qt::Key_Left ? -step : step;
        const auto to = m_window.toMs + by;
        if (!m_window.isEmpty() && (!stretch || to > m_window.fromMs)) {
            change({stretch ? m_window.fromMs : m_window.fromMs + by, to});
        }
        return;
    }
    case Qt::Key_Plus:
        zoomBy(kZoomStep);
        return;
    case Qt::Key_Minus:
        zoomBy(1 / kZoomStep);
        return;
    case Qt::Key_Home:
        showAll();
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

} // namespace meshbone::ui
