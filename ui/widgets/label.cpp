// SPDX-License-Identifier: Apache-2.0
#include "widgets/label.h"

#include <QEvent>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <cmath>

namespace meshbone::ui {

Label::Label(const QString& text, TextStyle style, Token ink, QWidget* parent)
    : QLabel(text, parent)
    , m_ink(ink) {
    setTextFormat(Qt::PlainText);
    setFont(textFont(style));
    applyInk();
    connect(&Theme::instance(), &Theme::changed, this, &Label::applyInk);
}

void Label::setInk(Token ink) {
    m_ink = ink;
    applyInk();
}

void Label::setTextStyle(TextStyle style) {
    setFont(textFont(style));
    updateGeometry();
}

void Label::setElided(bool elided) {
    m_elided = elided;
    updateGeometry();
}

void Label::applyInk() {
    auto changed = palette();
    changed.setColor(QPalette::WindowText, color(m_ink));
    changed.setColor(QPalette::Text, color(m_ink));
    setPalette(changed);
    update();
}

bool Label::drawsItself() const {
    return !wordWrap() && textFormat() == Qt::PlainText && !text().contains(u'\n') &&
           !(textInteractionFlags() &
             (Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard)); // links need rich text
}

QSize Label::sizeHint() const {
    if (!drawsItself()) {
        return QLabel::sizeHint();
    }
    const auto margins = contentsMargins();
    const auto width = static_cast<int>(std::ceil(tabularWidth(font(), text()))) + 1;
    return {width + margins.left() + margins.right(), fontMetrics().height() + margins.top() + margins.bottom()};
}

QSize Label::minimumSizeHint() const {
    if (!drawsItself()) {
        return QLabel::minimumSizeHint();
    }
    const auto hint = sizeHint();
    return m_elided ? QSize(std::min(hint.width(), 24), hint.height()) : hint;
}

bool Label::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip && toolTip().isEmpty() && drawsItself() && sizeHint().width() > width()) {
        QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), text(), this);
        return true;
    }
    return QLabel::event(event);
}

void Label::paintEvent(QPaintEvent* event) {
    if (!drawsItself()) {
        QLabel::paintEvent(event);
        return;
    }
    QPainter painter(this);
    painter.setFont(font());
    painter.setPen(color(isEnabled() ? m_ink : Token::Text3));
    drawTabular(painter, QRectF(contentsRect()), alignment(), text());
}

} // namespace meshbone::ui
