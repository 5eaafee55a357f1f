// SPDX-License-Identifier: Apache-2.0
#include "lineage/time_slider.h"

#include "widgets/chip.h"
#include "widgets/fonts.h"
#include "widgets/format.h"
#include "widgets/icons.h"

#include <QDateTime>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace meshbone::ui {

namespace {

constexpr qreal kLeftWidth = 196;
constexpr qreal kTrackY = 46;
constexpr qreal kNear = 7;

Token inkOf(lineage::ChangeKind kind) {
    switch (kind) {
    case lineage::ChangeKind::Added:
        return Token::Ok;
    case lineage::ChangeKind::Removed:
        return Token::Danger;
    case lineage::ChangeKind::Changed:
        return Token::Text2;
    case lineage::ChangeKind::NotGranted:
        return Token::WarnLine;
    }
    return Token::Text2;
}

void drawMark(QPainter& painter, lineage::ChangeKind kind, const QPointF& at) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(color(inkOf(kind)));
    switch (kind) {
    case lineage::ChangeKind::Added:
        painter.drawPolygon(QPolygonF{at + QPointF(-4.5, 4), at + QPointF(4.5, 4), at + QPointF(0, -4.5)});
        break;
    case lineage::ChangeKind::Removed:
        painter.drawPolygon(QPolygonF{at + QPointF(-4.5, -4), at + QPointF(4.5, -4), at + QPointF(0, 4.5)});
        break;
    case lineage::ChangeKind::Changed:
        painter.drawPolygon(
            QPolygonF{at + QPointF(-5, 0), at + QPointF(0, -5), at + QPointF(5, 0), at + QPointF(0, 5)});
        break;
    case lineage::ChangeKind::NotGranted:
        painter.drawEllipse(at, 6.5, 6.5);
        painter.setPen(color(Token::Surface));
        painter.setFont(textFont(TextStyle::SmallStrong));
        painter.drawText(QRectF(at.x() - 6, at.y() - 7, 12, 14), Qt::AlignCenter, QStringLiteral("!"));
        break;
    }
}

/// The largest of a list of steps that gives at least four ticks.
TimestampMs tickStep(TimestampMs spanMs) {
    for (const TimestampMs step :
         {86'400'000LL * 7, 86'400'000LL, 21'600'000LL, 3'600'000LL, 900'000LL, 300'000LL, 60'000LL, 10'000LL}) {
        if (spanMs / step >= 4) {
            return step;
        }
    }
    return 1'000;
}

} // namespace

TimeSlider::TimeSlider(QWidget* parent)
    : QWidget(parent) {
    setObjectName(QStringLiteral("lineageTime"));
    setAccessibleName(tr("Time of the graph"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setFixedHeight(84);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
    connect(&TimeZoneSwitch::instance(), &TimeZoneSwitch::changed, this, qOverload<>(&QWidget::update));
}

void TimeSlider::setRange(TimestampMs fromMs, TimestampMs toMs) {
    m_fromMs = fromMs;
    m_toMs = std::max(fromMs + 1, toMs);
    update();
}

void TimeSlider::setChanges(std::vector<lineage::Change> changes) {
    m_changes = std::move(changes);
    m_hovered = -1;
    update();
}

void TimeSlider::setMoment(std::optional<TimestampMs> momentMs) {
    m_momentMs = momentMs;
    update();
}

QRectF TimeSlider::track() const {
    return {kLeftWidth, kTrackY, std::max<qreal>(40, width() - kLeftWidth - 34), 0};
}

qreal TimeSlider::xOf(TimestampMs timeMs) const {
    const auto rect = track();
    const double share = double(timeMs - m_fromMs) / double(m_toMs - m_fromMs);
    return rect.left() + std::clamp(share, 0.0, 1.0) * rect.width();
}

TimestampMs TimeSlider::timeAt(qreal x) const {
    const auto rect = track();
    const double share = std::clamp((x - rect.left()) / rect.width(), 0.0, 1.0);
    return m_fromMs + static_cast<TimestampMs>(share * double(m_toMs - m_fromMs));
}

int TimeSlider::changeNear(qreal x) const {
    int best = -1;
    for (int i = 0; i < int(m_changes.size()); ++i) {
        const qreal distance = std::abs(xOf(m_changes[i].atMs) - x);
        if (distance <= kNear && (best < 0 || distance <= std::abs(xOf(m_changes[best].atMs) - x))) {
            best = i;
        }
    }
    return best;
}

void TimeSlider::move(std::optional<TimestampMs> momentMs) {
    if (momentMs != m_momentMs) {
        m_momentMs = momentMs;
        update();
        emit momentChanged(m_momentMs);
    }
}

void TimeSlider::step(int direction) {
    const TimestampMs now = m_momentMs.value_or(m_toMs);
    if (direction < 0) {
        const auto earlier = std::find_if(m_changes.rbegin(), m_changes.rend(),
                                          [&](const lineage::Change& change) { return change.atMs < now; });
        move(earlier == m_changes.rend() ? m_fromMs : earlier->atMs);
    } else {
        const auto later =
            std::ranges::find_if(m_changes, [&](const lineage::Change& change) { return change.atMs > now; });
        move(later == m_changes.end() ? std::nullopt : std::optional(later->atMs));
    }
}

void TimeSlider::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), color(Token::Surface));
    painter.fillRect(QRectF(0, 0, width(), 1), color(Token::Line));
    const auto line = track();
    painter.setPen(QPen(color(Token::BarDim), 3, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(line.topLeft(), line.topRight());
    paintTicks(painter);
    paintMarks(painter);
    const QPointF knob(m_momentMs ? xOf(*m_momentMs) : line.right() + 12, kTrackY);
    painter.setPen(QPen(color(Token::Accent), 2));
    painter.setBrush(color(Token::Surface));
    painter.drawEllipse(knob, 7, 7);
    painter.setBrush(color(Token::Accent));
    painter.drawEllipse(knob, 2, 2);
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(knob.x() - 11, knob.y() - 11, 22, 22), 6, 6);
    }
    paintLeft(painter);
    paintSentence(painter);
}

void TimeSlider::paintLeft(QPainter& painter) const {
    const ChipSpec chip = m_momentMs ? ChipSpec{tr("Past"), Tone::Warn, QStringLiteral("clock"), {}}
                                     : ChipSpec{tr("Live"), Tone::Ok, QStringLiteral("check"), {}};
    drawChip(painter, QRectF(16, 12, 120, kChipHeight), chip);
    painter.setFont(textFont(TextStyle::Body));
    painter.setPen(color(Token::Text1));
    drawTabular(painter, QRectF(16, 34, kLeftWidth - 30, 20), Qt::AlignLeft | Qt::AlignVCenter,
                formatTime(m_momentMs.value_or(m_toMs)).left(19));
    painter.setFont(textFont(TextStyle::Secondary));
    painter.setPen(color(Token::Text3));
    drawTabular(painter, QRectF(16, 54, kLeftWidth - 30, 18), Qt::AlignLeft | Qt::AlignVCenter,
                tr("%n change(s) since %1", nullptr, int(m_changes.size())).arg(formatDay(m_fromMs).mid(5)));
}

void TimeSlider::paintTicks(QPainter& painter) const {
    const auto step = tickStep(m_toMs - m_fromMs);
    painter.setFont(textFont(TextStyle::Small));
    painter.setPen(color(Token::Text3));
    for (TimestampMs at = (m_fromMs / step + 1) * step; at < m_toMs; at += step) {
        const qreal x = xOf(at);
        painter.drawLine(QPointF(x, kTrackY + 8), QPointF(x, kTrackY + 11));
        const auto label = step >= 86'400'000 ? formatDay(at).mid(5)
                           : step >= 60'000   ? formatMinute(at)
                                              : formatClock(at);
        drawTabular(painter, QRectF(x - 40, kTrackY + 12, 80, 16), Qt::AlignHCenter | Qt::AlignVCenter, label);
    }
}

void TimeSlider::paintMarks(QPainter& painter) const {
    for (const auto& change : m_changes) {
        drawMark(painter, change.kind, QPointF(xOf(change.atMs), kTrackY));
    }
}

void TimeSlider::paintSentence(QPainter& painter) const {
    int shown = m_hovered;
    if (shown < 0 && m_momentMs) {
        shown = changeNear(xOf(*m_momentMs));
    }
    if (shown < 0) {
        return;
    }
    const auto& change = m_changes[static_cast<std::size_t>(shown)];
    const auto time = formatMinute(change.atMs);
    const auto sentence = text(change.sentence);
    const bool warned = change.kind == lineage::ChangeKind::NotGranted;
    painter.setFont(textFont(TextStyle::SecondaryStrong));
    const qreal timeWidth = tabularWidth(painter.font(), time);
    const qreal textWidth = QFontMetricsF(textFont(TextStyle::Secondary)).horizontalAdvance(sentence);
    const qreal width = std::min(timeWidth + textWidth + 30, track().width());
    const qreal left = std::clamp(xOf(change.atMs) - width / 2, track().left(), track().right() - width);
    const QRectF box(left, 6, width, 22);
    painter.setPen(QPen(color(warned ? Token::WarnLine : Token::Border), 1));
    painter.setBrush(color(warned ? Token::WarnSoft : Token::Raised));
    painter.drawRoundedRect(box, 4, 4);
    painter.setPen(color(Token::Text1));
    drawTabular(painter, box.adjusted(10, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, time);
    painter.setFont(textFont(TextStyle::Secondary));
    drawTabular(painter, box.adjusted(18 + timeWidth, 0, -8, 0), Qt::AlignLeft | Qt::AlignVCenter, sentence);
}

void TimeSlider::mousePressEvent(QMouseEvent* event) {
    const qreal x = event->position().x();
    if (event->button() != Qt::LeftButton || x < kLeftWidth - 10) {
        return;
    }
    if (x > track().right() + 4) {
        move(std::nullopt);
        return;
    }
    const int near = changeNear(x);
    move(near >= 0 ? m_changes[static_cast<std::size_t>(near)].atMs : timeAt(x));
}

void TimeSlider::mouseMoveEvent(QMouseEvent* event) {
    const qreal x = event->position().x();
    if (event->buttons().testFlag(Qt::LeftButton) && x >= kLeftWidth - 10) {
        move(x > track().right() + 4 ? std::nullopt : std::optional(timeAt(x)));
    }
    if (const int near = changeNear(x); near != m_hovered) {
        m_hovered = near;
        update();
    }
}

void TimeSlider::leaveEvent(QEvent*) {
    m_hovered = -1;
    update();
}

void TimeSlider::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Left:
        step(-1);
        return;
    case Qt::Key_Right:
        step(1);
        return;
    case Qt::Key_Home:
        move(m_fromMs);
        return;
    case Qt::Key_End:
        move(std::nullopt);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

} // namespace meshbone::ui
