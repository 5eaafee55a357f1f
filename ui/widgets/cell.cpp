// SPDX-License-Identifier: Apache-2.0
#include "widgets/cell.h"

#include "widgets/icons.h"
#include "widgets/sparkline.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace meshbone::ui {

namespace cell {

CellPart text(const QString& text, Token ink) {
    CellPart part;
    part.text = text;
    part.ink = ink;
    return part;
}
CellPart strong(const QString& text) {
    auto part = cell::text(text);
    part.style = TextStyle::BodyStrong;
    return part;
}
CellPart secondary(const QString& text) {
    return cell::text(text, Token::Text2);
}
CellPart sub(const QString& text) {
    auto part = cell::text(text, Token::Text3);
    part.kind = CellPart::Kind::SubText;
    part.style = TextStyle::Secondary;
    return part;
}
CellPart mono(const QString& text, Token ink) {
    auto part = cell::text(text, ink);
    part.style = TextStyle::Mono;
    return part;
}
CellPart icon(const QString& name, Token ink) {
    CellPart part;
    part.kind = CellPart::Kind::Icon;
    part.icon = name;
    part.ink = ink;
    return part;
}
CellPart domainIcon(const QString& name, const QString& domain) {
    auto part = cell::icon(name);
    part.domain = domain;
    return part;
}
CellPart chip(const QString& text, Tone tone, const QString& icon) {
    CellPart part;
    part.kind = CellPart::Kind::Chip;
    part.text = text;
    part.chip = {text, tone, icon, {}};
    return part;
}
CellPart domainChip(const QString& id, const QString& name) {
    CellPart part;
    part.kind = CellPart::Kind::Chip;
    part.text = name;
    part.chip = {name, Tone::Neutral, {}, id};
    return part;
}
CellPart spark(std::vector<float> values, int width) {
    CellPart part;
    part.kind = CellPart::Kind::Spark;
    part.values = std::move(values);
    part.minWidth = width;
    return part;
}
CellPart bar(double fraction, Tone tone, int width) {
    CellPart part;
    part.kind = CellPart::Kind::Bar;
    part.fraction = std::clamp(fraction, 0.0, 1.0);
    part.tone = tone;
    part.minWidth = width;
    return part;
}
Cell state(Tone tone, const QString& word, const QString& icon) {
    return {cell::icon(icon.isEmpty() ? toneIcon(tone) : icon, toneInk(tone)), cell::text(word, toneInk(tone))};
}
CellPart atLeast(CellPart part, int width) {
    part.minWidth = width;
    return part;
}

} // namespace cell

namespace {

constexpr qreal kGap = 8;
constexpr qreal kIconSize = 16;
constexpr qreal kLineGap = 1;

bool isText(const CellPart& part) {
    return part.kind == CellPart::Kind::Text || part.kind == CellPart::Kind::SubText;
}

qreal partWidth(const CellPart& part) {
    switch (part.kind) {
    case CellPart::Kind::Text:
    case CellPart::Kind::SubText:
        return std::max<qreal>(part.minWidth, std::ceil(tabularWidth(textFont(part.style), part.text)));
    case CellPart::Kind::Icon:
        return kIconSize;
    case CellPart::Kind::Chip:
        return std::max<qreal>(part.minWidth, chipWidth(part.chip));
    case CellPart::Kind::Spark:
    case CellPart::Kind::Bar:
        return part.minWidth;
    }
    return 0;
}

void drawBar(QPainter& painter, const QRectF& rect, const CellPart& part) {
    const QRectF track(rect.left(), std::round(rect.center().y() - 3), rect.width(), 6);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color(Token::BarDim));
    painter.drawRoundedRect(track, 3, 3);
    if (part.fraction > 0) {
        painter.setBrush(color(part.tone == Tone::Accent ? Token::AccentFill : toneInk(part.tone)));
        painter.drawRoundedRect(QRectF(track.left(), track.top(), std::max(6.0, track.width() * part.fraction), 6), 3,
                                3);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void drawPart(QPainter& painter, const QRectF& rect, const CellPart& part, bool alignRight) {
    switch (part.kind) {
    case CellPart::Kind::Text:
    case CellPart::Kind::SubText:
        painter.setFont(textFont(part.style));
        painter.setPen(color(part.ink));
        drawTabular(painter, rect, alignRight ? Qt::AlignRight : Qt::AlignLeft, part.text);
        break;
    case CellPart::Kind::Icon:
        drawIcon(painter,
                 QRectF(std::round(rect.left()), std::round(rect.center().y() - kIconSize / 2), kIconSize, kIconSize),
                 part.icon, part.domain.isEmpty() ? color(part.ink) : domainColors(part.domain).ink);
        break;
    case CellPart::Kind::Chip:
        drawChip(painter, rect, part.chip);
        break;
    case CellPart::Kind::Spark:
        drawSparkline(painter, rect.adjusted(0, 4, 0, -5), part.values);
        break;
    case CellPart::Kind::Bar:
        drawBar(painter, rect, part);
        break;
    }
}

/// Lays parts out in one line. From the left, the last text gets what is left; from the right, nothing moves left of
/// rect.
void drawLine(QPainter& painter, const QRectF& rect, const Cell& parts, bool alignRight) {
    if (alignRight) {
        qreal x = rect.right();
        for (auto part = parts.crbegin(); part != parts.crend() && x > rect.left(); ++part) {
            const auto width = std::min(partWidth(*part), x - rect.left());
            drawPart(painter, QRectF(x - width, rect.top(), width, rect.height()), *part, true);
            x -= width + kGap;
        }
        return;
    }
    qreal x = rect.left();
    for (qsizetype i = 0; i < parts.size() && x < rect.right(); ++i) {
        auto width = std::min(partWidth(parts[i]), rect.right() - x);
        if (isText(parts[i]) && i + 1 < parts.size()) {
            // What follows a long text keeps its place as far as there is room for 40 px of the text.
            qreal after = 0;
            for (qsizetype k = i + 1; k < parts.size(); ++k) {
                after += isText(parts[k]) ? 0 : kGap + partWidth(parts[k]);
            }
            width = std::min(width, std::max<qreal>(40, rect.right() - x - after));
        }
        drawPart(painter, QRectF(x, rect.top(), width, rect.height()), parts[i], false);
        x += width + kGap;
    }
}

} // namespace

QString plainText(const Cell& cell) {
    QStringList texts;
    for (const auto& part : cell) {
        if (!part.text.isEmpty()) {
            texts << part.text;
        }
    }
    return texts.join(u' ');
}

qreal cellWidth(const Cell& cell, bool twoLines) {
    qreal width = 0;
    for (const auto& part : cell) {
        if (!(twoLines && part.kind == CellPart::Kind::SubText)) {
            width += partWidth(part) + (width > 0 ? kGap : 0);
        }
    }
    return width;
}

void drawCell(QPainter& painter, const QRectF& rect, const Cell& cell, bool alignRight, bool twoLines) {
    Cell first, second, lead;
    for (const auto& part : cell) {
        (twoLines && part.kind == CellPart::Kind::SubText ? second : first) << part;
    }
    if (second.isEmpty()) {
        drawLine(painter, rect, first, alignRight);
        return;
    }
    // The icon that leads a two-line cell stands before both lines.
    auto room = rect;
    if (!first.isEmpty() && first.front().kind == CellPart::Kind::Icon) {
        drawPart(painter, QRectF(rect.left(), rect.top(), kIconSize, rect.height() / 2 + 6), first.takeFirst(), false);
        room.setLeft(rect.left() + kIconSize + kGap);
    }
    const auto half = room.height() / 2;
    drawLine(painter, QRectF(room.left(), room.top() + 4, room.width(), half - 4 - kLineGap), first, alignRight);
    drawLine(painter, QRectF(room.left(), room.top() + half + kLineGap, room.width(), half - 6), second, alignRight);
}

} // namespace meshbone::ui
