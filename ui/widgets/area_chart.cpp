// SPDX-License-Identifier: Apache-2.0
#include "widgets/area_chart.h"

#include "widgets/fonts.h"
#include "widgets/format.h"
#include "widgets/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace meshbone::ui {

namespace {

constexpr int kLeft = 36, kRight = 132, kTop = 8, kBottom = 24;
constexpr int kTicks = 4;
constexpr qreal kMomentWidth = 84;
constexpr qreal kLabelHeight = 18;

/// A value to be drawn: what isn't known takes no room.
double heightOf(const ChartSeries& series, std::size_t point) {
    const auto value = point < series.values.size() ? series.values[point] : 0;
    return value > 0 ? value : 0; // false for NaN, too
}

QString valueWords(const ChartSeries& series, std::size_t point) {
    const auto value = point < series.values.size() ? series.values[point] : 0;
    return std::isnan(value) ? QStringLiteral("–") : formatRate(value);
}

/// The smallest of 1, 2, 4, 5, 8 times a power of ten that is not less than value: its quarters are round too.
double roundTop(double value) {
    if (value <= 0) {
        return 4;
    }
    const auto power = std::pow(10.0, std::floor(std::log10(value)));
    for (const auto factor : {1.0, 1.2, 1.6, 2.0, 4.0, 6.0, 8.0, 10.0}) {
        if (factor * power >= value) {
            return factor * power;
        }
    }
    return 10 * power;
}

} // namespace

AreaChart::AreaChart(QWidget* parent)
    : QWidget(parent) {
    setMouseTracking(true);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void AreaChart::setSeries(std::vector<ChartSeries> series, TimestampMs endMs, std::int64_t stepMs) {
    m_series = std::move(series);
    m_endMs = endMs;
    m_stepMs = stepMs;
    if (m_moment >= static_cast<int>(points())) {
        m_moment = -1;
    }
    QStringList now;
    for (const auto& layer : m_series) {
        now << QStringLiteral("%1 %2").arg(layer.name, valueWords(layer, points() - 1));
    }
    setAccessibleDescription(now.join(QStringLiteral(", ")));
    update();
}

QRectF AreaChart::plot() const {
    return QRectF(rect()).adjusted(kLeft, kTop, -kRight, -kBottom);
}

std::size_t AreaChart::points() const {
    return m_series.empty() ? 0 : m_series.front().values.size();
}

double AreaChart::topValue() const {
    double highest = 0;
    for (std::size_t i = 0; i < points(); ++i) {
        double sum = 0;
        for (const auto& layer : m_series) {
            sum += heightOf(layer, i);
        }
        highest = std::max(highest, sum);
    }
    return roundTop(highest * 1.05);
}

qreal AreaChart::xOf(std::size_t point) const {
    const auto area = plot();
    return area.left() +
           area.width() * static_cast<qreal>(point) / static_cast<qreal>(std::max<std::size_t>(points(), 2) - 1);
}

void AreaChart::setEmptyText(const QString& text) {
    if (m_emptyText != text) {
        m_emptyText = text;
        update();
    }
}

void AreaChart::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto top = topValue();
    paintGrid(painter, top);
    if (points() >= 2) {
        paintGaps(painter);
        paintLayers(painter, top);
        paintMoment(painter);
        paintLabels(painter, top);
    } else {
        painter.setFont(textFont(TextStyle::Body));
        painter.setPen(color(Token::Text3));
        drawTabular(painter, plot(), Qt::AlignHCenter, m_emptyText);
    }
    if (hasFocus()) {
        painter.setPen(QPen(color(Token::Accent), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 5, 5);
    }
}

void AreaChart::paintGrid(QPainter& painter, double top) const {
    const auto area = plot();
    painter.setFont(textFont(TextStyle::Small));
    for (int i = 0; i <= kTicks; ++i) {
        const auto y = std::round(area.bottom() - area.height() * i / kTicks) + 0.5;
        painter.setPen(QPen(color(i == 0 ? Token::Control : Token::Line), 1));
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
        painter.setPen(color(Token::Text3));
        const auto value = top * i / kTicks;
        const auto text = value == std::floor(value) ? formatCount(static_cast<qint64>(value)) : formatRate(value);
        drawTabular(painter, QRectF(0, y - 8, kLeft - 8, 16), Qt::AlignRight, text);
    }
    const auto spanMs = static_cast<std::int64_t>(points() > 0 ? points() - 1 : 0) * m_stepMs;
    for (int i = 0; i <= kTicks && m_endMs > 0 && spanMs > 0; ++i) {
        const auto x = area.left() + area.width() * i / kTicks;
        const auto at = m_endMs - spanMs + spanMs * i / kTicks;
        const QRectF box(x - 40, area.bottom() + 5, 80, 16);
        drawTabular(painter, i == 0 ? box.translated(40, 0) : box, i == 0 ? Qt::AlignLeft : Qt::AlignHCenter,
                    timeWords(at));
    }
}

QString AreaChart::timeWords(TimestampMs at) const {
    return axisTime(at, static_cast<std::int64_t>(points() > 0 ? points() - 1 : 0) * m_stepMs, kTicks);
}

bool AreaChart::isGap(std::size_t point) const {
    return std::ranges::all_of(m_series, [&](const ChartSeries& layer) {
        return point < layer.values.size() && std::isnan(layer.values[point]);
    });
}

/// Where a run of known points ends: half way to the gap beside it, so that a single one has a width.
qreal AreaChart::edgeOf(std::size_t point, int side) const {
    const bool outermost = side < 0 ? point == 0 : point + 1 == points();
    return outermost ? xOf(point) : (xOf(point) + xOf(side < 0 ? point - 1 : point + 1)) / 2;
}

void AreaChart::paintGaps(QPainter& painter) const {
    const auto area = plot();
    const auto words = tr("not watched");
    painter.setFont(textFont(TextStyle::Small));
    for (std::size_t from = 0; from < points();) {
        if (!isGap(from)) {
            ++from;
            continue;
        }
        auto to = from;
        while (to + 1 < points() && isGap(to + 1)) {
            ++to;
        }
        const QRectF gap(QPointF(edgeOf(from, -1), area.top()), QPointF(edgeOf(to, 1), area.bottom()));
        painter.fillRect(gap, color(Token::Sunken));
        if (gap.width() > painter.fontMetrics().horizontalAdvance(words) + 16) {
            painter.setPen(color(Token::Text3));
            drawTabular(painter, gap, Qt::AlignHCenter, words);
        }
        from = to + 1;
    }
}

void AreaChart::paintLayers(QPainter& painter, double top) const {
    for (std::size_t from = 0; from < points();) {
        if (isGap(from)) {
            ++from;
            continue;
        }
        auto to = from;
        while (to + 1 < points() && !isGap(to + 1)) {
            ++to;
        }
        paintRun(painter, top, from, to);
        from = to + 1;
    }
}

void AreaChart::paintRun(QPainter& painter, double top, std::size_t from, std::size_t to) const {
    const auto area = plot();
    std::vector<double> base(to - from + 1, 0);
    // The last series lies on the axis, so it is drawn first; each further one stands on it.
    for (auto layer = m_series.crbegin(); layer != m_series.crend(); ++layer) {
        QPolygonF upper, lower;
        const auto put = [&](QPolygonF& line, qreal x, double value) {
            line << QPointF(x, area.bottom() - area.height() * value / top);
        };
        const auto putAll = [&](QPolygonF& line) {
            put(line, edgeOf(from, -1), base.front());
            for (std::size_t i = from; i <= to; ++i) {
                put(line, xOf(i), base[i - from]);
            }
            put(line, edgeOf(to, 1), base.back());
        };
        putAll(lower);
        for (std::size_t i = from; i <= to; ++i) {
            base[i - from] += heightOf(*layer, i);
        }
        putAll(upper);
        QPainterPath shape;
        shape.addPolygon(upper);
        for (auto point = lower.crbegin(); point != lower.crend(); ++point) {
            shape.lineTo(*point);
        }
        shape.closeSubpath();
        const auto colors = domainColors(layer->domain);
        auto tint = colors.edge;
        tint.setAlphaF(0.55f);
        painter.fillPath(shape, tint);
        painter.setPen(QPen(colors.ink, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPolyline(upper);
    }
}

void AreaChart::paintMoment(QPainter& painter) const {
    if (m_moment < 0) {
        return;
    }
    const auto area = plot();
    const auto x = std::round(xOf(static_cast<std::size_t>(m_moment))) + 0.5;
    painter.setPen(QPen(color(Token::Text2), 1, Qt::DashLine));
    painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
    const auto at = m_endMs - (static_cast<std::int64_t>(points()) - 1 - m_moment) * m_stepMs;
    painter.setFont(textFont(TextStyle::SmallStrong));
    painter.setPen(color(Token::Text1));
    const auto left = std::clamp(x - kMomentWidth / 2, area.left(), std::max(area.left(), area.right() - kMomentWidth));
    drawTabular(painter, QRectF(left, area.top() - 4, kMomentWidth, 16), Qt::AlignHCenter, timeWords(at));
}

void AreaChart::paintLabels(QPainter& painter, double top) const {
    const auto area = plot();
    const auto point = m_moment < 0 ? points() - 1 : static_cast<std::size_t>(m_moment);
    struct Place {
        const ChartSeries* layer;
        qreal y;
        QString value;
    };
    std::vector<Place> places;
    double base = 0;
    for (auto layer = m_series.crbegin(); layer != m_series.crend(); ++layer) {
        const double end = heightOf(*layer, points() - 1);
        places.push_back({&*layer, area.bottom() - area.height() * (base + end / 2) / top, valueWords(*layer, point)});
        base += end;
    }
    // From the axis up, each label at least its height above the one before; then down again from the top.
    for (std::size_t i = 1; i < places.size(); ++i) {
        places[i].y = std::min(places[i].y, places[i - 1].y - kLabelHeight);
    }
    if (!places.empty() && places.back().y < area.top() + kLabelHeight / 2) {
        places.back().y = area.top() + kLabelHeight / 2;
        for (std::size_t i = places.size() - 1; i > 0; --i) {
            places[i - 1].y = std::max(places[i - 1].y, places[i].y + kLabelHeight);
        }
    }
    for (const auto& place : places) {
        painter.setPen(domainColors(place.layer->domain).ink);
        painter.setFont(textFont(TextStyle::SecondaryStrong));
        const QRectF line(area.right() + 10, place.y - kLabelHeight / 2, kRight - 10, kLabelHeight);
        drawTabular(painter, line.adjusted(0, 0, -46, 0), Qt::AlignLeft, place.layer->name);
        painter.setPen(color(Token::Text1));
        drawTabular(painter, line, Qt::AlignRight, place.value);
    }
}

void AreaChart::setMoment(int point) {
    if (point != m_moment) {
        m_moment = point;
        update();
    }
}

void AreaChart::mouseMoveEvent(QMouseEvent* event) {
    const auto area = plot();
    if (points() < 2 || !area.contains(event->position())) {
        setMoment(-1);
        return;
    }
    const auto share = (event->position().x() - area.left()) / area.width();
    setMoment(static_cast<int>(std::lround(share * static_cast<double>(points() - 1))));
}

void AreaChart::leaveEvent(QEvent*) {
    setMoment(-1);
}

void AreaChart::keyPressEvent(QKeyEvent* event) {
    const auto last = static_cast<int>(points()) - 1;
    if (last > 0 && (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right)) {
        const auto from = m_moment < 0 ? last : m_moment;
        setMoment(std::clamp(from + (event->key() == Qt::Key_Left ? -1 : 1), 0, last));
        return;
    }
    QWidget::keyPressEvent(event);
}

} // namespace meshbone::ui
