// SPDX-License-Identifier: Apache-2.0
#include "access/plan_lines.h"

#include "widgets/fonts.h"
#include "widgets/theme.h"

#include <QPaintEvent>
#include <QPainter>

#include <algorithm>

namespace meshbone::ui {

namespace {

constexpr int kLineHeight = 26;
constexpr int kMargin = 16;
constexpr int kSignWidth = 18;
constexpr int kGap = 12;
constexpr std::size_t kMostSpoken = 50; ///< lines that are read aloud

QString signOf(PlanLines::Line::Sign sign) {
    switch (sign) {
    case PlanLines::Line::Sign::Added:
        return QStringLiteral("+");
    case PlanLines::Line::Sign::Removed:
        return QStringLiteral("−");
    case PlanLines::Line::Sign::Kept:
        return {};
    }
    return {};
}

QString spoken(const PlanLines::Line& line) {
    const auto what = QStringLiteral("%1 %2, %3").arg(line.who, line.what, line.why);
    switch (line.sign) {
    case PlanLines::Line::Sign::Added:
        return PlanLines::tr("added: %1").arg(what);
    case PlanLines::Line::Sign::Removed:
        return PlanLines::tr("removed: %1").arg(what);
    case PlanLines::Line::Sign::Kept:
        return what;
    }
    return what;
}

} // namespace

PlanLines::PlanLines(const QString& accessibleName, QWidget* parent)
    : QWidget(parent) {
    setAccessibleName(accessibleName);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

const std::vector<PlanLines::Line>& PlanLines::lines() const {
    static const std::vector<Line> none;
    return m_lines ? *m_lines : none;
}

void PlanLines::setLines(Lines lines) {
    m_lines = std::move(lines);
    const auto count = this->lines().size();
    QStringList all;
    for (std::size_t i = 0; i < std::min(count, kMostSpoken); ++i) {
        all << spoken(this->lines()[i]);
    }
    if (count > kMostSpoken) {
        all << tr("%n more", nullptr, static_cast<int>(count - kMostSpoken));
    }
    setAccessibleDescription(all.join(QStringLiteral("; ")));
    updateGeometry();
    update();
}

QSize PlanLines::sizeHint() const {
    return {380, static_cast<int>(lines().size()) * kLineHeight};
}

void PlanLines::paintEvent(QPaintEvent* event) {
    QPainter painter(this);
    const auto first = static_cast<std::size_t>(std::max(0, event->rect().top() / kLineHeight));
    const auto last = std::min(lines().size(), static_cast<std::size_t>(event->rect().bottom() / kLineHeight + 1));
    for (std::size_t i = first; i < last; ++i) {
        const auto& line = lines()[i];
        const QRectF row(0, static_cast<qreal>(i) * kLineHeight, width(), kLineHeight);
        const bool added = line.sign == Line::Sign::Added, removed = line.sign == Line::Sign::Removed;
        if (added || removed) {
            painter.fillRect(row, color(added ? Token::OkSoft : Token::DangerSoft));
        }
        const auto whyFont = textFont(TextStyle::Small);
        const auto whyWidth = tabularWidth(whyFont, line.why) + 1;
        painter.setFont(whyFont);
        painter.setPen(color(Token::Text2));
        drawTabular(painter, row.adjusted(kMargin, 0, -kMargin, 0), Qt::AlignRight, line.why);
        painter.setFont(textFont(TextStyle::Mono));
        painter.setPen(color(added ? Token::Ok : removed ? Token::Danger : Token::Text1));
        drawTabular(painter, row.adjusted(kMargin, 0, 0, 0), Qt::AlignLeft, signOf(line.sign));
        painter.setPen(color(Token::Text1));
        const auto words = line.what.isEmpty() ? line.who : QStringLiteral("%1  %2").arg(line.who, line.what);
        drawTabular(painter, row.adjusted(kMargin + kSignWidth, 0, -(kMargin + whyWidth + kGap), 0), Qt::AlignLeft,
                    words);
    }
}

} // namespace meshbone::ui
