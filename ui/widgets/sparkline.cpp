// SPDX-License-Identifier: Apache-2.0
#include "widgets/sparkline.h"

#include "widgets/fonts.h"
#include "widgets/theme.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace meshbone::ui {

namespace {
constexpr qreal kDot = 2.2;
constexpr int kTimesHeight = 18;
} // namespace

void drawSparkline(QPainter& painter, const QRectF& rect, const std::vector<float>& values) {
    if (values.size() < 2 || rect.width() < 8) {
        return;
    }
    const auto largest = std::max(*std::ranges::max_element(values), 1e-6f);
    const auto area = rect.adjusted(0, kDot, -kDot, 0);
    QPolygonF line;
    line.reserve(static_cast<qsizetype>(values.size()));
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto x = area.left() + area.width() * static_cast<qreal>(i) / static_cast<qreal>(values.size() - 1);
        line << QPointF(x, area.bottom() - area.height() * std::max(0.0f, values[i]) / largest);
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath ground;
    ground.addPolygon(line);
    ground.lineTo(area.right(), rect.bottom());
    ground.lineTo(area.left(), rect.bottom());
    ground.closeSubpath();
    auto tint = color(Token::AccentFill);
    tint.setAlphaF(0.13f);
    painter.fillPath(ground, tint);
    painter.setPen(QPen(color(Token::Accent), 1.25, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(line);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color(Token::Accent));
    painter.drawEllipse(line.back(), kDot, kDot);
    painter.restore();
}

Sparkline::Sparkline(QWidget* parent)
    : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void Sparkline::setValues(std::vector<float> values, const QStringList& times) {
    m_values = std::move(values);
    m_times = times;
    update();
}

void Sparkline::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const auto plot = QRectF(rect()).adjusted(0, 4, 0, -kTimesHeight);
    painter.setPen(color(Token::Line));
    painter.drawLine(QPointF(plot.left(), plot.bottom() + 0.5), QPointF(plot.right(), plot.bottom() + 0.5));
    drawSparkline(painter, plot, m_values);
    painter.setFont(textFont(TextStyle::Small));
    painter.setPen(color(Token::Text3));
    const QRectF line(0, height() - kTimesHeight + 2, width(), kTimesHeight - 2);
    constexpr std::array kPlaces{Qt::AlignLeft, Qt::AlignHCenter, Qt::AlignRight};
    for (qsizetype i = 0; i < std::min<qsizetype>(m_times.size(), 3); ++i) {
        drawTabular(painter, line, kPlaces.at(static_cast<std::size_t>(i)), m_times[i]);
    }
}

} // namespace meshbone::ui
