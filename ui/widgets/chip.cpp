// SPDX-License-Identifier: Apache-2.0
#include "widgets/chip.h"

#include "widgets/fonts.h"
#include "widgets/icons.h"

#include <QPainter>

#include <cmath>

namespace meshbone::ui {

namespace {

constexpr qreal kPadding = 7;
constexpr qreal kIcon = 12;
constexpr qreal kIconGap = 4;
constexpr qreal kCapGap = 3;

QStringList keysOf(const QString& shortcut, bool split) {
    if (!split || shortcut.size() < 2) {
        return {shortcut};
    }
    return shortcut.split(u'+', Qt::SkipEmptyParts);
}

qreal capWidth(const QString& key) {
    return std::max<qreal>(kKeyCapHeight - 2, tabularWidth(textFont(TextStyle::Small), key) + 10);
}

} // namespace

qreal chipWidth(const ChipSpec& chip) {
    const auto icon = chip.icon.isEmpty() ? 0 : kIcon + kIconGap;
    return std::ceil(tabularWidth(textFont(TextStyle::Small), chip.text) + icon + 2 * kPadding);
}

qreal drawChip(QPainter& painter, const QRectF& rect, const ChipSpec& chip) {
    const auto width = std::min(chipWidth(chip), rect.width());
    const QRectF box(rect.left() + 0.5, std::floor(rect.center().y() - kChipHeight / 2.0) + 0.5, width - 1,
                     kChipHeight - 1);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    auto ground = color(toneGround(chip.tone));
    auto ink = color(toneInk(chip.tone));
    auto edge = ground;
    if (!chip.domain.isEmpty()) {
        const auto colors = domainColors(chip.domain);
        ground = colors.fill;
        ink = colors.ink;
        edge = colors.edge;
    }
    painter.setPen(QPen(edge, 1));
    painter.setBrush(ground);
    painter.drawRoundedRect(box, 4, 4);
    auto inner = box.adjusted(kPadding - 0.5, 0, -kPadding + 0.5, 0);
    if (!chip.icon.isEmpty()) {
        drawIcon(painter, QRectF(inner.left() - 1, std::round(box.center().y() - kIcon / 2), kIcon, kIcon), chip.icon,
                 ink);
        inner.setLeft(inner.left() + kIcon + kIconGap - 1);
    }
    painter.setFont(textFont(TextStyle::Small));
    painter.setPen(ink);
    drawTabular(painter, inner, Qt::AlignLeft, chip.text);
    painter.restore();
    return width;
}

qreal keyCapsWidth(const QString& shortcut, bool split) {
    qreal width = -kCapGap;
    for (const auto& key : keysOf(shortcut, split)) {
        width += capWidth(key) + kCapGap;
    }
    return std::max<qreal>(0, std::ceil(width));
}

qreal drawKeyCaps(QPainter& painter, const QRectF& rect, const QString& shortcut, bool split, const QColor& ink,
                  const QColor& line) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(textFont(TextStyle::Small));
    qreal x = rect.left();
    for (const auto& key : keysOf(shortcut, split)) {
        const auto width = capWidth(key);
        const QRectF box(std::floor(x) + 0.5, std::floor(rect.center().y() - kKeyCapHeight / 2.0) + 0.5, width - 1,
                         kKeyCapHeight - 1);
        painter.setPen(QPen(line, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(box, 4, 4);
        painter.setPen(ink);
        drawTabular(painter, box, Qt::AlignHCenter, key);
        x += width + kCapGap;
    }
    painter.restore();
    return x - kCapGap - rect.left();
}

Chip::Chip(ChipSpec chip, QWidget* parent)
    : QWidget(parent) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setChip(std::move(chip));
}

void Chip::setChip(ChipSpec chip) {
    m_chip = std::move(chip);
    setAccessibleName(m_chip.text);
    updateGeometry();
    update();
}

QSize Chip::sizeHint() const {
    return {static_cast<int>(chipWidth(m_chip)), kChipHeight};
}

void Chip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    drawChip(painter, QRectF(rect()), m_chip);
}

KeyCaps::KeyCaps(QString shortcut, QWidget* parent)
    : QWidget(parent)
    , m_shortcut(std::move(shortcut)) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAccessibleName(m_shortcut);
}

QSize KeyCaps::sizeHint() const {
    return {static_cast<int>(keyCapsWidth(m_shortcut, true)), kKeyCapHeight};
}

void KeyCaps::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    drawKeyCaps(painter, QRectF(rect()), m_shortcut, true, color(Token::Text3), color(Token::Control));
}

} // namespace meshbone::ui
