// SPDX-License-Identifier: Apache-2.0
#include "widgets/button.h"

#include "widgets/chip.h"
#include "widgets/fonts.h"
#include "widgets/icons.h"

#include <QMenu>
#include <QPainter>

#include <cmath>

namespace meshbone::ui {

namespace {
constexpr int kHeight = 30;
constexpr qreal kButtonIconSize = 16;
constexpr qreal kButtonGap = 8;
constexpr qreal kButtonPadding = 12;
} // namespace

struct Button::Inks {
    QColor ground, line, text, icon, cap;
};

Button::Button(const QString& text, ButtonKind kind, QWidget* parent)
    : QPushButton(text, parent)
    , m_kind(kind) {
    setFont(textFont(TextStyle::Body));
    setCursor(kind == ButtonKind::Link ? Qt::PointingHandCursor : Qt::ArrowCursor);
    setAttribute(Qt::WA_Hover);
    setAutoDefault(false);
    setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Fixed);
}

Button* Button::iconButton(const QString& icon, const QString& name, QWidget* parent) {
    auto* button = new Button({}, ButtonKind::Icon, parent);
    button->setIconName(icon);
    button->setAccessibleName(name);
    button->setToolTip(name);
    button->m_tip = name;
    button->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    return button;
}

void Button::setIconName(const QString& icon) {
    m_icon = icon;
    updateGeometry();
    update();
}
void Button::setKeyCap(const QString& shortcut) {
    m_keyCap = shortcut;
    updateGeometry();
    update();
}
void Button::setPrefix(const QString& prefix) {
    m_prefix = prefix;
    updateGeometry();
    update();
}
void Button::setChevron(bool shown) {
    m_chevron = shown;
    updateGeometry();
    update();
}
void Button::setKind(ButtonKind kind) {
    m_kind = kind;
    updateGeometry();
    update();
}

void Button::setStrong(bool strong) {
    m_strong = strong;
    update();
}

void Button::setReason(const QString& reason) {
    if (m_tip.isNull()) {
        m_tip = toolTip().isNull() ? QStringLiteral("") : toolTip();
    }
    setEnabled(reason.isEmpty());
    setToolTip(reason.isEmpty() ? m_tip : reason);
}

bool Button::hasChevron() const {
    return m_chevron || (menu() != nullptr && m_kind != ButtonKind::Icon);
}

qreal Button::contentWidth() const {
    qreal width = 0;
    const auto add = [&width](qreal part) { width += part + (width > 0 ? kButtonGap : 0); };
    if (!m_icon.isEmpty()) {
        add(kButtonIconSize);
    }
    if (!m_prefix.isEmpty()) {
        add(tabularWidth(font(), m_prefix));
    }
    if (!text().isEmpty()) {
        add(tabularWidth(textFont(TextStyle::BodyStrong), text()) - (m_prefix.isEmpty() ? 0 : 2));
    }
    if (!m_keyCap.isEmpty()) {
        add(keyCapsWidth(m_keyCap, false) + 2);
    }
    if (hasChevron()) {
        add(kButtonIconSize - 4);
    }
    return width;
}

QSize Button::sizeHint() const {
    if (m_kind == ButtonKind::Icon) {
        return {kHeight, kHeight};
    }
    if (m_kind == ButtonKind::Link) {
        return {static_cast<int>(std::ceil(contentWidth())) + 4, 24};
    }
    return {static_cast<int>(std::ceil(contentWidth() + 2 * kButtonPadding)), kHeight};
}

Button::Inks Button::inks() const {
    const bool hovered = underMouse() && isEnabled();
    const bool down = (isDown() || isChecked()) && isEnabled();
    const auto clear = QColor(Qt::transparent);
    if (!isEnabled()) {
        const bool framed =
            m_kind == ButtonKind::Plain || m_kind == ButtonKind::Primary || m_kind == ButtonKind::Danger;
        return {framed ? color(Token::NeutralSoft) : clear, framed ? color(Token::Border) : clear, color(Token::Text3),
                color(Token::Text3), color(Token::Control)};
    }
    const auto ground = down ? color(Token::Pressed) : hovered ? color(Token::Hover) : color(Token::Surface);
    switch (m_kind) {
    case ButtonKind::Primary: {
        const auto fill = color(hovered || down ? Token::AccentHover : Token::AccentFill);
        return {fill, fill, color(Token::OnAccent), color(Token::OnAccent), color(Token::OnAccent)};
    }
    case ButtonKind::Danger:
        return {ground, color(Token::Danger), color(Token::Danger), color(Token::Danger), color(Token::Danger)};
    case ButtonKind::Ghost:
    case ButtonKind::Icon:
        return {hovered || down ? color(down ? Token::Pressed : Token::Hover) : clear, clear, color(Token::Text1),
                color(Token::Text2), color(Token::Control)};
    case ButtonKind::Link:
        return {clear, clear, color(hovered ? Token::AccentText : Token::Accent), color(Token::Accent), clear};
    case ButtonKind::Plain:
        break;
    }
    return {ground, color(Token::Control), color(Token::Text1), color(Token::Text2), color(Token::Control)};
}

void Button::enterEvent(QEnterEvent* event) {
    QPushButton::enterEvent(event);
    update();
}
void Button::leaveEvent(QEvent* event) {
    QPushButton::leaveEvent(event);
    update();
}

void Button::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto colors = inks();
    paintGround(painter, colors);
    paintContent(painter, colors);
}

void Button::paintGround(QPainter& painter, const Inks& inks) const {
    const auto box = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    if (inks.ground.alpha() > 0 || inks.line.alpha() > 0) {
        painter.setPen(inks.line.alpha() > 0 ? QPen(inks.line, 1) : QPen(Qt::NoPen));
        painter.setBrush(inks.ground);
        painter.drawRoundedRect(box, 6, 6);
    }
    if (hasFocus()) {
        // Inside the control; on the filled button the ring takes the text's colour to be seen.
        const auto ring = m_kind == ButtonKind::Primary ? color(Token::OnAccent) : color(Token::Accent);
        const qreal inset = m_kind == ButtonKind::Primary ? 2.5 : 1;
        painter.setPen(QPen(ring, m_kind == ButtonKind::Primary ? 1.5 : 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), 5, 5);
    }
}

void Button::paintContent(QPainter& painter, const Inks& inks) const {
    const auto middle = height() / 2.0;
    const auto content = contentWidth();
    const bool wide = width() > content + 2 * kButtonPadding + 2;
    qreal x = m_kind == ButtonKind::Link ? 2 : std::max(0.0, (width() - content) / 2);
    auto right = static_cast<qreal>(width()) - kButtonPadding;
    if (wide && hasChevron()) {
        x = kButtonPadding; // a wide drop-down reads from the left, its chevron stands at the right
    }
    if (!m_icon.isEmpty()) {
        drawIcon(painter,
                 QRectF(std::round(x), std::round(middle - kButtonIconSize / 2), kButtonIconSize, kButtonIconSize),
                 m_icon, inks.icon);
        x += kButtonIconSize + kButtonGap;
    }
    const auto line = [&](const QString& part, const QColor& ink, TextStyle style, bool medium = false) {
        auto font = textFont(style);
        if (medium) {
            font.setWeight(QFont::Medium);
        }
        painter.setFont(font);
        painter.setPen(ink);
        const auto room = std::max(0.0, width() - x - (m_kind == ButtonKind::Link ? 0.0 : kButtonPadding - 2));
        drawTabular(painter, QRectF(x, 0, room, height()), Qt::AlignLeft, part);
        x += tabularWidth(painter.font(), part);
    };
    if (!m_prefix.isEmpty()) {
        line(m_prefix, color(isEnabled() ? Token::Text2 : Token::Text3), TextStyle::Body);
        x += kButtonGap - 2;
    }
    if (!text().isEmpty()) {
        const bool strong =
            m_strong || m_kind == ButtonKind::Primary || m_kind == ButtonKind::Plain || m_kind == ButtonKind::Danger;
        line(text(), inks.text, strong ? TextStyle::BodyStrong : TextStyle::Body,
             m_kind == ButtonKind::Plain && !m_strong);
        x += kButtonGap;
    }
    if (hasChevron()) {
        const auto at = wide ? right - 12 : x;
        drawIcon(painter, QRectF(std::round(at), std::round(middle - 7), 14, 14), QStringLiteral("chevron-down"),
                 inks.icon);
        right = at - kButtonGap;
    }
    if (!m_keyCap.isEmpty()) {
        const auto at = wide ? right - keyCapsWidth(m_keyCap, false) : x + 2;
        const auto ink = m_kind == ButtonKind::Primary ? inks.text : color(Token::Text3);
        drawKeyCaps(painter, QRectF(at, 0, 100, height()), m_keyCap, false, ink, inks.cap);
    }
}

} // namespace meshbone::ui
